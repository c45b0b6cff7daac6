import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { FeedDocument } from '../../scripts/snapshot/feed-entry.ts';
import { readFeed } from '../../scripts/snapshot/read-feed.ts';
import { archiveFolder } from '../../src/archive/archive.ts';
import { readBody } from '../../src/archive/read-entries.ts';
import { newestFirst } from '../../src/core/listings.ts';
import { type DisplayedEntry, displayEntry, headingText, isNote } from '../../src/core/shown.ts';
import { readSite } from '../../src/data/read-site.ts';
import { wordsOf } from '../../src/i18n/words.ts';
import { feedHtml } from '../../src/outputs/content.ts';
import { complaints } from '../lib/feed-checks.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';
import { all, type Strict, strictXml, textOf, type XmlNode } from '../lib/xml.ts';

const SITE = 'http://localhost:4321';
const demo = inject('demo');
let strict: Strict;
let files: string[];

beforeAll(async () => {
  strict = await strictXml();
  files = (await readdir(demo.dist, { recursive: true })).sort();
});
afterAll(() => strict[Symbol.asyncDispose]());

const inDist = (path: string) => readFile(join(demo.dist, path), 'utf8');

async function parsed(path: string): Promise<XmlNode> {
  const [root] = await strict.parse([await inDist(path)]);
  return root as XmlNode;
}

async function read(path: string): Promise<FeedDocument> {
  const told = readFeed(await readFile(join(demo.dist, path)), { url: `${SITE}/${path}`, contentType: null });
  if (told.kind === 'failed') throw new Error(JSON.stringify(told.reason));
  return told.feed;
}

/** What the site shows, newest first, each entry with its body as a feed may carry it. */
async function shownEntries() {
  const archive = archiveFolder(demo.folder);
  const { planet, messages, feeds, entries, recordOf, authors } = await readSite(demo.folder, archive);
  const known = {
    feedById: new Map(feeds.map((feed) => [feed.id, feed])),
    authorBySlug: new Map(authors.map((author) => [author.slug, author])),
    words: wordsOf(planet.language, messages),
  };
  return entries.sort(newestFirst).map((entry) => ({
    ...displayEntry(recordOf(entry), known),
    html: feedHtml(readBody(archive, entry.position), `${planet.site}${entry.path}/`),
  }));
}

/** Its authors; its source if it names none. */
const credited = ({ authors, entry, feed }: DisplayedEntry): { name: string }[] =>
  authors.length > 0 ? authors : [{ name: entry.source?.title ?? feed.title }];

describe('the output feeds of the demo', () => {
  test('are there in three formats for the planet, every author and every feed', async () => {
    const { authors, feeds } = await readSite(demo.folder, archiveFolder(demo.folder));
    const places = ['', ...authors.map(({ slug }) => `authors/${slug}/`), ...feeds.map(({ id }) => `feeds/${id}/`)];
    const wanted = places.flatMap((place) => ['rss.xml', 'atom.xml', 'feed.json'].map((file) => `${place}${file}`));
    expect(files.filter((file) => /(rss\.xml|atom\.xml|feed\.json)$/.test(file))).toEqual(wanted.sort());
  });

  test('are well-formed, and a validator has nothing to say against them', async () => {
    const feeds = files.filter((file) => /(rss|atom|opml)\.xml$|^atom\/.*\.xml$/.test(file));
    const roots = await strict.parse(await Promise.all(feeds.map(inDist)));
    expect(roots.flatMap((root, index) => complaints(root).map((said) => `${feeds[index]}: ${said}`))).toEqual([]);
    expect(feeds.length).toBeGreaterThan(50);
  });

  test('name themselves, their page and nothing of the clock', async () => {
    const atom = await parsed('authors/mara-okafor/atom.xml');
    const link = (rel: string) =>
      all(atom, 'link').find(({ attributes }) => attributes['rel'] === rel)?.attributes['href'];
    expect(link('self')).toBe(`${SITE}/authors/mara-okafor/atom.xml`);
    expect(link('alternate')).toBe(`${SITE}/authors/mara-okafor/`);
    const times = all(atom, 'entry').map((entry) => textOf(entry, 'updated'));
    expect(textOf(atom, 'updated')).toBe(times.sort().at(-1));
    expect(textOf(atom, 'title')).toBe('Mara Okafor · The Orrery Demo Planet');
    const [channel] = all(await parsed('feeds/almanac/rss.xml'), 'channel');
    expect(textOf(channel as XmlNode, 'link')).toBe(`${SITE}/feeds/almanac/`);
  });

  test('hold of an author or a feed the newest ten that its page holds, and nothing else', async () => {
    const entries = await shownEntries();
    const ofMara = entries.filter(({ authors }) => authors.some(({ name }) => name === 'Mara Okafor'));
    const ofEscapement = entries.filter(({ feed, via }) => [feed, ...via].some(({ id }) => id === 'planet-escapement'));
    expect(ofEscapement.length).toBeGreaterThan(10);
    const ids = async (path: string) => (await read(path)).entries.map(({ id }) => id);
    const [mara, escapement] = [ofMara, ofEscapement.slice(0, 10)].map((all) => all.map(({ entry }) => entry.id));
    for (const file of ['rss.xml', 'atom.xml', 'feed.json']) {
      expect.soft(await ids(`authors/mara-okafor/${file}`)).toEqual(mara);
      expect.soft(await ids(`feeds/planet-escapement/${file}`)).toEqual(escapement);
    }
  });
});

