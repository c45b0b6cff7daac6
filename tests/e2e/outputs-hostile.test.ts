import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import type { EntryRecord } from '../../src/core/records.ts';
import { atom } from '../../src/outputs/atom.ts';
import { opml } from '../../src/outputs/opml.ts';
import { rss } from '../../src/outputs/rss.ts';
import type { Item } from '../../src/outputs/view.ts';
import { HOSTILE_HTML } from '../fixtures/hostile-html.ts';
import { tagSoup } from '../fixtures/tag-soup.ts';
import { complaints } from '../lib/feed-checks.ts';
import { entriesOf, FORMATS, HUB, PAGE, planet, viewOf } from '../lib/output-views.ts';
import { anAuthor, known } from '../lib/records.ts';
import { all, type Strict, strictXml } from '../lib/xml.ts';

let strict: Strict;
beforeAll(async () => {
  strict = await strictXml();
});
afterAll(() => strict[Symbol.asyncDispose]());

const NASTY = [
  ...[']]>', '<![CDATA[x]]>', '007', '1e5', 'true', '-0.0', '<b>bold</b> & "so"'],
  ...['AT&T &amp; &#60;i&#62; &copy &nbsp;', "</title><script>alert('1')</script>", '<!-- not a comment'],
  ...['&'.repeat(5000), 'שלום עולם', '👩‍🚀 𝒳 ﷽', 'https://a.example/?q=<&>"\''],
  ...['a\u0000b\u0008c\u001Bd\uFFFEe\uFDD1f', 'half \uD83D and \uDE80 half', 'line\rfeed'],
  ...['turned \u202Eround \u2067for good'],
];

describe('every output of any text', () => {
  test.for(NASTY)('is well-formed and says the same: %j', async (nasty) => {
    const said = nasty.toWellFormed().replace(/[\u0000-\u0008\u001B\u202E\u2067\uFDD1\uFFFE]/g, '');
    const clean = said.replace(/\s+/g, ' ');
    const credit = { title: nasty, authors: ['ada'] };
    const entry = { id: nasty, title: nasty, summary: nasty, rights: nasty, categories: [nasty], credit };
    const body = `<p>${nasty.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`;
    const view = viewOf([entry], { name: nasty, body, title: nasty });
    const list = opml(planet, [...known({ title: nasty }).feedById.values()]);
    const roots = await strict.parse([await rss(view), atom(view), list]);
    expect(roots.flatMap(complaints)).toEqual([]);
    const [outline] = all(all(roots[2] as never, 'body')[0] as never, 'outline');
    expect(outline?.attributes['text']?.replace(/\s/g, ' ').replaceAll('\u2060', '')).toBe(said.replace(/\s/g, ' '));
    for (const { format, print } of FORMATS) {
      const [got] = await entriesOf(await print(view));
      expect.soft(got?.title, format).toBe(format === 'RSS' ? `${clean}: ${clean}` : clean);
      const html = got?.content?.html.replace(/\s/g, ' ').replaceAll('&gt;', '>');
      expect.soft(html, format).toContain(said.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\s/g, ' '));
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
    const ofText = ['ContainsHTML', 'ContainsRelRef', 'DuplicateValue', 'SecurityRisk'];
    const ofElements = ['Missing', 'MissingAtomSelfLink', 'NeedDescriptionBeforeContent'];
    expect([...new Set(heard)].sort()).toEqual([...ofText, ...ofElements].sort());
  });
});

const files = [
  { url: 'https://a.example/1.mp3', type: 'audio/mpeg', length: 10 },
  { url: 'https://a.example/1.ogg', type: 'audio/ogg; codecs=opus' },
  { url: 'https://a.example/1.txt' },
];

test('a validator finds no error in hostile and broken posts', async () => {
  const good = readFileSync(new URL('../fixtures/good-post.html', import.meta.url), 'utf8');
  const soups = Array.from({ length: 60 }, (_, seed) => tagSoup(seed, 120));
  const options = { base: 'https://a.example/', idPrefix: '1a2b3c4d5e' };
  const bodies = [good, ...soups, ...HOSTILE_HTML].map((html) => sanitise(html, options)).filter(Boolean);
  const views = Array.from({ length: Math.ceil(bodies.length / 50) }, (_, part) => {
    const some = bodies.slice(part * 50, part * 50 + 50);
    const idOf = (index: number) => `https://a.example/${part}/${index}`;
    const items = some.map((body, index) => viewOf([{ id: idOf(index) }], { body }).items[0] as Item);
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
    ...{ updated: '2026-01-24T08:40:00Z', language: 'pt-BR', categories: ['one', 'two & three'] },
    ...{ enclosures: files, rights: '© Ada <2026>' },
    source: { id: 'tag:s.example,2026:s', title: 'S & Co', url: 'https://s.example/', feedUrl: 'https://s.example/f' },
    credit: { title: 'First light', authors: ['ada'] },
  };
  const url = 'https://ada.example/';
  const printed = await print(viewOf([entry], { people: [anAuthor({ name: 'Ada', url })] }));
  if (format !== 'JSON Feed') expect((await strict.parse([printed])).flatMap(complaints)).toEqual([]);
  const [got] = await entriesOf(printed);
  const ofUnknownEnding = format === 'Atom' ? files[2] : { ...files[2], type: 'application/octet-stream' };
  const { language, categories } = entry;
  expect(got).toMatchObject({
    ...{ updated: new Date('2026-01-24T08:40:00Z'), language, categories },
    authors: [{ name: 'Ada', ...(format !== 'RSS' && { url }) }],
    ...{ enclosures: [files[0], files[1], format === 'RSS' ? files[2] : ofUnknownEnding], url: 'https://a.example/1' },
  });
  expect(got?.source?.title).toBe('S & Co');
  if (format !== 'RSS') expect(got?.source).toEqual(entry.source);
  expect(got?.rights).toBe(entry.rights);
});

test.for(FORMATS)('values that a feed must not have are left out of $format', async ({ format, print }) => {
  const enclosures = [
    { url: 'http://localhost/1.mp3', type: 'audio/mpeg' },
    { url: 'http://[2001:db8::1]/2.mp3', type: 'audio/mpeg' },
    { url: 'https://a.example/3.mp3', type: 'an "mp3"' },
  ];
  const source = { id: 'no address', title: 'S', url: 'https://s.example/' };
  const entries = [
    { id: 'https://a.example/a', enclosures, language: 'qq', source },
    { id: 'https://a.example/b', url: 'http://[2001:db8::1]/', language: 'iw-IL' },
  ];
  const printed = await print(viewOf(entries));
  if (format !== 'JSON Feed') expect((await strict.parse([printed])).flatMap(complaints)).toEqual([]);
  const [one, two] = await entriesOf(printed);
  expect(one?.language === 'qq').toBe(false);
  if (format === 'Atom') expect(one?.source?.id).toBe(source.url);
  expect(two).toMatchObject({ language: 'he-IL', url: PAGE });
  expect(one?.enclosures).toContainEqual(expect.objectContaining({ url: 'https://a.example/3.mp3' }));
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
