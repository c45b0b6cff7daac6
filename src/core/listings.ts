import type { EntryMetadata } from './entry.ts';
import type { AuthorRecord, EntrySummary } from './records.ts';
import { compareText } from './text.ts';

/** The key of a listing, which holds all entries of an author or a feed: `author:ada`, `feed:planet-python`. */
export type Listing = `author:${string}` | `feed:${string}`;

/** The number of entries on the first page of a listing. A longer listing also has a page for each year. */
export const ON_FIRST_PAGE = 100;
export const authorListing = ({ slug }: Pick<AuthorRecord, 'slug'>): Listing => `author:${slug}`;
export const feedListing = ({ id }: { id: string }): Listing => `feed:${id}`;

/** In the order of `entries`. A feed without entries has an empty listing; a former slug has that of its author. */
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

export function inPeriods<T>(
  entries: readonly T[],
  dateOf: (entry: T) => string,
  length: 4 | 7 | 10,
): Map<string, T[]> {
  return Map.groupBy(entries, (entry) => dateOf(entry).slice(0, length));
}

/** The number of entries in each month, oldest first. */
export function monthCounts(entries: readonly Pick<EntrySummary, 'day'>[]): Map<string, number> {
  return new Map([...periodCounts(entries)].filter(([period]) => period.length === 7));
}

/** The number of entries in each year, month and day, oldest first; a year comes before its months, a month before its days. */
export function periodCounts(entries: readonly Pick<EntrySummary, 'day'>[]): Map<string, number> {
  const counts = new Map<string, number>();
  const days = [...inPeriods(entries, ({ day }) => day, 10)].sort(([a], [b]) => compareText(a, b));
  for (const [day, { length: count }] of days) {
    for (const period of [day.slice(0, 4), day.slice(0, 7), day]) counts.set(period, (counts.get(period) ?? 0) + count);
  }
  return counts;
}

/** A day of the river: its feeds with their entries, the feed with the newest entry first. */
export interface Day<E> {
  /** `2026-01-23` */
  date: string;
  feeds: { feed: string; entries: E[] }[];
}

type Dated = Pick<EntryMetadata, 'feed' | 'id' | 'published'>;

/** Compares for the order newest first. Feed id and entry id break ties, so that the order never changes. */
export function newestFirst(a: Dated, b: Dated): number {
  return compareText(b.published, a.published) || compareText(a.feed, b.feed) || compareText(a.id, b.id);
}

/** The first `entriesPerFeed` of each feed, then the first `entries` of those; newest first. */
export function riverEntries<E extends Dated>(
  list: readonly E[],
  limits: { entriesPerFeed: number; entries: number },
): E[] {
  const taken = new Map<string, number>();
  return list
    .filter(({ feed }) => {
      const count = (taken.get(feed) ?? 0) + 1;
      taken.set(feed, count);
      return count <= limits.entriesPerFeed;
    })
    .slice(0, limits.entries)
    .sort(newestFirst);
}

/** The newest day first: after a change of the time zone that is not always the day of the newest entry. */
export function groupByDay<E extends { entry: { feed: string; day: string } }>(entries: readonly E[]): Day<E>[] {
  const days = [...Map.groupBy(entries, ({ entry }) => entry.day)].sort(([a], [b]) => compareText(b, a));
  return days.map(([date, ofDay]) => ({
    date,
    // Maps keep the order of first insertion.
    feeds: [...Map.groupBy(ofDay, ({ entry }) => entry.feed)].map(([feed, list]) => ({ feed, entries: list })),
  }));
}
