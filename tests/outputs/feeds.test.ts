import Parser from 'rss-parser';
import { describe, expect, test } from 'vitest';
import { withBase } from '../../src/core/paths.ts';
import type { FeedIdentity } from '../../src/core/records.ts';
import { atom, feedHistory } from '../../src/outputs/atom.ts';
import { feedHtml } from '../../src/outputs/content.ts';
import { rss } from '../../src/outputs/rss.ts';
import { sitemapIndex, sitemapsOf } from '../../src/outputs/sitemap.ts';
import { sharedIds, type View } from '../../src/outputs/view.ts';
import { rows } from '../lib/case-table.ts';
import { entriesOf, FORMATS, PAGE, planet, viewOf } from '../lib/output-views.ts';
import { anAuthor } from '../lib/records.ts';

async function itemsOf(xml: string) {
  const parser = new Parser({ customFields: { item: [['content:encoded', 'encoded']] } });
  return (await parser.parseString(xml)).items;
}

describe('the planet’s RSS', () => {
  test('says of an entry what the page says, and links to the original', async () => {
    const people = ['Ada', 'Grace'].map((name) => anAuthor({ slug: name.toLowerCase(), name }));
    const credit = { title: 'First light', authors: ['ada', 'grace'] };
    const xml = await rss(viewOf([{ credit }], { people }));
    expect((await itemsOf(xml))[0]).toMatchObject({
      ...{ title: 'Ada and Grace: First light', creator: 'Ada', pubDate: 'Fri, 23 Jan 2026 08:40:00 GMT' },
      ...{ link: 'https://a.example/1', guid: 'https://a.example/1', encoded: '<p>We saw it.</p>' },
    });
    expect(xml).toContain('<dc:creator>Ada</dc:creator><dc:creator>Grace</dc:creator>');
    expect(xml).toContain('<source url="https://a.example/feed.xml?a=1&amp;b=2">A &amp; Co</source>');
    // It describes before it quotes in full.
    expect(xml.indexOf('<description>', xml.indexOf('<item>'))).toBeLessThan(xml.indexOf('<content:encoded>'));
  });

  test('makes up no title, unless there is nothing else to tell an item by', async () => {
    const note = { credit: { title: '', authors: [] } };
    const [said] = await itemsOf(await rss(viewOf([{ ...note, summary: 'We saw it.' }])));
    const [wordless] = await itemsOf(await rss(viewOf([{ ...note, summary: '' }], { body: '' })));
    expect([said?.title, said?.content]).toEqual([undefined, 'We saw it.']);
    expect(wordless?.title).toBe('A & Co: Untitled');
  });

  test('names itself and the date of its newest entry, and says the same each time', async () => {
    const view = viewOf([{}, { published: '2020-01-01T00:00:00Z' }]);
    const xml = await rss(view);
    const self = '<atom:link href="https://night.example/sub/rss.xml" rel="self" type="application/rss+xml"/>';
    expect(xml).toContain(self);
    expect(xml).toContain('<lastBuildDate>Fri, 23 Jan 2026 08:40:00 GMT</lastBuildDate>');
    expect(xml).toContain('<title>Night &amp; &lt;\u2060Day&gt;</title>');
    expect(await rss(view)).toBe(xml);
  });

  test('links an entry without an original to its page here', async () => {
    expect((await itemsOf(await rss(viewOf([{ url: null }]))))[0]).toMatchObject({ link: PAGE });
  });

  test.for(FORMATS)(
    'has pages as ids of entries of one id, which stay when the site moves, and links that do not: $format',
    async ({ print }) => {
      const view = viewOf([{ id: 'tag:a.example,2026:1', url: null, sharedId: true }]);
      const moved = { ...view, planet: { ...planet, site: 'https://own.example', idsFrom: planet.site } };
      const ids = (printed: string) => printed.match(/<(?:id|guid)\b[^>]*>[^<]*|"id": "[^"]*/g);
      const printed = await print(moved);
      expect(ids(printed)).toEqual(ids(await print(view)));
      expect((await entriesOf(printed))[0]?.id).toBe(PAGE);
      expect(printed).toContain(PAGE.replace(planet.site, 'https://own.example'));
    },
  );

  test.for(['007', '1e5', 'true', '0x10', '-1.50', ']]>', '&amp;lt;'])(
    'keeps %s as id, name, title and text for who reads it as rss-parser does',
    async (text) => {
      const entry = { id: text, summary: text, credit: { title: text, authors: ['ada'] } };
      const [item] = await itemsOf(await rss(viewOf([entry], { name: text, body: text })));
      expect({ ...item, title: item?.title?.replaceAll('\u2060', '') }).toMatchObject({
        ...{ guid: text === '007' ? PAGE : text, creator: text, title: `${text}: ${text}` },
        encoded: feedHtml(text, PAGE),
      });
    },
  );

  test('shows a summary as text, though readers take it for HTML', async () => {
    const xml = await rss(viewOf([{ summary: 'How <script> works' }]));
    expect(xml).toContain('<description>How &amp;lt;script&amp;gt; works</description>');
  });
});

