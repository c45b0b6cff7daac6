import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFeed } from '../../scripts/snapshot/read-feed.ts';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import { Planet } from '../../src/core/planet.ts';
import type { EntryRecord } from '../../src/core/records.ts';
import { displayEntry, reading } from '../../src/core/shown.ts';
import { atom, chainOf } from '../../src/outputs/atom.ts';
import { feedHtml } from '../../src/outputs/content.ts';
import { jsonFeed } from '../../src/outputs/json-feed.ts';
import { opml } from '../../src/outputs/opml.ts';
import { rss } from '../../src/outputs/rss.ts';
import { sharedIds } from '../../src/outputs/shared-ids.ts';
import type { Item, View } from '../../src/outputs/view.ts';
import { HOSTILE_HTML } from '../fixtures/hostile-html.ts';
import { tagSoup } from '../fixtures/tag-soup.ts';
import { aFeed } from '../lib/builders.ts';
import { complaints } from '../lib/feed-checks.ts';
import { anAuthor, aRecord, known } from '../lib/records.ts';
import { all, type Strict, strictXml } from '../lib/xml.ts';

const PAGE = 'https://night.example/sub/2026/01/23/first-light-0123456789/';
const HUB = 'https://hub.example/?a=1&b=2';
const planet = Planet.parse({
  title: 'Night & <Day>',
  description: 'What <b>they</b> write &amp; read',
  site: 'https://night.example/sub',
  hub: HUB,
  owner: { name: 'Ada & Co' },
  feeds: [aFeed()],
});

let strict: Strict;
beforeAll(async () => {
  strict = await strictXml();
});
afterAll(() => strict[Symbol.asyncDispose]());

function viewOf(
  entries: Partial<EntryRecord>[],
  { name = 'Ada', body = '<p>We saw it.</p>', title = 'A & Co' } = {},
): View {
  const records = known({ url: 'https://a.example/feed.xml?a=1&b=2', title }, [anAuthor({ name })]);
  const items = entries.map((entry) => {
    const shown = displayEntry(aRecord(entry), records);
    return { ...shown, reading: reading(shown, () => feedHtml(body, PAGE)), sharedId: false };
  });
  return { planet, of: 'planet', title: planet.title, description: planet.description, path: '/', items };
}

const FORMATS = [
  { format: 'RSS', print: rss },
  { format: 'Atom', print: async (view: View) => atom(view) },
  { format: 'JSON Feed', print: async (view: View) => jsonFeed(view) },
];

async function entriesOf(printed: string) {
  const told = readFeed(Buffer.from(printed), { url: 'https://night.example/sub/feed', contentType: null });
  if (told.kind === 'failed') throw new Error(JSON.stringify(told.reason));
  return told.feed.entries;
}

const NASTY = [
  ']]>',
  '<![CDATA[x]]>',
  '007',
  '1e5',
  'true',
  '-0.0',
  '<b>bold</b> & "so"',
  'AT&T &amp; &#60;i&#62; &copy &nbsp;',
  "</title><script>alert('1')</script>",
  '<!-- not a comment',
  '&'.repeat(5000),
  'שלום עולם',
  '👩‍🚀 𝒳 ﷽',
  'https://a.example/?q=<&>"\'',
  'a\u0000b\u0008c\u001Bd\uFFFEe\uFDD1f',
  'half \uD83D and \uDE80 half',
  'line\rfeed',
  'turned \u202Eround \u2067for good',
];

