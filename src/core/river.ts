import type { EntryMetadata } from './entry.ts';
import { compareText } from './periods.ts';

/** A day of the river: its feeds with their entries, the feed with the newest entry first. */
export interface Day<E> {
  /** `2026-01-23`, in the planet's time zone. */
  date: string;
  feeds: { feed: string; entries: E[] }[];
}

type Dated = Pick<EntryMetadata, 'feed' | 'id' | 'published'>;

/** Compares for the order newest first. Feed id and entry id break ties, so that the order never changes. */
export function newestFirst(a: Dated, b: Dated): number {
  return compareText(b.published, a.published) || compareText(a.feed, b.feed) || compareText(a.id, b.id);
}

/** The newest `entriesPerFeed` of each feed, then the newest `entries` of those; newest first. */
export function riverEntries<E extends Dated>(
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

/** Groups entries by day, and within a day by feed, in their order. */
export function byDay<E extends { entry: { feed: string; day: string } }>(entries: readonly E[]): Day<E>[] {
  // Maps keep the order of first insertion.
  return [...Map.groupBy(entries, ({ entry }) => entry.day)].map(([date, ofDay]) => ({
    date,
    feeds: [...Map.groupBy(ofDay, ({ entry }) => entry.feed)].map(([feed, list]) => ({ feed, entries: list })),
  }));
}