describe('the title of a post in the RSS of a feed', () => {
  const blog = { id: 'blog', title: 'Ada' } as FeedIdentity;
  const px = { id: 'px', title: 'Planet X' } as FeedIdentity;
  test.for<[at: string, feed: FeedIdentity, via: FeedIdentity[], title: string]>([
    ['/feeds/blog/', blog, [px], 'First light'],
    ['/feeds/blog/', px, [blog], 'First light'],
    ['/feeds/px/', blog, [px], 'Ada: First light'],
    ['/feeds/px/', px, [blog], 'Ada: First light'],
  ])('has the name except in that of its author’s blog: %s', async ([path, feed, via, title]) => {
    const { items, ...view } = viewOf([{ credit: { title: 'First light', authors: ['ada'] } }]);
    const shown = items.map((item) => ({ ...item, feed: { ...item.feed, ...feed }, via }));
    expect((await itemsOf(await rss({ ...view, kind: 'feed', path, items: shown })))[0]?.title).toBe(title);
  });
});

describe('an id', () => {
  const at = (id: string, feed: string, day = '01') => ({
    ...{ id, feed, firstSeen: `2026-01-${day}T00:00:00Z`, path: `2026/01/01/${feed}-0123456789` },
  });
  test.for([
    ['it is the only one', [at('x', 'a')], ''],
    ['a later entry has it too, it stays the first one’s', [at('x', 'a', '02'), at('x', 'b')], 'a'],
    ['two were seen at once, it is the first feed’s by name', [at('x', 'b'), at('x', 'a')], 'b'],
    ['two differ in what cannot be printed', [at('x\u0000', 'a'), at('x', 'b')], 'b'],
    ['it poses as a page of ours', [at('https://night.example/2026/01/01/b-0123456789/', 'a')], 'a'],
  ] as const)('when %s', ([, entries, shared]) => {
    expect([...sharedIds(entries, 'https://night.example/')].map((path) => path.slice(11, 12)).join('')).toBe(shared);
  });

  test.for(rows`
    https://a.example/1?x=1#y | RSS and Atom
    tag:a.example,2026:1 | RSS and Atom
    urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a | RSS and Atom
    urn:uuid:1 | RSS
    1 at https://a.example | RSS
    https://a.example/a b | RSS
    javascript:alert(1) | RSS
    12345678 | neither
  `)('%s is kept by %s, and by JSON Feed always', async ([id, by]) => {
    const printed = await Promise.all(FORMATS.map(({ print }) => print(viewOf([{ id }]))));
    const ids = await Promise.all(printed.map(async (each) => (await entriesOf(each))[0]?.id));
    expect(ids).toEqual([by.includes('RSS') ? id : PAGE, by.includes('Atom') ? id : PAGE, id]);
  });
});

const NO_SOUND =
  '<audio><img src="https://a.example/1.png" alt=""></audio><video><track src="https://a.example/1.vtt"></video>';
