import { readFileSync } from 'node:fs';
import { buildTime } from '../core/build-time.ts';
import { languageCounts, nameOrder } from '../core/language.ts';
import { ON_FIRST_PAGE } from '../core/listings.ts';
import { memoized } from '../core/memoized.ts';
import { pagesSince } from '../core/paths.ts';
import { neighbours, periodCounts } from '../core/periods.ts';
import {
  type AuthorIdentity,
  authorIdentity,
  type EntrySummary,
  type FeedIdentity,
  feedIdentity,
  feedSummary,
} from '../core/records.ts';
import type { DisplayedEntry } from '../core/shown.ts';
import { wordsOf } from '../i18n/words.ts';
import { feedHistory } from '../outputs/atom.ts';
import { NEWEST } from '../outputs/formats.ts';
import { authorRedirects, redirects } from '../outputs/redirect-pages.ts';
import { sitemapPaths } from '../outputs/sitemap.ts';
import { statusOf } from '../outputs/status.ts';
import { type Answer, answerOf, mapDefined, shortHash } from './answers.ts';
import { displayedEntries } from './displayed-entries.ts';
import { type EntryFilter, entryLists } from './entry-lists.ts';
import type { Site } from './read-site.ts';

/** All data that pages can ask for: `one` and `many` are the live collections of `src/live.config.ts`. */
export type SiteData = ReturnType<typeof siteData>;

/** A question to a live collection: its name, and the id of one item or the filter of a list. */
export type Question = readonly [collection: string, filter: string | EntryFilter];

/** Undefined if there is no such item or list. */
export function answerTo({ one, many }: SiteData, [collection, filter]: Question): Answer<unknown> | undefined {
  const items: Record<string, (id: string) => Answer<unknown> | undefined> = one;
  const lists: Record<string, (filter: EntryFilter) => Answer<unknown>> = many;
  return typeof filter === 'string' ? items[collection]?.(filter) : lists[collection]?.(filter);
}

/** The hash of the current answer to a question of an earlier build; `none` if the answer is gone. */
export function answerHash(data: SiteData, question: Question): string {
  return answerTo(data, question)?.hash() ?? 'none';
}

