import type { AuthorRecord, EntryGist, FeedRecord } from '../model/site.ts';

/**
 * The site is made in parts, each of some entries, so that a build need only make those whose entries or settings changed:
 *
 * | part | its files |
 * |---|---|
 * | `month:2026-01` | the pages of a month, of its days and of its entries, in the planet's time zone |
 * | `author:ada`, `feed:planet-python` | the front of a shelf: its page, which lists the newest, and its feeds |
 * | `author:ada:2019` | a year of a shelf that holds more than its front lists |
 * | `calendar:2026` | the page of a year, in the planet's time zone: it only counts |
 * | `atom:2026-01` | a month, in UTC, of the planet's history in Atom |
 * | `author:countess` | of a slug that an author had before: a page that leads to the new one, and the feeds |
 * | `site` | all else: the river, indexes, the planet's feeds; made in every build |
 */
export type PartName = string;

/** All entries of an author or a feed. */
export type Shelf = `author:${string}` | `feed:${string}`;

export const SITE: PartName = 'site';

/** How many entries the front of a shelf lists; where it holds more, each of its years has a page of its own. */
export const ON_FRONT = 100;

export const monthPart = (day: string): PartName => `month:${day.slice(0, 7)}`;
export const calendarPart = (day: string): PartName => `calendar:${day.slice(0, 4)}`;
export const atomPart = (published: string): PartName => `atom:${published.slice(0, 7)}`;
export const yearPart = (shelf: Shelf, year: string): PartName => `${shelf}:${year}`;

/** Whether a part is a year of a shelf: the name of the shelf, a colon and four digits. */
export const isYearPart = (part: PartName): boolean => /^(?:author|feed):.*:\d{4}$/.test(part);

/** The shelf that a part is the front or a year of; any other part is left as it is. */
export const shelfOfPart = (part: PartName): PartName => (isYearPart(part) ? part.slice(0, -5) : part);

/** The part that a file belongs to, by its path from the output folder. */
export function partOfFile(path: string): PartName {
  const [first = '', second = '', third = '', fourth] = path.split('/');
  if (/^\d{4}$/.test(first) && /^\d\d$/.test(second)) return monthPart(`${first}-${second}`);
  if (/^\d{4}$/.test(first) && second === 'index.html') return calendarPart(first);
  if (first === 'atom') return atomPart(second);
  if ((first === 'authors' || first === 'feeds') && third !== '') {
    const shelf: Shelf = first === 'authors' ? `author:${second}` : `feed:${second}`;
    return fourth !== undefined && /^\d{4}$/.test(third) ? yearPart(shelf, third) : shelf;
  }
  return SITE;
}

/** The shelves that an entry stands on. */
export function shelvesOf({ feed, via, credit }: Pick<EntryGist, 'feed' | 'via' | 'credit'>): Shelf[] {
  return [...[feed, ...via].map((id): Shelf => `feed:${id}`), ...credit.authors.map((slug): Shelf => `author:${slug}`)];
}

/** Every shelf and what stands on it, in the order of `entries`; a feed that brought nothing has an empty one. */
export function fillShelves(entries: readonly EntryGist[], feeds: readonly FeedRecord[]): Map<Shelf, EntryGist[]> {
  const byFeed = new Map<string, EntryGist[]>(feeds.map(({ id }) => [id, []]));
  const byAuthor = new Map<string, EntryGist[]>();
  for (const entry of entries) {
    push(byFeed, entry.feed, entry);
    for (const id of entry.via) push(byFeed, id, entry);
    for (const slug of entry.credit.authors) push(byAuthor, slug, entry);
  }
  return new Map<Shelf, EntryGist[]>([
    ...[...byFeed].map(([id, list]) => [`feed:${id}`, list] as const),
    ...[...byAuthor].map(([slug, list]) => [`author:${slug}`, list] as const),
  ]);
}

/** What each part but `site` is made of. `entries` come newest first, and so does every list. */
export function partsOf(
  entries: readonly EntryGist[],
  shelves: ReadonlyMap<Shelf, readonly EntryGist[]>,
): Map<PartName, readonly EntryGist[]> {
  const parts = new Map<PartName, readonly EntryGist[]>();
  for (const [month, list] of inPeriods(entries, ({ day }) => day, MONTH)) {
    parts.set(monthPart(month), list);
    parts.set(calendarPart(month), []);
  }
  for (const [month, list] of inPeriods(entries, ({ published }) => published, MONTH)) parts.set(atomPart(month), list);
  for (const [shelf, list] of shelves) {
    parts.set(shelf, list.slice(0, ON_FRONT));
    if (list.length <= ON_FRONT) continue;
    for (const [year, some] of inPeriods(list, ({ day }) => day, YEAR)) parts.set(yearPart(shelf, year), some);
  }
  return parts;
}

/** A whole site in its parts. */
export interface Cut {
  shelves: ReadonlyMap<Shelf, readonly EntryGist[]>;
  parts: ReadonlyMap<PartName, readonly EntryGist[]>;
}

export function cutIntoParts({
  entries,
  feeds,
  authors,
}: {
  entries: readonly EntryGist[];
  feeds: readonly FeedRecord[];
  authors: readonly AuthorRecord[];
}): Cut {
  const shelves = fillShelves(entries, feeds);
  for (const author of authors) {
    const list = shelves.get(authorShelf(author)) ?? [];
    for (const slug of author.formerly) shelves.set(authorShelf({ slug }), list);
  }
  return { shelves, parts: partsOf(entries, shelves) };
}

/** How much of a date names its year, month or day. */
const [YEAR, MONTH, DAY] = [4, 7, 10];

/** How many entries each month holds, oldest first. */
export function byMonth(newestFirst: readonly Pick<EntryGist, 'day'>[]): Record<string, number> {
  return tally(newestFirst, MONTH);
}

/** How many entries each day holds, oldest first. */
export function byDay(newestFirst: readonly Pick<EntryGist, 'day'>[]): Record<string, number> {
  return tally(newestFirst, DAY);
}

function tally(newestFirst: readonly Pick<EntryGist, 'day'>[], length: number): Record<string, number> {
  const periods = [...inPeriods(newestFirst, ({ day }) => day, length)].reverse();
  return Object.fromEntries(periods.map(([period, list]) => [period, list.length]));
}

/** Entries by the beginnings of their dates. Most are of the same as the one before. */
function inPeriods<T>(entries: readonly T[], dateOf: (entry: T) => string, length: number): Map<string, T[]> {
  const periods = new Map<string, T[]>();
  let period = '-';
  let list: T[] = [];
  for (const entry of entries) {
    const date = dateOf(entry);
    if (!date.startsWith(period)) {
      period = date.slice(0, length);
      list = periods.get(period) ?? [];
      if (list.length === 0) periods.set(period, list);
    }
    list.push(entry);
  }
  return periods;
}

function push<K>(lists: Map<K, EntryGist[]>, key: K, entry: EntryGist): void {
  const list = lists.get(key);
  if (list) list.push(entry);
  else lists.set(key, [entry]);
}

/** The shelf of an author or a feed. */
export const authorShelf = ({ slug }: Pick<AuthorRecord, 'slug'>): Shelf => `author:${slug}`;
export const feedShelf = ({ id }: Pick<FeedRecord, 'id'>): Shelf => `feed:${id}`;
