import { getCollection, getEntry, render } from 'astro:content';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clock, contentFolder, loadPlanet } from './folder.ts';
import { NEWEST } from './lib/making.ts';
import {
  atomPart,
  isYearPart,
  monthPart,
  ON_FRONT,
  type PartName,
  type Shelf,
  shelfOfPart,
  shelvesOf,
  yearPart,
} from './lib/parts.ts';
import { newestFirst, riverEntries } from './lib/river.ts';
import type { Planet } from './model/planet.ts';
import type { AuthorRecord, Counts, EntryRecord, FeedRecord } from './model/site.ts';
import { type Status, status } from './outputs/status.ts';

/** All that pages ask for, read once a build: `getCollection` in every page is quadratic. */
export interface Everything {
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
  /** Whether this build makes a part: `getStaticPaths` gives the pages of those alone. */
  makes: (part: PartName) => boolean;
  /** The entries of `2026-01` or `2026-01-23`, newest first. Their month must be one that this build makes. */
  entriesIn: (period: string) => EntryRecord[];
  /** The entries of a month in UTC, newest first. It must be one that this build makes. */
  entriesInUtc: (month: string) => EntryRecord[];
  /** The front of an author's or a feed's shelf. It must be one that this build makes. */
  shelf: (shelf: Shelf) => ShelfFront;
  /** The years of a shelf that have pages of their own, newest first. Some part of it must be one that this build makes. */
  yearsOf: (shelf: Shelf) => ShelfFront['years'];
  /** Those of them whose pages this build makes. */
  yearsMade: (shelf: Shelf) => string[];
  /** The entries of a year of a shelf, newest first. It must be one that this build makes. */
  shelfYear: (shelf: Shelf, year: string) => EntryRecord[];
  /** The operator's own pages, in their order. */
  pages: { id: string; title: string; description: string }[];
}

interface ShelfFront {
  /** Newest first, at most `ON_FRONT`. */
  newest: EntryRecord[];
  /** How many entries each month holds, `2026-01`, in the planet's time zone; oldest first. */
  months: ReadonlyMap<string, number>;
  /** The years that have pages of their own, newest first: none where the front lists everything. */
  years: { year: string; count: number }[];
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
    ...partsAmong(entries, counts),
    pages,
  };
}

/** What the parts that are made are of. `entries` hold all of theirs; of any other part too few, so asking for one is a bug. */
function partsAmong(
  entries: readonly EntryRecord[],
  counts: Counts,
): Pick<Everything, 'makes' | 'entriesIn' | 'entriesInUtc' | 'shelf' | 'yearsOf' | 'yearsMade' | 'shelfYear'> {
  const made = new Set(counts.makes);
  const makes = (part: PartName) => made.has(part);
  const yearParts = Map.groupBy(counts.makes.filter(isYearPart), (part) => part.slice(0, -5));
  const lists = Map.groupBy(
    entries.flatMap((entry) => keysOf(entry).map((key) => ({ key, entry }))),
    ({ key }) => key,
  );
  const monthsOf = (shelf: Shelf) => new Map(Object.entries(counts.shelves[shelf] ?? {}));
  const list = (part: PartName, key: string): EntryRecord[] => {
    if (!makes(part)) throw new Error(`${part} is not made in this build, and so its entries are not all here`);
    return (lists.get(key) ?? []).map(({ entry }) => entry);
  };
  return {
    makes,
    entriesIn: (period) => list(monthPart(period), period),
    entriesInUtc: (month) => list(atomPart(month), atomPart(month)),
    shelf: (shelf) => ({
      newest: list(shelf, shelf).slice(0, ON_FRONT),
      months: monthsOf(shelf),
      years: yearsAmong(monthsOf(shelf)),
    }),
    yearsOf: (shelf) => yearsAmong(monthsOf(shelf)),
    yearsMade: (shelf) => (yearParts.get(shelf) ?? []).map((part) => part.slice(-4)),
    shelfYear: (shelf, year) => list(yearPart(shelf, year), yearPart(shelf, year)),
  };
}

function keysOf(entry: EntryRecord): string[] {
  const { day, published } = entry;
  const shelves = shelvesOf(entry).flatMap((shelf) => [shelf, yearPart(shelf, day.slice(0, 4))]);
  return [day.slice(0, 7), day, atomPart(published), ...shelves];
}

/** Newest first; none where the front lists everything. */
function yearsAmong(months: ReadonlyMap<string, number>): ShelfFront['years'] {
  const years = [...ofPeriods(Object.fromEntries(months))].filter(([period]) => period.length === 4);
  const total = years.reduce((sum, [, count]) => sum + count, 0);
  return total <= ON_FRONT ? [] : years.map(([year, count]) => ({ year, count })).reverse();
}

/** Counts of days or months, and of the months and years that they make up; a period stands before its parts. */
function ofPeriods(counts: Readonly<Record<string, number>>): Map<string, number> {
  const all = new Map<string, number>();
  for (const [period, count] of Object.entries(counts)) {
    for (const length of [4, 7, 10].filter((each) => each <= period.length)) {
      const part = period.slice(0, length);
      all.set(part, (all.get(part) ?? 0) + count);
    }
  }
  return all;
}
