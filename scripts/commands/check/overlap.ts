import { identityKeys, placeKey } from '../../../src/lib/same-entry.ts';

/** Which feeds brought an entry, by each key that it can be known by. */
export type Brought = ReadonlyMap<string, ReadonlySet<string>>;

/** Another feed that the planet follows, and how many of a feed's entries it brings too. */
export interface Overlap {
  feed: string;
  entries: number;
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

interface Sent {
  id: string;
  url: string | null;
}

export function broughtBy(entries: Iterable<Sent & { feed: string }>): Brought {
  const brought = new Map<string, Set<string>>();
  for (const entry of entries) {
    for (const key of identityKeys(entry)) {
      brought.set(key, (brought.get(key) ?? new Set()).add(entry.feed));
    }
  }
  return brought;
}

/** What the other feeds have of what this one says. `others` may hold the feed itself. */
export function overlapsOf(one: Known, said: readonly Sent[], others: readonly Known[], brought: Brought): Overlap[] {
  return others.flatMap((other) => {
    if (other.id === one.id) return [];
    const shared = said.filter((entry) => identityKeys(entry).some((key) => brought.get(key)?.has(other.id)));
    const sameFeed =
      isSame(one, other) || (isTwin(one, other) && shared.length > 0 && shared.length * 2 >= said.length);
    return sameFeed || shared.length > 0 ? [{ feed: other.id, entries: shared.length, sameFeed }] : [];
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
