import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bodyReader } from '../archive/bodies.ts';
import { aboutLine } from '../core/about-line.ts';
import { type EntryLink, type Leads, leadFinder, leadsText, mapLeads } from '../core/leads.ts';
import { byMonth, fillListings, inPeriods, type Listing, ON_FIRST_PAGE, periodCounts } from '../core/listings.ts';
import { avatarFile, currentPath, type PagesSince, pagesSince } from '../core/paths.ts';
import { compareText, neighbours } from '../core/periods.ts';
import type {
  AuthorIdentity,
  AuthorRecord,
  EntrySummary,
  FeedIdentity,
  FeedRecord,
  FeedSummary,
} from '../core/records.ts';
import { riverEntries } from '../core/river.ts';
import { type DisplayedEntry, displayEntry } from '../core/shown.ts';
import { wordsOf } from '../i18n/words.ts';
import type { HistoryPlace } from '../outputs/atom.ts';
import { type Chain, chainOf } from '../outputs/atom.ts';
import { NEWEST } from '../outputs/formats.ts';
import { authorRedirects, redirects } from '../outputs/redirect-pages.ts';
import { sitemapPaths } from '../outputs/sitemap.ts';
import { status } from '../outputs/status.ts';
import type { Site } from './read-site.ts';

/** What a page asked for, and a hash that is another whenever the answer is. Each is made when it is read. */
export interface Answer<T> {
  readonly hash: string;
  readonly data: T;
}

/** Which entries a page asks for, newest first. */
export type EntryFilter =
  /** `2026-01` or `2026-01-23`, in the planet's time zone. */
  | { period: string }
  /** `2026-01`, as the archive has it. */
  | { monthInUtc: string }
  /** The newest of an author or a feed, or those of a year. */
  | { listing: Listing; newest?: number; year?: string }
  /** The planet's newest. */
  | { newest: number }
  /** Those of the front page. */
  | { river: true };

/** All that pages can ask for: `one` and `many` are the live collections of `src/live.config.ts`. */
export type SiteData = ReturnType<typeof siteData>;

/** A question to a live collection: its name, and the id or the filter. */
export type Question = readonly [collection: string, asked: string | EntryFilter];

/** The hash of today's answer to a question that was asked before; `none` where there is none any more. */
export function answerHash({ one, many }: SiteData, [collection, asked]: Question): string {
  const ones: Record<string, (id: string) => Answer<unknown> | undefined> = one;
  const manys: Record<string, (filter: EntryFilter) => Answer<unknown>> = many;
  return (typeof asked === 'string' ? ones[collection]?.(asked) : manys[collection]?.(asked))?.hash ?? 'none';
}

/** Long enough to be another for anything else that an operator or a feed may say. */
const short = (text: string): string => hash('sha256', text, 'base64url').slice(0, 22);

/** An answer that is small enough to be hashed whole. */
function whole<T>(data: T): Answer<T> {
  return {
    data,
    get hash() {
      return short(JSON.stringify(data instanceof Map ? [...data] : data));
    },
  };
}

/** A function that many pages call with the same argument: it answers each once. */
function once<A, T>(answer: (asked: A) => T): (asked: A) => T {
  const known = new Map<A, T>();
  return (asked) => {
    if (!known.has(asked)) known.set(asked, answer(asked));
    return known.get(asked) as T;
  };
}

