import { authorListing, feedListing } from './listings.ts';
import type { EntrySummary } from './records.ts';

/** The entries that an entry's page links to. All but the next one are older, so new entries do not change the page. */
export interface RelatedEntries<E> {
  /** The next entry of the same feed. */
  later: E | null;
  /** The previous entry of the same feed. */
  earlier: E | null;
  /** Earlier entries of the same author, newest first. */
  byAuthor: E[];
  /** Other entries of the same day, newest first: the next one, and those before it. */
  sameDay: E[];
}

/** A link to an entry: all fields that the page of another entry may show. */
export interface EntryLink {
  path: string;
  /** `2026-01-23` */
  day: string;
  title: string;
  authors: readonly { name: string }[];
}

/** The most entries by the same author, and of the same day. */
const MOST_RELATED = 3;

/** Lists of entries, each newest first; `listings` are those of feeds and authors. */
export interface EntryLists {
  listings: ReadonlyMap<string, readonly EntrySummary[]>;
  days: ReadonlyMap<string, readonly EntrySummary[]>;
}

/** Returns a function that finds the leads of an entry, each entry once. It caches the places of entries in their lists. */
export function relatedFinder({ listings, days }: EntryLists): (entry: EntrySummary) => RelatedEntries<EntrySummary> {
  const places = new Map<readonly EntrySummary[], ReadonlyMap<EntrySummary, number>>();
  const placeIn = (list: readonly EntrySummary[], entry: EntrySummary): number => {
    const known = places.get(list) ?? new Map(list.map((each, place) => [each, place]));
    places.set(list, known);
    // An entry that is not in the list has no neighbours.
    return known.get(entry) ?? Number.POSITIVE_INFINITY;
  };
  return (entry) => {
    const ofFeed = listings.get(feedListing({ id: entry.feed })) ?? [];
    const inFeed = placeIn(ofFeed, entry);
    const [later = null, earlier = null] = [ofFeed[inFeed - 1], ofFeed[inFeed + 1]];
    const named = new Set([entry, later, earlier]);
    const unnamed = (list: readonly EntrySummary[], from: number): EntrySummary[] => {
      // Short, because a listing may be long: no more than `named.size` of these entries are named already.
      const near = list.slice(from, from + named.size + MOST_RELATED);
      const found = near.filter((each) => !named.has(each)).slice(0, MOST_RELATED);
      for (const each of found) named.add(each);
      return found;
    };
    const [slug] = entry.credit.authors;
    const ofAuthor = slug === undefined ? [] : (listings.get(authorListing({ slug })) ?? []);
    const byAuthor = unnamed(ofAuthor, placeIn(ofAuthor, entry) + 1);
    const ofDay = days.get(entry.day) ?? [];
    return { later, earlier, byAuthor, sameDay: unnamed(ofDay, Math.max(0, placeIn(ofDay, entry) - 1)) };
  };
}

export function mapRelated<E, F>(
  { later, earlier, byAuthor, sameDay }: RelatedEntries<E>,
  change: (entry: E) => F,
): RelatedEntries<F> {
  return {
    later: later && change(later),
    earlier: earlier && change(earlier),
    byAuthor: byAuthor.map(change),
    sameDay: sameDay.map(change),
  };
}
