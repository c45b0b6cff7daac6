import { describe, expect, test } from 'vitest';
import { readSafely } from '../../../scripts/snapshot/read-feed.ts';
import { rows } from '../../lib/case-table.ts';

const FROM = { url: 'https://a.example/feed', contentType: null };

function read(text: string) {
  const safe = readSafely(Buffer.from(text), FROM);
  if (safe.kind === 'failed') throw new Error(safe.reason.kind);
  return safe.feed;
}

const rss = (channel: string, more = '') =>
  `<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:webfeeds="http://webfeeds.org/rss/1.0"><channel><title>A</title><link>https://a.example/blog/</link>${channel}<item><title>x</title><guid>1</guid>${more}</item></channel></rss>`;
const atom = (head: string, entry = '') =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:gd="http://schemas.google.com/g/2005"><title>A</title><id>a</id>${head}<entry><id>1</id><title>x</title>${entry}</entry></feed>`;

test.for(rows`
  Atom | ${atom('<logo>/logo.png</logo><icon>/icon.png</icon>')} | /icon.png /logo.png
  RSS | ${rss('<image><url>https://a.example/i.png</url><title>A</title></image>')} | /i.png
  RSS 1.0 | <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>A</title><link>https://a.example/</link><image rdf:resource="https://a.example/r.png"/></channel><image><url>https://a.example/i.png</url></image><item><title>x</title></item></rdf:RDF> | /r.png /i.png
  a podcast | ${rss('<itunes:image href="https://a.example/cover.jpg"/>')} | /cover.jpg
  Mastodon, each once | ${rss('<image><url>https://a.example/me.png</url></image><webfeeds:icon>https://a.example/me.png</webfeeds:icon>')} | /me.png
  JSON Feed | {"version":"https://jsonfeed.org/version/1.1","title":"A","icon":"/512.png","favicon":"/64.png","items":[]} | /512.png /64.png
  none that software sets by itself, nor one that is no address | ${rss('<image><url>https://s0.wp.com/i/buttonw-com.png</url></image><webfeeds:icon>javascript:alert(1)</webfeeds:icon><itunes:image href="data:image/png;base64,AAAA"/>')} | ${''}
`)('a feed’s picture is read from %s', ([, text, are]) => {
  expect(
    read(text)
      .pictures.map((url) => url.replace('https://a.example', ''))
      .join(' '),
  ).toBe(are);
});

describe('an author’s picture is read from', () => {
  test.for(rows`
    Blogger | ${atom('', '<author><name>Ada</name><gd:image src="https://b.example/ada.jpg"/></author>')} | Ada https://b.example/ada.jpg
    OStatus | ${atom('<author><name>Ada</name><link rel="avatar" href="https://b.example/ada.jpg"/></author>')} | Ada https://b.example/ada.jpg
    no link to their page | ${atom('', '<author><name>Ada</name><link rel="alternate" href="https://b.example/"/></author>')} | ${''}
    JSON Feed, of one author only where several are named in one | {"version":"https://jsonfeed.org/version/1.1","title":"A","author":{"name":"Ada","avatar":"/ada.png"},"items":[{"id":"1","title":"x","authors":[{"name":"Bob","avatar":"https://b.example/bob.png"},{"name":"Cid; Dan","avatar":"/two.png"}]}]} | Ada https://a.example/ada.png, Bob https://b.example/bob.png
    the feed that a planet took an entry from | ${atom('', '<author><name>Ada</name></author><source><id>s</id><title>S</title><icon>https://s.example/i.png</icon></source>')} | Ada https://s.example/i.png
    no such feed where two wrote the entry | ${atom('', '<author><name>Ada</name></author><author><name>Bob</name></author><source><id>s</id><icon>https://s.example/i.png</icon></source>')} | ${''}
  `)('%s', ([, text, are]) => {
    expect(
      read(text)
        .authorPictures.map((each) => each.join(' '))
        .join(', '),
    ).toBe(are);
  });

  test('it is no part of the entry that the archive keeps', () => {
    const [entry] = read(
      atom('', '<author><name>Ada</name><gd:image src="https://b.example/ada.jpg"/></author>'),
    ).entries;
    expect(entry?.authors).toEqual([{ name: 'Ada' }]);
  });
});