/** @param folder the operator's, absolute */
export function siteData(site: Site, folder: string, archive: string, now: Date) {
  const { planet, entries, authors, rules } = site;
  const { feeds: _feeds, authors: _authors, hide: _hide, river, ...settings } = planet;
  const since = pagesSince(planet.layout, entries[0]?.day);
  const listings: ReadonlyMap<string, readonly EntrySummary[]> = fillListings(entries, site.feeds, authors);
  const counts = periodCounts(entries);
  const days = inPeriods(entries, ({ day }) => day, 10);
  const months = inPeriods(entries, ({ day }) => day, 7);
  const utcMonths = inPeriods(entries, ({ published }) => published, 7);
  const monthsInUtc = [...utcMonths.keys()].sort();
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const feedSummaries = new Map(site.feeds.map((feed) => [feed.id, summaryOf(feed)]));
  const feedById = new Map<string, FeedIdentity>(site.feeds.map((feed) => [feed.id, feedIdentity(feed)]));
  const authorBySlug = new Map<string, AuthorIdentity>(authors.map((author) => [author.slug, authorIdentity(author)]));
  const recordBySlug = new Map(
    authors.flatMap((author) => [author.slug, ...author.formerly].map((slug) => [slug, author])),
  );
  const alike = Map.groupBy([...counts.keys()], ({ length }) => length);
  const chain: Chain = chainOf(monthsInUtc, entries[NEWEST]);
  const places = new Map<string, HistoryPlace>([
    ['planet', chain.subscription],
    ...chain.months.map(({ month, place }) => [month, place] as const),
  ]);
  const avatars = new Map(authors.map((author) => [avatarFile(author), author.avatar]));

  const words = wordsOf(planet.language, site.messages);
  const bodyOf = bodyReader(archive, site.messages['entry.withheld']);
  const hashOf = entryHashes(since, feedById, authorBySlug);
  const recent = new Map<EntrySummary, DisplayedEntry>();
  const shownOf = (gist: EntrySummary): DisplayedEntry => {
    const known = recent.get(gist);
    if (known !== undefined) return known;
    const shown = displayEntry(
      site.recordOf(gist),
      { feedById, authorBySlug, untitled: site.messages['entry.untitled'] },
      bodyOf,
    );
    // The pages of a folder ask for the same entries one after the other; memory is not to grow with the archive.
    if (recent.size === RECENT) recent.clear();
    recent.set(gist, shown);
    return shown;
  };
  const select = (filter: EntryFilter): readonly EntrySummary[] => {
    if ('period' in filter) return (filter.period.length === 10 ? days : months).get(filter.period) ?? [];
    if ('monthInUtc' in filter) return utcMonths.get(filter.monthInUtc) ?? [];
    if ('river' in filter) return riverEntries(entries, river);
    const all = 'listing' in filter ? (listings.get(filter.listing) ?? []) : entries;
    const some = 'year' in filter ? all.filter(({ day }) => day.startsWith(filter.year ?? '')) : all;
    return filter.newest === undefined ? some : some.slice(0, filter.newest);
  };
  const yearsOf = (listing: string): { year: string; count: number }[] | undefined => {
    const all = listings.get(listing);
    if (all === undefined) return undefined;
    if (all.length <= ON_FIRST_PAGE) return [];
    return [...inPeriods(all, ({ day }) => day, 4)].map(([year, list]) => ({ year, count: list.length }));
  };
  const settingsAnswer = whole({ planet: settings, since });
  const sortedAuthors = authors.toSorted(
    (a, b) => a.name.localeCompare(b.name, planet.language) || compareText(a.slug, b.slug),
  );
  const authorsAnswer = whole(sortedAuthors);
  const feedsAnswer = whole([...feedSummaries.values()]);
  const statusAnswer = whole(status(planet, site.feeds, rules, now));
  const lastChange = whole(entries.reduce((last, { firstSeen }) => (firstSeen > last ? firstSeen : last), ''));
  const entry = (gist: EntrySummary): Answer<DisplayedEntry> => ({
    get hash() {
      return hashOf(gist);
    },
    get data() {
      return shownOf(gist);
    },
  });
  const leadsFrom = leadFinder({ listings, days });
  const linkTo = (gist: EntrySummary): EntryLink => {
    const { entry, title, authors } = shownOf(gist);
    return { path: entry.path, day: entry.day, title, authors: authors.map(({ name }) => ({ name })) };
  };
  /** Of the same fields, without a look into the archive: an entry without a title goes by its text. */
  const linkKey = (gist: EntrySummary): string => {
    const { path, day, credit, position, own } = gist;
    const place = since === '' ? path : currentPath(`/${path}/`, since);
    const names = credit.authors.map((slug) => authorBySlug.get(slug)?.name);
    return JSON.stringify([place, day, names, credit.title || [position.hash, own?.hash]]);
  };
  const leadsOfMonth = (
    list: readonly EntrySummary[],
  ): Answer<{ of: (path: string) => Leads<EntryLink> | undefined }> => ({
    get hash() {
      return short(leadsText(list, leadsFrom, linkKey));
    },
    data: { of: (path) => optional(byPath.get(path), (gist) => mapLeads(leadsFrom(gist), linkTo)) },
  });
  /** Of one thing that answers for itself; undefined where there is none. */
  const each = <K, T>(known: ReadonlyMap<K, T>) => once((id: K) => optional(known.get(id), whole));
  return {
    site,
    /** In which pages are rendered. The app is compiled of them too: another word, and every page is rendered again. */
    words,
    since,
    listings,
    counts,
    monthsInUtc,
    /** Paths of the entries that a filter finds: a question for one of them asks nothing more. */
    pathsOf: (filter: EntryFilter) => select(filter).map(({ path }) => path),
    one: {
      /** Of the planet itself. */
      settings: (_id: string) => settingsAnswer,
      /** By path. */
      entries: (path: string) => optional(byPath.get(path), entry),
      /** How many entries there are: in `2026-01` and each of its days, in `2026` and each of its months and days, or in `all`. */
      counts: once((period: string) =>
        whole(period === 'all' ? counts : new Map([...counts].filter(([each]) => each.startsWith(period)))),
      ),
      /** The periods before and after `2026`, `2026-01` or `2026-01-23`. */
      neighbours: once((period: string) => whole(neighbours(period, alike.get(period.length) ?? []))),
      /** Where the pages of a month's entries lead on to, `2026-01`: one question for all of them, for they are rendered together. */
      leads: once((month: string) => optional(months.get(month), leadsOfMonth)),
      /** How many entries each month of a listing holds, oldest first. */
      months: once((listing: string) => optional(listings.get(listing), (list) => whole(byMonth(list)))),
      /** The years of a listing that have pages of their own, newest first: none where the first page lists everything. */
      years: once((listing: string) => optional(yearsOf(listing), whole)),
      /** By slug, also a former one. */
      authors: each(recordBySlug),
      /** By id. */
      feeds: each(feedSummaries),
      /** How the feeds are doing. */
      status: (_id: string) => statusAnswer,
      /** When the newest entry came, by the snapshot that first saw it: never a time of a run that brought nothing. */
      lastChange: (_id: string) => lastChange,
      /** Place in the planet's history in Atom: of the `planet`, or of a month in UTC. */
      history: each(places),
      /** Paths of all pages that search engines may list. The id names the operator's own pages. */
      sitemap: (ownPages: string) =>
        whole(
          sitemapPaths({
            ownPages: ownPages === '' ? [] : ownPages.split(','),
            ...{ counts, since, authors: sortedAuthors, feeds: site.feeds, entries, yearsOf },
          }),
        ),
      /** Rules for `_redirects`. */
      redirects: (_id: string) =>
        whole(authorRedirects(planet.site, authors) + redirects(planet.site, alike.get(4) ?? [], since)),
      /** Pictures of authors, by file name. */
      avatars: (file: string) =>
        optional(avatars.get(file) ?? undefined, (picture): Answer<Uint8Array<ArrayBuffer>> => {
          const bytes = new Uint8Array(readFileSync(join(folder, picture)));
          return { hash: hash('sha256', bytes, 'base64url').slice(0, 22), data: bytes };
        }),
    },
    many: {
      entries(filter: EntryFilter): Answer<DisplayedEntry[]> {
        const list = select(filter);
        return {
          get hash() {
            return short(list.map(hashOf).join());
          },
          get data() {
            return list.map(shownOf);
          },
        };
      },
      /** By name. */
      authors: (_filter: EntryFilter | undefined) => authorsAnswer,
      /** In the order of `planet.yaml`. */
      feeds: (_filter: EntryFilter | undefined) => feedsAnswer,
    },
  };
}

