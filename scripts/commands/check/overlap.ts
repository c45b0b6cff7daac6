import { placeKey } from '../../../src/lib/same-entry.ts';
import { type Judging, sameStory } from '../../../src/lib/same-story.ts';
import type { Entry, SameBy } from '../../../src/model/entry.ts';
import { type Candidates, type Route, storyOf } from '../../snapshot/candidates.ts';

/** The entries that all feeds brought, and how it is told which of them are one story. */
export interface Brought {
  candidates: Candidates<Entry | Route>;
  judging: Judging;
}

/** Another feed that the planet follows, and how many of a feed's entries it brings too. */
export interface Overlap {
  feed: string;
  entries: number;
  /** By which rules they are the same, each once. */
  by: SameBy[];
  /** How many more share a link or an id, and are other entries: comments, most often. */
  others: number;
  /** Whether both are one feed at two addresses. */
  sameFeed: boolean;
}

/** A feed as far as it tells whether two are one. */
export interface Known {
  id: string;
  /** Every address under which it is known. */
  addresses: readonly string[];
  /** As it says itself; null where nobody has asked it yet. */
  title: string | null;
  home: string | null;
}

/** What the other feeds have of what this one says. `others` may hold the feed itself. */
export function overlapsOf(
  one: Known,
  said: readonly Entry[],
  others: readonly Known[],
  { candidates, judging }: Brought,
): Overlap[] {
  const shared = said.map((entry) => {
    const byFeed = new Map<string, SameBy | null>();
    for (const { other, isCrowded } of candidates.of(entry)) {
      const by = byFeed.get(other.feed) ?? sameStory(storyOf(entry), storyOf(other), isCrowded, judging);
      byFeed.set(other.feed, by);
    }
    return byFeed;
  });
  return others.flatMap((other) => {
    if (other.id === one.id) return [];
    const found = shared.flatMap((byFeed) => byFeed.get(other.id) ?? (byFeed.has(other.id) ? [null] : []));
    const by = found.filter((rule) => rule !== null);
    const sameFeed = isSame(one, other) || (isTwin(one, other) && found.length > 0 && found.length * 2 >= said.length);
    const counts = { entries: by.length, by: [...new Set(by)], others: found.length - by.length };
    return sameFeed || found.length > 0 ? [{ feed: other.id, ...counts, sameFeed }] : [];
  });
}

function isSame(one: Known, other: Known): boolean {
  const mine = new Set(one.addresses.map(placeKey));
  return other.addresses.some((address) => mine.has(placeKey(address)));
}

/** One feed at two addresses that have nothing in common, as by FeedBurner: it says the same of itself. */
function isTwin(one: Known, other: Known): boolean {
  return one.title !== null && one.title === other.title && one.home !== null && one.home === other.home;
}
