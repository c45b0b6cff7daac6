import Parser from 'rss-parser';
import { describe, expect, test } from 'vitest';
import { Planet } from '../../src/core/planet.ts';
import type { AuthorRecord, EntryRecord } from '../../src/core/records.ts';
import { displayEntry, reading } from '../../src/core/shown.ts';
import { rss } from '../../src/outputs/rss.ts';
import { aFeed } from '../lib/builders.ts';
import { anAuthor, aRecord, known } from '../lib/records.ts';

const planet = Planet.parse({
  title: 'Night & Day',
  description: 'What <they> write',
  site: 'https://night.example/sub',
  feeds: [aFeed()],
});

function feedOf(
  entries: Partial<EntryRecord>[],
  people: AuthorRecord[] = [],
  body = '<p>We saw it.</p>',
  shared = false,
) {
  const records = known({ url: 'https://a.example/feed.xml', title: 'A & Co' }, people);
  const items = entries.map((entry) => {
    const shown = displayEntry(aRecord(entry), records);
    return { ...shown, reading: reading(shown, () => body), sharedId: shared };
  });
  return rss({ planet, of: 'planet', title: planet.title, description: planet.description, path: '/', items });
}

async function itemsOf(xml: string) {
  const parser = new Parser({ customFields: { item: [['content:encoded', 'encoded']] } });
  return (await parser.parseString(xml)).items;
}

describe('the planet’s RSS', () => {
  test('says of an entry what the page says, and links to the original', async () => {
    const people = [anAuthor({ slug: 'ada', name: 'Ada' }), anAuthor({ slug: 'grace', name: 'Grace' })];
    const xml = await feedOf([{ credit: { title: 'First light', authors: ['ada', 'grace'] } }], people);
    expect((await itemsOf(xml))[0]).toMatchObject({
      title: 'Ada and Grace: First light',
      creator: 'Ada',
      link: 'https://a.example/1',
      guid: 'https://a.example/1',
      pubDate: 'Fri, 23 Jan 2026 08:40:00 GMT',
      encoded: '<p>We saw it.</p>',
    });
    expect(xml).toContain('<dc:creator>Ada</dc:creator><dc:creator>Grace</dc:creator>');
    expect(xml).toContain('<source url="https://a.example/feed.xml">A &amp; Co</source>');
  });

  test('makes up no title, unless there is nothing else to tell an item by', async () => {
    const note = { credit: { title: '', authors: [] } };
    const [said] = await itemsOf(await feedOf([{ ...note, summary: 'We saw it.' }]));
    const [wordless] = await itemsOf(await feedOf([{ ...note, summary: '' }], [], ''));
    expect([said?.title, said?.content]).toEqual([undefined, 'We saw it.']);
    expect(wordless?.title).toBe('Untitled');
  });

  test('names itself and the date of its newest entry', async () => {
    const xml = await feedOf([{}, { published: '2020-01-01T00:00:00Z' }]);
    expect(xml).toContain(
      '<atom:link href="https://night.example/sub/rss.xml" rel="self" type="application/rss+xml"/>',
    );
    expect(xml).toContain('<lastBuildDate>Fri, 23 Jan 2026 08:40:00 GMT</lastBuildDate>');
    expect(xml).toContain('<title>Night &amp; Day</title>');
    expect(await feedOf([{}, { published: '2020-01-01T00:00:00Z' }])).toBe(xml);
  });

  test('describes before it quotes in full', async () => {
    const xml = await feedOf([{}]);
    expect(xml.indexOf('<description>', xml.indexOf('<item>'))).toBeLessThan(xml.indexOf('<content:encoded>'));
  });

  test('links an entry without an original to its page here', async () => {
    const [item] = await itemsOf(await feedOf([{ url: null }]));
    expect(item).toMatchObject({ link: 'https://night.example/sub/2026/01/23/first-light-0123456789/' });
  });

  test('tells entries of one id apart by their pages', async () => {
    const [item] = await itemsOf(await feedOf([{}], [], '', true));
    expect(item).toMatchObject({ guid: 'https://night.example/sub/2026/01/23/first-light-0123456789/' });
  });

  test.for([
    '007',
    '1e5',
    'true',
    '0x10',
    '-1.50',
    ']]>',
    '<b>bold</b> & "so"',
    '&amp;lt;',
    '&'.repeat(5000),
    'שלום 👩‍🚀',
  ])('keeps %s as id, name, title and text', async (text) => {
    const person = anAuthor({ name: text });
    const entry = { id: text, summary: text, credit: { title: text, authors: ['ada'] } };
    const [item] = await itemsOf(await feedOf([entry], [person], text));
    expect({ ...item, title: item?.title?.replaceAll('\u2060', '') }).toMatchObject({
      guid: text === '007' ? 'https://night.example/sub/2026/01/23/first-light-0123456789/' : text,
      creator: text,
      title: `${text}: ${text}`,
      encoded: text,
    });
  });

  test('holds no character that XML cannot', async () => {
    const bad = 'a\u0000b\u0008c\u001Bd\uFFFEe\uD800f\uFDD1g';
    const entry = { id: bad, summary: bad, categories: [bad], credit: { title: bad, authors: ['ada'] } };
    const xml = await feedOf([entry], [anAuthor({ name: bad })], `<p>${bad}</p>`);
    expect(xml).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFDD0-\uFDEF\uFFFE\uFFFF]/);
    expect(xml.isWellFormed()).toBe(true);
    expect((await itemsOf(xml))[0]).toMatchObject({ guid: 'abcde\uFFFDfg', creator: 'abcde\uFFFDfg' });
  });

  test('shows a summary as text, though readers take it for HTML', async () => {
    const xml = await feedOf([{ summary: 'How <script> works' }]);
    expect(xml).toContain('<description>How &amp;lt;script&amp;gt; works</description>');
  });
});
