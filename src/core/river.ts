import type { EntryMetadata } from './entry.ts';
import { compareText } from './periods.ts';

/** One day of the river: the feeds that have an entry in it, the one with the newest entry first. */
export interface Day<E> {
  /** `2026-01-23`, in the planet's time zone. */
  date: string;
  feeds: { feed: string; entries: E[] }[];
}

type Placed = Pick<EntryMetadata, 'feed' | 'id' | 'published'>;

/** Newest first; a tie is broken by feed id and entry id, so that it never flickers. */
export function newestFirst(a: Placed, b: Placed): number {
  return compareText(b.published, a.published) || compareText(a.feed, b.feed) || compareText(a.id, b.id);
}

/** The newest `entriesPerFeed` of each feed, and of those the newest `entries`. Newest first. */
export function riverEntries<E extends Placed>(
  all: readonly E[],
  limits: { entriesPerFeed: number; entries: number },
): E[] {
  const taken = new Map<string, number>();
  return [...all]
    .sort(newestFirst)
    .filter(({ feed }) => {
      const count = (taken.get(feed) ?? 0) + 1;
      taken.set(feed, count);
      return count <= limits.entriesPerFeed;
    })
    .slice(0, limits.entries);
}

/** Entries under their days, in a day under their feeds, each in the order they come in: newest first. */
export function byDay<E extends { entry: { feed: string; day: string } }>(entries: readonly E[]): Day<E>[] {
  // Maps keep the order of first insertion.
  return [...Map.groupBy(entries, ({ entry }) => entry.day)].map(([date, ofDay]) => ({
    date,
    feeds: [...Map.groupBy(ofDay, ({ entry }) => entry.feed)].map(([feed, list]) => ({ feed, entries: list })),
  }));
}
