import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { feedJson } from '../../scripts/commands/parse.ts';
import { readFeed } from '../../scripts/snapshot/read-feed.ts';
import { aFolder } from '../lib/planet.ts';
import { planetHere } from '../lib/program-here.ts';

const feed = `<rss version="2.0"><channel><title>T</title><link>https://b.example.org/</link><item><title>One</title><link>/1</link>
<description>&lt;img src="a.png" alt="a"&gt;&lt;script&gt;x()&lt;/script&gt; &lt;a href="b"&gt;b&lt;/a&gt;</description></item></channel></rss>`;

const url = 'https://b.example.org/feed';

test('prints what the planet sees of a feed on its input, safe and with absolute addresses, and takes CONTENT_TYPE for the HTTP header', () => {
  const bytes = Buffer.from(feed.replace('<title>T<', '<title>\u00f0\u00d2<'), 'latin1');
  const { status, stdout } = spawnSync(process.execPath, ['scripts/planet.ts', 'parse', '-', '--url', url], {
    ...{ input: bytes, encoding: 'utf8', env: { ...process.env, CONTENT_TYPE: 'text/xml; charset=koi8-r' } },
  });
  const { feed: about, entries } = JSON.parse(stdout);
  expect(status).toBe(0);
  expect(about).toMatchObject({ title: 'Пр', link: 'https://b.example.org/' });
  expect(entries).toMatchObject([{ id: 'https://b.example.org/1', url: 'https://b.example.org/1', title: 'One' }]);
  expect(entries[0].contentHtml).toContain('src="https://b.example.org/a.png"');
  expect(entries[0].contentHtml).toContain('href="https://b.example.org/b"');
  expect(entries[0].contentHtml).not.toContain('script');
});

test.for([
  ['it is no feed', 'page.html', url, 'the address shows a web page, not a feed'],
  ['there is no file', 'none.xml', url, 'none.xml cannot be read: there is no such file'],
  ['it is a folder', '.', url, 'cannot be read: it is a folder'],
  ['the address is none', 'page.html', 'b.example.org', 'b.example.org is not an address'],
] as const)('says in one sentence when %s', async ([, file, base, says]) => {
  await using folder = await aFolder('');
  await folder.write('page.html', '<html></html>');
  const { code, stdout, stderr } = await planetHere(['parse', `${folder.path}/${file}`, '--url', base]);
  expect({ stdout, code }).toEqual({ stdout: '', code: base === url ? 1 : 2 });
  expect(stderr).toContain(says);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fi"><author><name>Ada</name><email>ada@b.example.org</email></author>
<entry><id>urn:1</id><title>Two</title><link href="/2"/><link rel="enclosure" href="/2.mp3" type="audio/mpeg" length="9"/>
<updated>2026-01-23T08:40:00Z</updated><category term="rope"/><category term="sail"/><author><name>Bob</name></author><author><name>Eve</name></author>
<summary>${'word '.repeat(300)}</summary></entry>
<entry><link rel="enclosure" href="/3.mp3" type="audio/mpeg"/><published>2026-01-22T08:40:00Z</published><updated>2026-01-23T09:00:00Z</updated><author><email>x@b.example.org</email></author></entry></feed>`;

test('the JSON has each fact of an entry, from the field that gives it', () => {
  const read = readFeed(Buffer.from(atom), { url, contentType: null });
  if (read.kind === 'failed') throw new Error(read.reason.kind);
  expect(feedJson(read.feed)).toMatchObject({
    feed: { title: '', language: 'fi', authors: [{ name: 'Ada', email: 'ada@b.example.org' }] },
    entries: [
      {
        id: 'urn:1',
        url: 'https://b.example.org/2',
        published: null,
        authors: [{ name: 'Bob' }, { name: 'Eve' }],
        categories: ['rope', 'sail'],
        summary: null,
      },
      { id: 'https://b.example.org/3.mp3', url: null, authors: [{ email: 'x@b.example.org' }], contentHtml: null },
    ],
  });
});