function optional<T, R>(value: T | undefined, make: (value: T) => R): R | undefined {
  return value === undefined ? undefined : make(value);
}

/** So many entries are kept with their texts: some tens of megabytes. */
const RECENT = 2_000;

/** What pages may say of a feed apart from its entries. */
function summaryOf(feed: FeedRecord): FeedSummary {
  const { state, entries, newest } = feed;
  const about = aboutLine(state?.description ?? '', [feed.title, state?.title ?? '']);
  return { ...feedIdentity(feed), entries, newest, about, isNew: state === null, trouble: state?.trouble ?? null };
}

function feedIdentity({ id, title, url, home, language, content, index }: FeedRecord): FeedIdentity {
  return { id, title, url, home, language, content, index };
}

function authorIdentity({ slug, name, url, avatar }: AuthorRecord): AuthorIdentity {
  return { slug, name, url, avatar };
}

/**
 * A hash of each entry that is another as soon as a page may say anything else of it: of its line in the archive, and of what
 * rules and other feeds add to it.
 */
function entryHashes(
  since: PagesSince,
  feedById: ReadonlyMap<string, FeedIdentity>,
  authorBySlug: ReadonlyMap<string, AuthorIdentity>,
): (entry: EntrySummary) => string {
  const known = new Map<EntrySummary, string>();
  const names = new Map<FeedIdentity | AuthorIdentity | undefined, string>();
  const nameOf = (who: FeedIdentity | AuthorIdentity | undefined): string => {
    const name = names.get(who) ?? short(JSON.stringify(who ?? null));
    names.set(who, name);
    return name;
  };
  return (entry) => {
    const before = known.get(entry);
    if (before !== undefined) return before;
    const { position, own, path, feed, via, ownedBecause, credit, day, sharedId, publishedBy } = entry;
    const feeds = [feed, ...via].map((id) => nameOf(feedById.get(id))).join();
    const people = credit.authors.map((slug) => nameOf(authorBySlug.get(slug))).join();
    const place = since === '' ? path : currentPath(`/${path}/`, since);
    const made = short(
      `${position.hash} ${own?.hash} ${feeds} ${people} ${ownedBecause} ${sharedId} ${day} ${publishedBy} ${place} ${JSON.stringify(credit.title)}`,
    );
    known.set(entry, made);
    return made;
  };
}