describe('of any text, every output', () => {
  test.for(NASTY)('is well-formed and says the same: %j', async (nasty) => {
    const said = nasty.toWellFormed().replace(/[\u0000-\u0008\u001B\u202E\u2067\uFDD1\uFFFE]/g, '');
    const clean = said.replace(/\s+/g, ' ');
    const credit = { title: nasty, authors: ['ada'] };
    const entry = { id: nasty, title: nasty, summary: nasty, rights: nasty, categories: [nasty], credit };
    const body = `<p>${nasty.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`;
    const view = viewOf([entry], { name: nasty, body, title: nasty });
    const roots = await strict.parse([
      await rss(view),
      atom(view),
      opml(planet, [...known({ title: nasty }).feedById.values()]),
    ]);
    expect(roots.flatMap(complaints)).toEqual([]);
    const [outline] = all(all(roots[2] as never, 'body')[0] as never, 'outline');
    expect(outline?.attributes['text']?.replace(/\s/g, ' ').replaceAll('\u2060', '')).toBe(said.replace(/\s/g, ' '));
    for (const { format, print } of FORMATS) {
      const [got] = await entriesOf(await print(view));
      const visible = (text: string | undefined) => text?.replaceAll('\u2060', '');
      expect.soft(visible(got?.title), format).toBe(format === 'RSS' ? `${clean}: ${clean}` : clean);
      expect
        .soft(got?.content?.html.replace(/\s/g, ' ').replaceAll('&gt;', '>'), format)
        .toContain(said.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\s/g, ' '));
    }
  });

  test('the validator’s complaints are heard', async () => {
    const bad = (await rss(viewOf([{ id: 'a' }, { id: 'a' }])))
      .replaceAll('<description>', '<x>')
      .replaceAll('</description>', '</x>')
      .replace('First light', 'First &lt;/b&gt;')
      .replace('&lt;p&gt;We', '&lt;a href=&quot;/x&quot;&gt;&lt;iframe&gt;&lt;/iframe&gt;We')
      .replace(/<atom:link [^>]*self[^>]*>/, '');
    const heard = (await strict.parse([bad])).flatMap(complaints).map((each) => each.split(' ')[0]);
    expect(new Set(heard)).toEqual(
      new Set([
        'Missing',
        'MissingAtomSelfLink',
        'DuplicateValue',
        'NeedDescriptionBeforeContent',
        'ContainsHTML',
        'ContainsRelRef',
        'SecurityRisk',
      ]),
    );
  });
});

describe('an id', () => {
  const at = (id: string, feed: string, firstSeen = '2026-01-01T00:00:00Z') => ({
    id,
    feed,
    firstSeen,
    path: `2026/01/01/${feed}-0123456789`,
  });
  test.for([
    { when: 'it is the only one', entries: [at('x', 'a')], shared: [] },
    {
      when: 'a later entry has it too, it stays the first one’s',
      entries: [at('x', 'a', '2026-01-02T00:00:00Z'), at('x', 'b')],
      shared: ['a'],
    },
    {
      when: 'two were seen at once, it is the first feed’s by name',
      entries: [at('x', 'b'), at('x', 'a')],
      shared: ['b'],
    },
    { when: 'two differ in what cannot be printed', entries: [at('x\u0000', 'a'), at('x', 'b')], shared: ['b'] },
    {
      when: 'it poses as a page of ours',
      entries: [at('https://night.example/2026/01/01/b-0123456789/', 'a')],
      shared: ['a'],
    },
  ])('when $when', ({ entries, shared }) => {
    expect([...sharedIds(entries, 'https://night.example/')].map((path) => path.slice(11, 12))).toEqual(shared);
  });

  test.for([
    { id: 'https://a.example/1?x=1#y', rss: true, atom: true },
    { id: 'tag:a.example,2026:1', rss: true, atom: true },
    { id: 'urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a', rss: true, atom: true },
    { id: 'urn:uuid:1', rss: true, atom: false },
    { id: '1 at https://a.example', rss: true, atom: false },
    { id: 'https://a.example/a b', rss: true, atom: false },
    { id: 'javascript:alert(1)', rss: true, atom: false },
    { id: '12345678', rss: false, atom: false },
  ])('$id is kept by RSS: $rss, by Atom: $atom, by JSON Feed always', async ({ id, ...kept }) => {
    const ids = await Promise.all(
      FORMATS.map(async ({ print }) => (await entriesOf(await print(viewOf([{ id }]))))[0]?.id),
    );
    expect(ids).toEqual([kept.rss ? id : PAGE, kept.atom ? id : PAGE, id]);
  });
});

const files = [
  { url: 'https://a.example/1.mp3', type: 'audio/mpeg', length: 10 },
  { url: 'https://a.example/1.ogg', type: 'audio/ogg; codecs=opus' },
  { url: 'https://a.example/1.txt' },
];

test('of hostile and of broken posts, made safe, a validator has nothing to say', async () => {
  const good = readFileSync(new URL('../fixtures/good-post.html', import.meta.url), 'utf8');
  const soups = Array.from({ length: 60 }, (_, seed) => tagSoup(seed, 120));
  const options = { base: 'https://a.example/', idPrefix: '1a2b3c4d5e' };
  const bodies = [good, ...soups, ...HOSTILE_HTML].map((html) => sanitise(html, options)).filter(Boolean);
  const views = Array.from({ length: Math.ceil(bodies.length / 50) }, (_, part) => {
    const items = bodies
      .slice(part * 50, part * 50 + 50)
      .map((body, index) => viewOf([{ id: `https://a.example/${part}/${index}` }], { body }).items[0] as Item);
    return { ...viewOf([]), items };
  });
  const printed = await Promise.all(views.flatMap((view) => [rss(view), atom(view)]));
  const said = (await strict.parse(printed)).flatMap(complaints);
  expect(said).toEqual([]);
  expect(bodies.length).toBeGreaterThan(300);
  expect(printed.join('')).toContain('&lt;math');
});

