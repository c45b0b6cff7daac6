import type { AuthorRecord, EntrySummary } from './records.ts';

/** All entries of an author or a feed: `author:ada`, `feed:planet-python`. */
export type Listing = `author:${string}` | `feed:${string}`;

/** How many entries the first page of a listing shows; where it holds more, each of its years has a page of its own. */
export const ON_FIRST_PAGE = 100;

export const authorListing = ({ slug }: Pick<AuthorRecord, 'slug'>): Listing => `author:${slug}`;
export const feedListing = ({ id }: { id: string }): Listing => `feed:${id}`;

/** Every listing and its entries, in the order of `entries`; a feed that brought nothing has an empty one. A former slug of an author has theirs. */
export function fillListings(
  entries: readonly EntrySummary[],
  feeds: readonly { id: string }[],
  authors: readonly Pick<AuthorRecord, 'slug' | 'formerly'>[],
): Map<Listing, EntrySummary[]> {
  const listings = new Map<Listing, EntrySummary[]>(feeds.map((feed) => [feedListing(feed), []]));
  const push = (listing: Listing, entry: EntrySummary) => {
    const list = listings.get(listing);
    if (list) list.push(entry);
    else listings.set(listing, [entry]);
  };
  for (const entry of entries) {
    push(`feed:${entry.feed}`, entry);
    for (const id of entry.via) push(`feed:${id}`, entry);
    for (const slug of entry.credit.authors) push(`author:${slug}`, entry);
  }
  for (const author of authors) {
    const list = listings.get(authorListing(author)) ?? [];
    for (const slug of author.formerly) listings.set(authorListing({ slug }), list);
  }
  return listings;
}

/** Entries by the beginnings of their dates, in the order they come in. Most are of the same as the one before. */
export function inPeriods<T>(
  entries: readonly T[],
  dateOf: (entry: T) => string,
  length: 4 | 7 | 10,
): Map<string, T[]> {
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

/** How many entries each month holds, oldest first. */
export function byMonth(newestFirst: readonly Pick<EntrySummary, 'day'>[]): Map<string, number> {
  return tally(newestFirst, 7);
}

/** How many entries each year, month and day holds, oldest first; a period stands before those in it. */
export function periodCounts(newestFirst: readonly Pick<EntrySummary, 'day'>[]): Map<string, number> {
  return ofPeriods(tally(newestFirst, 10));
}

function tally(newestFirst: readonly Pick<EntrySummary, 'day'>[], length: 7 | 10): Map<string, number> {
  const periods = [...inPeriods(newestFirst, ({ day }) => day, length)].reverse();
  return new Map(periods.map(([period, list]) => [period, list.length]));
}

/** Counts of days, and of the months and years that they make up. */
function ofPeriods(days: ReadonlyMap<string, number>): Map<string, number> {
  const all = new Map<string, number>();
  for (const [day, count] of days) {
    for (const length of [4, 7, 10]) {
      const period = day.slice(0, length);
      all.set(period, (all.get(period) ?? 0) + count);
    }
  }
  return all;
}
