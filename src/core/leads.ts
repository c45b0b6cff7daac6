import { authorListing, feedListing } from './listings.ts';
import type { EntrySummary } from './records.ts';

/** Where an entry's page leads on to. None of it depends on anything that comes after the next entry: the past stays as it was rendered. */
export interface Leads<E> {
  /** The next one of the same feed. */
  later: E | null;
  /** The one before it in the same feed. */
  earlier: E | null;
  /** By the same author from before it, newest first. */
  byAuthor: E[];
  /** Others of its day, newest first: the next one, and those before it. */
  sameDay: E[];
}

/** An entry as another entry's page names it: all that such a page may say of it. */
export interface EntryLink {
  path: string;
  /** `2026-01-23` */
  day: string;
  title: string;
  authors: readonly { name: string }[];
}

/** So many by the same author, and so many of the same day. */
const MOST = 3;

/** Lists of entries, each newest first. */
export interface Lists {
  /** By feed and author. */
  listings: ReadonlyMap<string, readonly EntrySummary[]>;
  days: ReadonlyMap<string, readonly EntrySummary[]>;
}

/** Answers where each entry leads on to, and names no entry twice. It remembers where in its lists an entry stands. */
export function leadFinder({ listings, days }: Lists): (entry: EntrySummary) => Leads<EntrySummary> {
  const places = new Map<readonly EntrySummary[], ReadonlyMap<EntrySummary, number>>();
  const placeIn = (list: readonly EntrySummary[], entry: EntrySummary): number => {
    const known = places.get(list) ?? new Map(list.map((each, place) => [each, place]));
    places.set(list, known);
    // Nowhere, and beside nothing, where it is not in the list.
    return known.get(entry) ?? Number.NaN;
  };
  return (entry) => {
    const ofFeed = listings.get(feedListing({ id: entry.feed })) ?? [];
    const inFeed = placeIn(ofFeed, entry);
    const [later = null, earlier = null] = [ofFeed[inFeed - 1], ofFeed[inFeed + 1]];
    const named = new Set([later, earlier]);
    const unnamed = (list: readonly EntrySummary[], from: number, most: number): EntrySummary[] => {
      const found: EntrySummary[] = [];
      for (let place = from; place < list.length && found.length < most; place++) {
        const each = list[place];
        if (each !== undefined && each !== entry && !named.has(each)) found.push(each);
      }
      for (const each of found) named.add(each);
      return found;
    };
    const [slug] = entry.credit.authors;
    const ofAuthor = slug === undefined ? [] : (listings.get(authorListing({ slug })) ?? []);
    const byAuthor = unnamed(ofAuthor, placeIn(ofAuthor, entry) + 1, MOST);
    const ofDay = days.get(entry.day) ?? [];
    return { later, earlier, byAuthor, sameDay: unnamed(ofDay, Math.max(0, placeIn(ofDay, entry) - 1), MOST) };
  };
}

/**
 * A text that is another as soon as a page of these entries leads elsewhere, or says anything else of where it leads. Most entries
 * are named by several pages of their month: what is said of them stands in it once.
 * @param said what a page says of an entry that it leads to
 */
export function leadsText<E>(
  entries: readonly E[],
  leadsOf: (entry: E) => Leads<E>,
  textOf: (entry: E) => string,
): string {
  const numbers = new Map<E, number>();
  const numberOf = (entry: E | null): number | null => {
    if (entry === null) return null;
    const number = numbers.get(entry) ?? numbers.size;
    if (number === numbers.size) numbers.set(entry, number);
    return number;
  };
  const lines = entries.map((entry) => {
    const { later, earlier, byAuthor, sameDay } = leadsOf(entry);
    return [entry, later, earlier, null, ...byAuthor, null, ...sameDay].map(numberOf).join();
  });
  return `${lines.join(';')}\n${[...numbers.keys()].map(textOf).join('\n')}`;
}

export function mapLeads<E, F>({ later, earlier, byAuthor, sameDay }: Leads<E>, change: (entry: E) => F): Leads<F> {
  return {
    later: later && change(later),
    earlier: earlier && change(earlier),
    byAuthor: byAuthor.map(change),
    sameDay: sameDay.map(change),
  };
}