test.for(FORMATS)('all that an entry has comes back from $format', async ({ format, print }) => {
  const entry: Partial<EntryRecord> = {
    updated: '2026-01-24T08:40:00Z',
    language: 'pt-BR',
    categories: ['one', 'two & three'],
    enclosures: files,
    rights: '© Ada <2026>',
    source: {
      id: 'tag:s.example,2026:s',
      title: 'S & Co',
      url: 'https://s.example/',
      feedUrl: 'https://s.example/feed',
    },
    credit: { title: 'First light', authors: ['ada'] },
  };
  const printed = await print(viewOf([entry]));
  if (format !== 'JSON Feed') expect((await strict.parse([printed])).flatMap(complaints)).toEqual([]);
  const [got] = await entriesOf(printed);
  const ofNoType = format === 'Atom' ? files[2] : { ...files[2], type: 'application/octet-stream' };
  expect(got).toMatchObject({
    updated: new Date('2026-01-24T08:40:00Z'),
    language: 'pt-BR',
    categories: entry.categories,
    enclosures: [files[0], files[1], format === 'RSS' ? files[2] : ofNoType],
    authors: [{ name: 'Ada' }],
    url: 'https://a.example/1',
  });
  expect(got?.source?.title?.replaceAll('\u2060', '')).toBe('S & Co');
  if (format !== 'RSS') expect(got?.source).toEqual(entry.source);
  expect(got?.rights?.replaceAll('\u2060', '')).toBe(entry.rights);
});

test.for(FORMATS)('what a feed must not say is left out of $format', async ({ format, print }) => {
  const enclosures = [
    { url: 'http://localhost/1.mp3', type: 'audio/mpeg' },
    { url: 'http://[2001:db8::1]/2.mp3', type: 'audio/mpeg' },
    { url: 'https://a.example/3.mp3', type: 'an "mp3"' },
  ];
  const entries = [
    { id: 'https://a.example/a', enclosures, language: 'qq' },
    { id: 'https://a.example/b', url: 'http://[2001:db8::1]/', language: 'iw-IL' },
  ];
  const printed = await print(viewOf(entries));
  if (format !== 'JSON Feed') expect((await strict.parse([printed])).flatMap(complaints)).toEqual([]);
  const [one, two] = await entriesOf(printed);
  expect(one?.language === 'qq').toBe(false);
  expect(two).toMatchObject({ language: 'he-IL', url: PAGE });
  expect(one?.enclosures).toContainEqual(expect.objectContaining({ url: 'https://a.example/3.mp3' }));
});