const PLAIN = '<p>a<br>b &amp; c</p>\n<pre>\n\nx</pre>';
test.for(rows`
  nothing special is untouched | ${PLAIN} | ${PLAIN}
  a film is a link to it | <p>See</p><iframe src="https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ" title="Video on YouTube" sandbox="x"></iframe> | <p>See</p><a href="https://www.youtube.com/watch?v=aqz-KE-bpKQ">Video on YouTube</a>
  another frame is a link to its address | <iframe src="https://player.vimeo.com/video/1?dnt=1&amp;h=a"></iframe> | <a href="https://player.vimeo.com/video/1?dnt=1&amp;h=a">player.vimeo.com</a>
  a footnote leads to the entry’s page | <a href="#fn1">1</a> | <a href="${PAGE}#fn1">1</a>
  a player has a link beside it | <p><video src="https://a.example/v/Our%20film.mp4" controls title="Our <b> film" preload="none"></video> or</p><audio controls><source src="https://a.example/a.ogg"></audio> | <p><video src="https://a.example/v/Our%20film.mp4" title="Our <b> film" preload="none"></video><a href="https://a.example/v/Our%20film.mp4">Our &lt;b> film</a> or</p><audio><source src="https://a.example/a.ogg"></audio><a href="https://a.example/a.ogg">a.ogg</a>
  the name of a file may be no text | <audio src="https://a.example/a/%zz%E2%80%AE.mp3" controls></audio><audio src="https://a.example/%E2%80%AE3pm.exe" controls></audio> | <audio src="https://a.example/a/%zz%E2%80%AE.mp3"></audio><a href="https://a.example/a/%zz%E2%80%AE.mp3">%zz%E2%80%AE.mp3</a><audio src="https://a.example/%E2%80%AE3pm.exe"></audio><a href="https://a.example/%E2%80%AE3pm.exe">%E2%80%AE3pm.exe</a>
  the picture in a player is no sound | ${NO_SOUND} | ${NO_SOUND}
  a player in a link has none | <a href="https://a.example/"><video src="https://a.example/v.mp4" controls></video></a> | <a href="https://a.example/"><video src="https://a.example/v.mp4"></video></a>
  a film in a link, of an older archive, is its name | <a href="https://a.example/">See <iframe src="https://player.vimeo.com/video/1" title="It"></iframe></a> | <a href="https://a.example/">See <bdi>It</bdi></a>
  a sound within a film and a name with an apostrophe have their own links | <video src="https://a.example/v.mp4" controls><audio controls><source src="https://a.example/Bob&#x27;s%20talk.mp3?a&#x26;b"></audio></video> | <video src="https://a.example/v.mp4"><audio><source src="https://a.example/Bob&#x27;s%20talk.mp3?a&#x26;b"></audio><a href="https://a.example/Bob&#x27;s%20talk.mp3?a&#x26;b">Bob's talk.mp3</a></video><a href="https://a.example/v.mp4">v.mp4</a>
  the words for a picture stay, whichever they are | <div role="note"><img src="https://a.example/1.png" alt="The role of the valve controls it" title="a src="></div> | <div><img src="https://a.example/1.png" alt="The role of the valve controls it" title="a src="></div>
  a role is gone | <div role="note"><p>x</p></div> | <div><p>x</p></div>
  forced direction is a direction | <bdo dir="rtl">abc</bdo> | <bdi dir="rtl">abc</bdi>
  code keeps its first empty line | <a href="#x">x</a>${'<pre>\n\ncode</pre>'} | <a href="${PAGE}#x">x</a>${'<pre>\n\ncode</pre>'}
`)('of a body in a feed %s', ([, html, gives]) => expect(feedHtml(html, PAGE)).toBe(gives));

test('an output feed has as much of an entry as the rule of its feed allows', async () => {
  for (const content of ['full', 'excerpt', 'title'] as const)
    for (const { format, print } of FORMATS) {
      const file = { url: 'https://a.example/1.mp3', description: 'All of it' };
      const entry = { enclosures: [file], still: { url: 'https://a.example/All of it' } };
      const printed = await print(viewOf([entry], { content, body: '<p>All of it</p>' }));
      for (const part of ['All of it', '/All%20of%20it', '1.mp3'])
        expect.soft(printed.includes(part), `${part} in ${format}, ${content}`).toBe(content === 'full');
      expect.soft(printed.includes('We saw it.'), `${format}, ${content}`).toBe(content !== 'title');
    }
});

test('an entry that names nobody is by its source for who follows an output feed, by whichever rule', async () => {
  const source = { title: 'Clock Notes', url: 'https://clocks.example/', feedUrl: 'https://clocks.example/feed' };
  const nobodys = { credit: { title: 'Clocks: a story', authors: [] } };
  const ofFeed: View = { ...viewOf([nobodys]), kind: 'feed', path: '/feeds/a/' };
  const nameOf = (name: string) => new RegExp(`(?:creator|name)(?:>|": ")${name.replace('&', '&(?:amp;)?')}`);
  for (const [view, name, title] of [
    [viewOf([{ ...nobodys, source }]), 'Clock Notes', 'Clock Notes: Clocks: a story'],
    // As of a site that is lost.
    [viewOf([{ ...nobodys, source: { title: 'Clock Notes' } }]), 'Clock Notes', 'Clock Notes: Clocks: a story'],
    [viewOf([nobodys]), 'A & Co', 'A & Co: Clocks: a story'],
    [viewOf([nobodys], { title: 'Rock and Roll' }), 'Rock and Roll', 'Rock and Roll: Clocks: a story'],
    [viewOf([nobodys], { title: 'Food, Wine' }), 'Food, Wine', 'Food, Wine: Clocks: a story'],
    [ofFeed, 'A & Co', 'Clocks: a story'],
  ] as const)
    for (const { format, print } of FORMATS) {
      const [entry] = await entriesOf(await print(view));
      expect.soft(entry?.authors, format).toMatchObject([{ name }]);
      // Most readers look for a name only there, not in the source.
      expect.soft((await print(view)).replace(/<source[ >].*?<\/source>/s, ''), format).toMatch(nameOf(name));
      expect.soft(entry?.title, format).toBe(format === 'RSS' ? title : 'Clocks: a story');
    }
});

