import type { EntryHead } from '../model/entry.ts';
import { compare } from './compare.ts';
import { dayOf } from './dates.ts';

/** One day of the river: the feeds that have an entry in it, the one with the newest entry first. */
export interface Day<E> {
  /** `2026-01-23`, in the planet's time zone. */
  date: string;
  feeds: { feed: string; entries: E[] }[];
}

type Placed = Pick<EntryHead, 'feed' | 'id' | 'published'>;

/** Newest first; a tie is broken by feed id and entry id, so that it never flickers. */
export function newestFirst(a: Placed, b: Placed): number {
  return compare(b.published, a.published) || compare(a.feed, b.feed) || compare(a.id, b.id);
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

/** Entries under their days, newest day first; in a day under their feeds; in a feed newest first. */
export function byDay<E extends Placed>(entries: readonly E[], timezone: string): Day<E>[] {
  const days = new Map<string, Map<string, E[]>>();
  for (const entry of [...entries].sort(newestFirst)) {
    const feeds = groupIn(days, dayOf(entry.published, timezone), () => new Map<string, E[]>());
    groupIn(feeds, entry.feed, () => []).push(entry);
  }
  // Maps keep the order of first insertion, which is newest first, for days and for feeds in a day.
  return [...days].map(([date, feeds]) => ({
    date,
    feeds: [...feeds].map(([feed, list]) => ({ feed, entries: list })),
  }));
}

function groupIn<K, V>(groups: Map<K, V>, key: K, create: () => V): V {
  const known = groups.get(key);
  if (known !== undefined) return known;
  const created = create();
  groups.set(key, created);
  return created;
}