export function siteData(site: Site, archive: string, now: Date) {
  const { planet, entries, authors, rules, pictures } = site;
  const { feeds: _feeds, defaults: _defaults, authors: _authors, hide: _hide, river: _river, ...settings } = planet;
  const time = buildTime(now.getTime());
  const listings: ReadonlyMap<string, readonly EntrySummary[]> = site.listings;
  const counts = periodCounts(entries);
  const since = pagesSince(planet.layout, [...counts.keys()].at(-1));
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const feedSummaries = new Map(site.feeds.map((feed) => [feed.id, feedSummary(feed)]));
  const feedById = new Map<string, FeedIdentity>(site.feeds.map((feed) => [feed.id, feedIdentity(feed)]));
  const authorBySlug = new Map<string, AuthorIdentity>(authors.map((author) => [author.slug, authorIdentity(author)]));
  const recordBySlug = new Map(
    authors.flatMap((author) => [author.slug, ...author.formerly].map((slug) => [slug, author])),
  );
  /** The numbers of the periods within each year (4) or month (7). */
  const countsByLength = memoized((length: number) => Map.groupBy(counts, ([period]) => period.slice(0, length)));
  const periodsByLength = Map.groupBy([...counts.keys()], ({ length }) => length);
  const neighboursOf = memoized((length: number) => neighbours(periodsByLength.get(length) ?? []));

  const words = wordsOf(planet.language, site.messages);
  const { days, monthsInUtc, ofListing, yearsIn, select } = entryLists(site, time);
  const context = { archive, days, feedById, authorBySlug, words };
  const { displayed, hashOf, withLeads, hashWithLeads } = displayedEntries(site, context);
  const subscription = new Set(select({ newest: NEWEST }));
  const history = feedHistory(
    monthsInUtc,
    entries.find((entry) => !subscription.has(entry)),
  );
  const listingOf = memoized((listing: string) => {
    const [kind, id = ''] = listing.split(/:(.*)/s);
    const author = kind === 'author' ? recordBySlug.get(id) : undefined;
    const feed = kind === 'feed' ? feedById.get(id) : undefined;
    const name = author?.name ?? feed?.title;
    if (name === undefined) return undefined;
    const isLong = ofListing(listing).length > ON_FIRST_PAGE;
    const years = isLong ? [...yearsIn(listing).keys()] : [];
    return { slug: author?.slug ?? id, name, feeds: author?.feeds.length ?? 1, years };
  });
  const settingsAnswer = answerOf({ planet: settings, since, colors: pictures.colors, pictures: pictures.names });
  const compareNames = nameOrder(planet.language);
  const sortedAuthors = authors.toSorted((a, b) => compareNames(a.name, b.name));
  const statusAnswer = answerOf(statusOf(planet, site.feeds, rules, time, languageCounts(entries, planet.languages)));
  const lastSeen = (isCounted: (time: number) => boolean) =>
    entries.reduce((last, { firstSeen: seen }) => (seen > last && isCounted(Date.parse(seen)) ? seen : last), '');
  // A later time than now is of a snapshot with a wrong clock, or the site is built as of a time before all snapshots.
  const lastChange = answerOf(lastSeen(time.hasCome) || lastSeen(() => true));
  const pages = { of: (path: string) => mapDefined(byPath.get(path), withLeads) };
  return {
    site,
    /** The messages of pages. The app is compiled with them too, so that a changed message renders every page again. */
    words,
    since,
    time,
    listings,
    counts,
    monthsInUtc,
    one: {
      settings: (_id: string) => settingsAnswer,
      /** By path. */
      entries: (path: string) =>
        mapDefined(byPath.get(path), (summary) => ({ hash: () => hashOf(summary), data: () => displayed(summary) })),
      /** Numbers of entries: in `2026-01` and each of its days, in `2026` and each of its months and days, in `all` periods, or in the years and months of a listing. */
      counts: memoized((of: string) => {
        const list = listings.get(of);
        if (list === undefined) return answerOf(of === 'all' ? counts : new Map(countsByLength(of.length).get(of)));
        // The days tell all that the counts do, and to count them takes longer.
        const hash = () => shortHash(list.map(({ day }) => day).join());
        return { hash, data: () => periodCounts(list, '2026-01'.length) };
      }),
      /** The periods before and after `2026`, `2026-01` or `2026-01-23`. */
      neighbours: (period: string) => mapDefined(neighboursOf(period.length).get(period), answerOf),
      /** The entries of a day (`2026-01-23`) with their related entries: one question, as their pages are rendered together. */
      entryPages: (day: string) =>
        mapDefined(days.get(day), (list) => ({ hash: () => hashWithLeads(list), data: () => pages })),
      /**
       * The facts of a listing that hardly any new entry changes, for the pages of its years: the current slug and the name of
       * its author or feed, the number of feeds, and the years with pages of their own, newest first; none if the first page
       * lists all entries.
       */
      listings: memoized((listing: string) => mapDefined(listingOf(listing), answerOf)),
      /** By slug, current or former. */
      authors: (slug: string) => mapDefined(recordBySlug.get(slug), answerOf),
      /** By id. */
      feeds: (id: string) => mapDefined(feedSummaries.get(id), answerOf),
      status: (_id: string) => statusAnswer,
      /** The time when a snapshot first saw the newest entry. A run without news does not change it. */
      lastChange: (_id: string) => lastChange,
      /** The place of a document in the planet's Atom history: `planet`, or a month in UTC. */
      history: (document: string) => mapDefined(history.get(document), answerOf),
      /** Paths of all pages that search engines may list. The id holds the ids of the operator's own pages, joined by commas. */
      sitemap: memoized((ownPages: string) =>
        answerOf(
          sitemapPaths({
            ownPages: ownPages === '' ? [] : ownPages.split(','),
            counts,
            since,
            authors: sortedAuthors,
            feeds: site.feeds,
            entries,
            yearsOf: (listing) => listingOf(listing)?.years ?? [],
            languages: planet.languages,
          }),
        ),
      ),
      redirects: (_id: string) =>
        answerOf(authorRedirects(planet.site, authors) + redirects(planet.site, periodsByLength.get(4) ?? [], since)),
      /** Pictures of authors and feeds, by file name. */
      avatars: (file: string) =>
        mapDefined(site.avatars.get(file), (path): Answer<Uint8Array<ArrayBuffer>> => {
          const bytes = new Uint8Array(readFileSync(path));
          return { hash: () => shortHash(bytes), data: () => bytes };
        }),
      /** Icons and the link preview card, by file name. */
      pictures: (file: string) => pictures.files.get(file),
    },
    many: {
      entries(filter: EntryFilter): Answer<DisplayedEntry[]> {
        const list = select(filter);
        return { hash: () => shortHash(list.map(hashOf).join()), data: () => list.map(displayed) };
      },
      /** Sorted by name. */
      authors: (_filter: EntryFilter | undefined) => answerOf(sortedAuthors),
      /** In the order of `planet.yaml`. */
      feeds: (_filter: EntryFilter | undefined) => answerOf([...feedSummaries.values()]),
    },
  };
}