describe('a body in a feed', () => {
  test.for([
    {
      of: 'nothing special is untouched',
      html: '<p>a<br>b &amp; c</p>\n<pre>\n\nx</pre>',
      gives: '<p>a<br>b &amp; c</p>\n<pre>\n\nx</pre>',
    },
    {
      of: 'a film is a link to it',
      html: '<p>See</p><iframe src="https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ" title="Video on YouTube" sandbox="x"></iframe>',
      gives: '<p>See</p><a href="https://www.youtube.com/watch?v=aqz-KE-bpKQ">Video on YouTube</a>',
    },
    {
      of: 'another frame is a link to its address',
      html: '<iframe src="https://player.vimeo.com/video/1?dnt=1&amp;h=a"></iframe>',
      gives: '<a href="https://player.vimeo.com/video/1?dnt=1&amp;h=a">player.vimeo.com</a>',
    },
    { of: 'a footnote leads to the entry’s page', html: '<a href="#fn1">1</a>', gives: `<a href="${PAGE}#fn1">1</a>` },
    {
      of: 'a player has a link beside it',
      html: '<p><video src="https://a.example/v/Our%20film.mp4" controls preload="none"></video> or</p><audio controls><source src="https://a.example/a.ogg"></audio>',
      gives:
        '<p><video src="https://a.example/v/Our%20film.mp4" preload="none"></video><a href="https://a.example/v/Our%20film.mp4">Our film.mp4</a> or</p><audio><source src="https://a.example/a.ogg"></audio><a href="https://a.example/a.ogg">a.ogg</a>',
    },
    {
      of: 'the name of a file may be no text',
      html: '<audio src="https://a.example/a/%zz%E2%80%AE.mp3" controls></audio><audio src="https://a.example/%E2%80%AE3pm.exe" controls></audio>',
      gives:
        '<audio src="https://a.example/a/%zz%E2%80%AE.mp3"></audio><a href="https://a.example/a/%zz%E2%80%AE.mp3">%zz%E2%80%AE.mp3</a><audio src="https://a.example/%E2%80%AE3pm.exe"></audio><a href="https://a.example/%E2%80%AE3pm.exe">%E2%80%AE3pm.exe</a>',
    },
    {
      of: 'a player in a link has none',
      html: '<a href="https://a.example/"><video src="https://a.example/v.mp4" controls></video></a>',
      gives: '<a href="https://a.example/"><video src="https://a.example/v.mp4"></video></a>',
    },
    { of: 'a role is gone', html: '<div role="note"><p>x</p></div>', gives: '<div><p>x</p></div>' },
    { of: 'forced direction is a direction', html: '<bdo dir="rtl">abc</bdo>', gives: '<bdi dir="rtl">abc</bdi>' },
    {
      of: 'code keeps its first empty line',
      html: '<a href="#x">x</a><pre>\n\ncode</pre>',
      gives: `<a href="${PAGE}#x">x</a><pre>\n\ncode</pre>`,
    },
  ])('of which $of', ({ html, gives }) => expect(feedHtml(html, PAGE)).toBe(gives));
});

test('how much of an entry a feed says goes by the feed’s rule', async () => {
  const records = (content: 'full' | 'excerpt' | 'title') => known({ content, url: 'https://a.example/feed' });
  for (const content of ['full', 'excerpt', 'title'] as const) {
    const shown = displayEntry(aRecord(), records(content));
    const items = [{ ...shown, reading: reading(shown, () => '<p>All of it</p>'), sharedId: false }];
    for (const { format, print } of FORMATS) {
      const printed = await print({ ...viewOf([]), items });
      expect.soft(printed.includes('All of it'), `${format}, ${content}`).toBe(content === 'full');
      expect.soft(printed.includes('We saw it.'), `${format}, ${content}`).toBe(content !== 'title');
    }
  }
});

test('every format names the hub', async () => {
  const [ofRss, ofAtom, ofJson] = await Promise.all(FORMATS.map(({ print }) => print(viewOf([{}]))));
  const [rssRoot, atomRoot] = await strict.parse([ofRss ?? '', ofAtom ?? '']);
  const hubs = [...all(all(rssRoot as never, 'channel')[0] as never, 'atom:link'), ...all(atomRoot as never, 'link')]
    .filter(({ attributes }) => attributes['rel'] === 'hub')
    .map(({ attributes }) => attributes['href']);
  expect(hubs).toEqual([HUB, HUB]);
  expect(JSON.parse(ofJson ?? '').hubs).toEqual([{ type: 'WebSub', url: HUB }]);
});

describe('the months behind the subscription', () => {
  const left = (month: string) => ({ published: `${month}-15T00:00:00Z` });
  test('are those that are over, by the entries', () => {
    const { subscription, months } = chainOf(['2025-12', '2026-01', '2026-03'], left('2026-01'));
    expect(subscription).toEqual({ self: '/atom.xml', previous: '/atom/2026-01.xml' });
    expect(months.map(({ month, place }) => [month, place.previous, place.next, place.complete])).toEqual([
      ['2025-12', undefined, '/atom/2026-01.xml', true],
      ['2026-01', '/atom/2025-12.xml', undefined, true],
    ]);
  });

  test('are the growing one too where the subscription does not hold all of it', () => {
    const { subscription, months } = chainOf(['2026-01', '2026-03'], left('2026-03'));
    expect(subscription.previous).toBe('/atom/2026-03.xml');
    expect(months.map(({ month, place }) => [month, place.complete])).toEqual([
      ['2026-01', true],
      ['2026-03', false],
    ]);
  });

  test('are none in a planet’s first month', () => {
    expect(chainOf(['2026-03'], undefined)).toEqual({
      subscription: { self: '/atom.xml', previous: undefined },
      months: [],
    });
  });
});
