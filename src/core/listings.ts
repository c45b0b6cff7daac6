import type { BuildTime } from './build-time.ts';
import { instant } from './dates.ts';
import type { EntryMetadata } from './entry.ts';
import { memoized } from './memoized.ts';
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
  const first = firstOfEach(list, limits.entriesPerFeed);
  return list
    .filter((entry) => first.has(entry))
    .slice(0, limits.entries)
    .sort(newestFirst);
}

/** The first entries of each feed. */
function firstOfEach<E extends Pick<EntryMetadata, 'feed'>>(list: readonly E[], most: number): Set<E> {
  return new Set([...Map.groupBy(list, ({ feed }) => feed).values()].flatMap((ofFeed) => ofFeed.slice(0, most)));
}

/** A new entry is news if it is among so many newest ones of its feed. */
const PRESENT = 10;

/** The most recent entries of one feed in the planet's feeds while there are recent ones of others. */
const MOST_OF_FEED = 10;

/** Milliseconds. Entries of others before that take no place from a busy feed: subscribers have seen them. */
const LATELY = 3 * 24 * 3_600_000;

type Arriving = Pick<EntryMetadata, 'feed' | 'path' | 'published' | 'firstSeen'>;

/**
 * The paths of the entries that were news at first sight, whatever their date: their feed had entries, and they are newer
 * than the tenth newest of these. What a feed has at its first reading, or adds at its old end, is no news.
 */
export function newsPaths(all: readonly Arriving[]): Set<string> {
  const news = new Set<string>();
  for (const ofFeed of Map.groupBy(all, ({ feed }) => feed).values()) {
    /** The dates of its newest entries, newest last. */
    const dates: string[] = [];
    let run: string | undefined;
    let oldest: string | undefined;
    for (const { path, published, firstSeen } of ofFeed.sort((a, b) => compareText(a.firstSeen, b.firstSeen))) {
      if (firstSeen !== run) [run, oldest] = [firstSeen, dates[0]];
      if (oldest !== undefined && published > oldest) news.add(path);
      dates.splice(dates.findLastIndex((date) => date <= published) + 1, 0, published);
      if (dates.length > PRESENT) dates.shift();
    }
  }
  return news;
}

/** The time from which an entry is news: its first sight if it was `news` then, else its date. */
export function newsTime(news: ReadonlySet<string>, { hasCome }: BuildTime): (entry: Arriving) => string {
  // A first sight later than now is of a snapshot with a wrong clock.
  return ({ path, firstSeen, published }) => (news.has(path) && hasCome(Date.parse(firstSeen)) ? firstSeen : published);
}

/** The first of a list that is sorted by `timeOf`. Of its last three days, the eleventh and later entries of a feed come after all others. */
export function firstEntries<E extends Arriving>(list: readonly E[], most: number, timeOf: (entry: E) => string): E[] {
  const start = instant(new Date(Date.parse(list[0] ? timeOf(list[0]) : '1970') - LATELY));
  const end = list.findIndex((entry) => timeOf(entry) <= start);
  const [recent, older] = end < 0 ? [list, []] : [list.slice(0, end), list.slice(end, end + most)];
  const first = firstOfEach(recent, MOST_OF_FEED);
  const rest = recent.filter((entry) => !first.has(entry));
  return [...recent.filter((entry) => first.has(entry)), ...rest, ...older].slice(0, most);
}

/** The newest day first: after a change of the time zone that is not always the day of the newest entry. In it, the feed with the newest entry first. */
export function groupByDay<E extends { entry: { feed: string; day: string } }>(entries: readonly E[]) {
  const days = [...Map.groupBy(entries, ({ entry }) => entry.day)].sort(([a], [b]) => compareText(b, a));
  return days.map(([date, ofDay]) => ({
    date,
    // Maps keep the order of first insertion.
    runs: [...Map.groupBy(ofDay, ({ entry }) => entry.feed).values()],
  }));
}

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
  language: string | null;
  authors: readonly { name: string }[];
}

/** The most entries by the same author, and of the same day. */
const MOST_RELATED = 3;

/** Lists of entries, each newest first. */
type EntryLists = ReadonlyMap<string, readonly EntrySummary[]>;

/** Returns a function that finds the related entries of an entry, each once; without those of its day if `isWhole` is false. */
export function relatedFinder(listings: EntryLists, days: EntryLists) {
  const indexesIn = memoized((list: readonly EntrySummary[]) => new Map(list.map((each, index) => [each, index])));
  // An entry that is not in the list has no neighbours.
  const indexIn = (list: readonly EntrySummary[], entry: EntrySummary) =>
    indexesIn(list).get(entry) ?? Number.POSITIVE_INFINITY;
  // The build compares the related entries of every entry, without those of its day: a getter for these took as long as all the rest.
  return (entry: EntrySummary, isWhole = true): RelatedEntries<EntrySummary> => {
    const ofFeed = listings.get(feedListing({ id: entry.feed })) ?? [];
    const inFeed = indexIn(ofFeed, entry);
    const [later = null, earlier = null] = [ofFeed[inFeed - 1], ofFeed[inFeed + 1]];
    const named = [entry, later, earlier];
    const unnamed = (list: readonly EntrySummary[], from: number): EntrySummary[] => {
      // Short, because a listing may be long: no more than `named.length` of these entries are named already.
      const near = list.slice(from, from + named.length + MOST_RELATED);
      return near.filter((each) => !named.includes(each)).slice(0, MOST_RELATED);
    };
    const [slug] = entry.credit.authors;
    const ofAuthor = slug === undefined ? [] : (listings.get(authorListing({ slug })) ?? []);
    const byAuthor = unnamed(ofAuthor, indexIn(ofAuthor, entry) + 1);
    named.push(...byAuthor);
    const ofDay = days.get(entry.day) ?? [];
    const sameDay = isWhole ? unnamed(ofDay, Math.max(0, indexIn(ofDay, entry) - 1)) : [];
    return { later, earlier, byAuthor, sameDay };
  };
}
