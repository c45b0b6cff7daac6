import { getCollection, getEntry, render } from 'astro:content';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clock, contentFolder, loadPlanet } from './folder.ts';
import { type EntriesOfParts, entriesOfParts, ofPeriods } from './lib/entries-of-parts.ts';
import { NEWEST } from './lib/making.ts';
import { shelfOfPart } from './lib/parts.ts';
import { newestFirst, riverEntries } from './lib/river.ts';
import type { Planet } from './model/planet.ts';
import type { AuthorRecord, EntryRecord, FeedRecord } from './model/site.ts';
import { type Status, status } from './outputs/status.ts';

/** All that pages ask for, read once a build: `getCollection` in every page is quadratic. */
export interface Everything extends EntriesOfParts {
  planet: Planet;
  /** In the order of `planet.yaml`. */
  feeds: FeedRecord[];
  feedById: ReadonlyMap<string, FeedRecord>;
  /** By name. */
  authors: AuthorRecord[];
  authorBySlug: ReadonlyMap<string, AuthorRecord>;
  /** How many entries the planet shows. */
  total: number;
  /** How many of them each `2026`, `2026-01` and `2026-01-23` holds, in the planet's time zone; oldest first. */
  counts: ReadonlyMap<string, number>;
  /** The front page's entries, newest first. */
  river: EntryRecord[];
  /** The planet's newest, as many as its feeds hold, and one more. */
  newest: EntryRecord[];
  /** Months in UTC that hold entries, oldest first. */
  monthsInUtc: string[];
  /** Every year of a shelf that has a page of its own. */
  shelfYears: { shelf: string; year: string }[];
  /** Paths of the entries whose pages search engines may list. */
  indexed: string[];
  /** The operator's own pages, in their order. */
  pages: { id: string; title: string; description: string }[];
}

let everything: Promise<Everything> | undefined;

export function getEverything(): Promise<Everything> {
  everything ??= read();
  return everything;
}

/** How each feed is doing. */
export async function getStatus(): Promise<Status> {
  const { planet, feeds } = await getEverything();
  const rules = await getEntry('rules', 'planet');
  if (rules === undefined) throw new Error('The collections were not loaded: there is no record of the rules');
  return status(planet, feeds, rules.data.rules, clock());
}

/** The bytes of a picture in the operator's folder. */
export async function pictureOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(join(folder, path)));
}

/** One of the operator's own pages, ready to be put into a page. */
export async function pageContent(id: string) {
  const page = await getEntry('pages', id);
  if (page === undefined) throw new Error(`There is no page ${id}.mdx in ${folder}/pages`);
  return (await render(page)).Content;
}

const folder = contentFolder();

async function read(): Promise<Everything> {
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'mistakes') throw new Error(loaded.told.join('\n'));
  const { planet } = loaded;
  const feeds = (await getCollection('feeds')).map(({ data }) => data).sort((a, b) => a.order - b.order);
  const entries = (await getCollection('entries')).map(({ data }) => data).sort(newestFirst);
  const authors = (await getCollection('authors'))
    .map(({ data }) => data)
    .sort((a, b) => a.name.localeCompare(b.name, planet.language) || (a.slug < b.slug ? -1 : 1));
  const pages = (await getCollection('pages'))
    .sort((a, b) => a.data.order - b.data.order || (a.id < b.id ? -1 : 1))
    .map(({ id, data: { title, description } }) => ({ id, title, description }));
  const counts = (await getEntry('counts', 'planet'))?.data;
  if (counts === undefined) throw new Error('The content store is empty: the build would publish nothing.');
  return {
    planet,
    feeds,
    feedById: new Map(feeds.map((feed) => [feed.id, feed])),
    authors,
    authorBySlug: new Map(authors.map((author) => [author.slug, author])),
    total: counts.entries,
    counts: ofPeriods(counts.days),
    river: riverEntries(entries, planet.river),
    newest: entries.slice(0, NEWEST + 1),
    monthsInUtc: counts.monthsInUtc,
    shelfYears: counts.shelfYears.map((part) => ({ shelf: shelfOfPart(part), year: part.slice(-4) })),
    indexed: counts.indexed,
    ...entriesOfParts(entries, counts, authors),
    pages,
  };
}
