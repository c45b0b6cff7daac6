import type { BuildTime } from '../core/build-time.ts';
import { nearestLanguage } from '../core/language.ts';
import { firstEntries, type Listing, newsTime, riverEntries } from '../core/listings.ts';
import { memoized } from '../core/memoized.ts';
import type { EntrySummary } from '../core/records.ts';
import { compareText } from '../core/text.ts';
import type { Site } from './read-site.ts';

/** The entries that a page asks for; the answer is newest first, by date if nothing else is said. */
export type EntryFilter =
  /** `2026-01` or `2026-01-23`: entries with this `day`. */
  | { period: string }
  /** `2026-01`, in UTC as in the archive. */
  | { monthInUtc: string }
  /** The entries of an author or a feed: all of them, the newest, or those of a year. */
  | { listing: Listing; newest?: number; year?: string }
  /** The planet's newest entries by the time from which they are news, of all languages or one. */
  | { newest: number; language?: string }
  /** The entries of the front page, or of the river of a language. */
  | { river: true; language?: string };

/** The entries of a site by day and by period, and those that a filter selects. */
export function entryLists({ planet, entries, news, ...site }: Site, time: BuildTime) {
  const listings: ReadonlyMap<string, readonly EntrySummary[]> = site.listings;
  const ofListing = (listing: string) => listings.get(listing) ?? [];
  const days = Map.groupBy(entries, ({ day }) => day);
  const months = Map.groupBy(entries, ({ day }) => day.slice(0, 7));
  const utcMonths = Map.groupBy(entries, ({ published }) => published.slice(0, 7));
  const languageOfTag = memoized((tag: string | null) => nearestLanguage(tag, planet.languages));
  // Once for each entry: sorting 50,000 entries took four times as long.
  const timeOf = memoized(newsTime(news, time));
  const latest = memoized((wanted: string | undefined) => {
    const list = wanted === undefined ? entries : entries.filter(({ language }) => languageOfTag(language) === wanted);
    return list.toSorted((a, b) => compareText(timeOf(b), timeOf(a)));
  });
  const yearsIn = memoized((listing: string) => Map.groupBy(ofListing(listing), ({ day }) => day.slice(0, 4)));
  const select = (filter: EntryFilter): readonly EntrySummary[] => {
    if ('period' in filter) return (filter.period.length === 10 ? days : months).get(filter.period) ?? [];
    if ('monthInUtc' in filter) return utcMonths.get(filter.monthInUtc) ?? [];
    if ('river' in filter) return riverEntries(latest(filter.language), planet.river);
    if (!('listing' in filter)) return firstEntries(latest(filter.language), filter.newest, timeOf);
    const { listing, year, newest } = filter;
    const some = year === undefined ? ofListing(listing) : (yearsIn(listing).get(year) ?? []);
    return newest === undefined ? some : some.slice(0, newest);
  };
  return { days, monthsInUtc: [...utcMonths.keys()].sort(), ofListing, yearsIn, select };
}