test.for(FORMATS)('an entry of unknown language has none for who follows $format', async ({ print }) => {
  const languages = async (...own: (string | null)[]) => {
    const entries = own.map((language, index) => ({ id: `https://a.example/${index}`, language }));
    return (await entriesOf(await print(viewOf(entries)))).map(({ language }) => language);
  };
  expect(await languages('en', null, 'pt-BR', 'qq')).toEqual(['en', null, 'pt-BR', null]);
  expect(await print(viewOf([{ language: 'pt' }]))).toMatch(/lang(?:uage)?(?:="|>|": ")en\b/);
});

test.for<[name: string, declared: string | undefined, type: string | undefined]>([
  ['1.JPG', undefined, 'image/jpeg'],
  ['1.mp3', 'application/octet-stream', 'audio/mpeg'],
  ['1.webm', 'binary/octet-stream', 'video/webm'],
  ['1.m4a', 'an m4a', 'audio/mp4'],
  ['1.jpg', 'image/png', 'image/png'],
  ['1.zip', 'application/octet-stream', 'application/octet-stream'],
  ['picture', undefined, undefined],
])('the type of %s, declared as %s, is %s', async ([name, type, published]) => {
  const file = { url: `https://a.example/${name}`, ...(type !== undefined && { type }), description: 'A' };
  for (const { format, print } of FORMATS) {
    const printed = await print(viewOf([{ enclosures: [file] }]));
    const types = printed.match(/[\w-]+\/(?:[\w-]*stream|mp\w+|jp\w+|png|webm)/g);
    const unknown = format === 'Atom' ? [] : ['application/octet-stream'];
    expect.soft([...new Set(types)], format).toEqual(published === undefined ? unknown : [published]);
  }
});

test('the text of an Atom entry comes before its files, for readers that ignore namespaces', () => {
  const printed = atom(viewOf([{ enclosures: [{ url: 'https://a.example/1.jpg', description: 'A clock' }] }]));
  expect(printed.match(/<(?:media:)?content\b/g)).toEqual(['<content', '<media:content']);
});

test.for(rows`
  Salt & springs | <title>Salt &amp; springs</title>
  AT&T | <title type="html">AT&amp;amp;T</title>
  1 < 2 | <title type="html">1 &amp;lt; 2</title>
  Use &nbsp; here | <title>Use &amp;⁠nbsp; here</title>
  It&#8217;s | <title>It&amp;⁠#8217;s</title>
  <b>Bold</b> | <title>&lt;⁠b&gt;Bold&lt;⁠/b&gt;</title>
`)('the title of an Atom entry is what it was for readers of both types: %s', async ([title, printed]) => {
  const xml = atom(viewOf([{ credit: { title, authors: [] } }]));
  expect(xml).toContain(printed);
  expect((await entriesOf(xml))[0]?.title).toBe(title);
});

describe('the months behind the subscription', () => {
  const left = (month: string) => ({ published: `${month}-15T00:00:00Z` });
  test('are those that are over, by the entries', () => {
    const { planet, ...months } = Object.fromEntries(feedHistory(['2025-12', '2026-01', '2026-03'], left('2026-01')));
    expect(planet).toEqual({ self: '/atom.xml', previous: '/atom/2026-01.xml' });
    expect(Object.entries(months).map(([month, place]) => [month, place.previous, place.next, place.complete])).toEqual(
      [
        ['2025-12', undefined, '/atom/2026-01.xml', true],
        ['2026-01', '/atom/2025-12.xml', undefined, true],
      ],
    );
  });

  test('are the growing one too where the subscription does not hold all of it', () => {
    const { planet, ...months } = Object.fromEntries(feedHistory(['2026-01', '2026-03'], left('2026-03')));
    expect(planet?.previous).toBe('/atom/2026-03.xml');
    expect(Object.entries(months).map(([month, place]) => [month, place.complete])).toEqual([
      ['2026-01', true],
      ['2026-03', false],
    ]);
  });

  test('are none in a planet’s first month', () => {
    const planet = { self: '/atom.xml', previous: undefined };
    expect(Object.fromEntries(feedHistory(['2026-03'], undefined))).toEqual({ planet });
  });
});

test.for([
  ['/', '/feeds/', '/feeds/'],
  ['/sub/path/', '/feeds/', '/sub/path/feeds/'],
  ['/sub/path', '/', '/sub/path/'],
] as const)('under the base %s, %s is %s', ([base, path, gives]) => expect(withBase(base, path)).toBe(gives));

test('sitemaps hold at most 50,000 addresses each, and the index names them all', () => {
  const paths = Array.from({ length: 100_001 }, (_, number) => `/${number}/`);
  const sitemaps = sitemapsOf(paths);
  expect(sitemaps.map(({ length }) => length)).toEqual([50_000, 50_000, 1]);
  expect(sitemaps.flat()).toEqual(paths);
  const last = '<loc>https://planet.example/sub/sitemap-2.xml</loc>';
  expect(sitemapIndex('https://planet.example/sub/', sitemaps)).toContain(last);
});