describe('Orrery that follows itself', () => {
  const titles: Record<string, (shown: DisplayedEntry) => string> = {
    'rss.xml': (shown) => headingText({ ...shown, authors: credited(shown) }),
    'atom.xml': ({ title }) => title,
    'feed.json': ({ entry }) => entry.credit.title,
  };
  test.for(Object.entries(titles))('by %s reads what it wrote', async ([file, title]) => {
    const { entries } = await read(file);
    const wanted = await shownEntries();
    expect(entries.map(({ id }) => id)).toEqual(wanted.map(({ entry }) => entry.id));
    for (const [index, shown] of wanted.entries()) {
      const { entry, html } = shown;
      const got = entries[index] as FeedDocument['entries'][number];
      const { url, categories, language, enclosures } = entry;
      const name = isNote(shown) ? '' : title(shown);
      expect.soft(got).toMatchObject({ url, title: name, categories, language, enclosures });
      expect.soft(got.authors.map(({ name }) => name)).toEqual(credited(shown).map(({ name }) => name));
      expect.soft(got.published).toEqual(new Date(entry.published));
      expect.soft(got.updated ?? got.published).toEqual(new Date(entry.updated ?? entry.published));
      expect.soft(got.content?.html.trim() ?? '').toBe(html.trim());
    }
  });

  test('as another planet credits author and feed, not the planet between', async () => {
    await using other = await aFolder(planetYaml({ orrery: 'feeds/atom.xml' }));
    await other.write('feeds/atom.xml', await inDist('atom.xml'));
    await snapshotHere(other.path, new Date('2026-02-25'));
    const held = new Map((await other.entries()).map((entry) => [entry['id'], entry]));
    for (const shown of await shownEntries()) {
      const { entry, feed } = shown;
      const got = held.get(entry.id) as { authors: { name: string }[]; source: { title: string }; url: string };
      expect.soft(got.source.title).toBe(entry.source?.title ?? feed.title);
      expect.soft(got.authors.map(({ name }) => name)).toEqual(credited(shown).map(({ name }) => name));
      expect.soft(got.url).toBe(entry.url);
    }
  });
});

test('the history behind the Atom feed leads from the newest entries to the first, and back', async () => {
  const seen = new Set<string>();
  const path: string[] = [];
  for (let next: string | undefined = 'atom.xml'; next; ) {
    const root = await parsed(next);
    const link = (rel: string) =>
      all(root, 'link').find(({ attributes }) => attributes['rel'] === rel)?.attributes['href'];
    for (const entry of all(root, 'entry')) seen.add(textOf(entry, 'id') ?? '');
    expect.soft(textOf(root, 'id')).toBe(`${SITE}/`);
    expect.soft(link('self')).toBe(`${SITE}/${next}`);
    if (path.length > 0) {
      expect.soft(all(root, 'fh:archive')).toHaveLength(1);
      expect.soft(link('current')).toBe(`${SITE}/atom.xml`);
      expect.soft(link('next-archive')).toBe(path.length > 1 ? `${SITE}/${path.at(-1)}` : undefined);
    }
    path.push(next);
    next = link('prev-archive')?.slice(SITE.length + 1);
  }
  expect([...seen].sort()).toEqual((await shownEntries()).map(({ entry }) => entry.id).sort());
  expect(path.slice(1).sort()).toEqual(files.filter((file) => /^atom\/.*xml$/.test(file)));
  expect(path.at(-1)).toBe('atom/2023-11.xml');
});

test('JSON Feed keeps the rules of version 1.1', async () => {
  for (const file of files.filter((each) => each.endsWith('feed.json'))) {
    const feed = JSON.parse(await inDist(file));
    const head = { version: 'https://jsonfeed.org/version/1.1', feed_url: encodeURI(`${SITE}/${file}`) };
    expect.soft(feed, file).toMatchObject({ ...head, title: expect.stringMatching(/./) });
    for (const item of feed.items) {
      expect.soft(typeof item.id, file).toBe('string');
      expect.soft([typeof item.content_html, typeof item.content_text], file).toContain('string');
      expect.soft(URL.canParse(item.url), file).toBe(true);
      expect.soft(item.date_published, file).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      for (const { name } of item.authors ?? []) expect.soft(name, file).toMatch(/./);
      for (const file of item.attachments ?? [])
        expect.soft(file).toMatchObject({ url: expect.any(String), mime_type: expect.stringContaining('/') });
    }
    expect.soft(new Set(feed.items.map(({ id }: { id: string }) => id)).size, file).toBe(feed.items.length);
  }
});
