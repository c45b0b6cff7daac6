import { authorListing, feedListing, type Listing } from '../core/listings.ts';
import { absolute, isByMonth, type PagesSince, routes } from '../core/paths.ts';
import type { AuthorRecord, EntrySummary, FeedRecord } from '../core/records.ts';
import { toUri } from './view.ts';
import { tag, text, type Xml, xmlDocument } from './xml.ts';

/** The most addresses in a sitemap (https://www.sitemaps.org/protocol.html). */
const AT_MOST = 50_000;
const NAMESPACE = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' };

interface Pages {
  ownPages: readonly string[];
  counts: ReadonlyMap<string, number>;
  since: PagesSince;
  authors: readonly AuthorRecord[];
  feeds: readonly FeedRecord[];
  entries: readonly EntrySummary[];
  yearsOf: (listing: Listing) => readonly string[];
  languages: readonly string[];
}

/** The paths of all pages that search engines may list, in a fixed order. */
export function sitemapPaths(pages: Pages): string[] {
  const { authors, counts, feeds } = pages;
  // Months and years always have pages.
  const hasPage = (period: string) => period.length <= 7 || !isByMonth(period, pages.since);
  const open = new Set(feeds.filter(({ index, gone }) => index || gone).map(({ id }) => id));
  const { river, archive, search, subscribe, status } = routes;
  return [
    ...[river, archive, routes.authors, routes.feeds, search, subscribe, status],
    ...pages.languages.map((language) => routes.riverIn(language)),
    ...pages.ownPages.map(routes.page),
    ...[...counts.keys()].filter(hasPage).map(routes.period),
    ...authors.map(({ slug }) => routes.author(slug)),
    ...feeds.map(({ id }) => routes.feed(id)),
    ...authors.flatMap(({ slug }) =>
      pages.yearsOf(authorListing({ slug })).map((year) => routes.authorYear(slug, year)),
    ),
    ...feeds.flatMap(({ id }) => pages.yearsOf(feedListing({ id })).map((year) => routes.feedYear(id, year))),
    // The canonical address of an entry page is the original: it is listed only if its blogger wants it, or the original is lost.
    ...pages.entries.filter(({ feed, path }) => open.has(feed) && hasPage(path)).map(({ path }) => routes.entry(path)),
  ];
}

/** The paths of each sitemap of the index, `sitemap-0.xml` and on. */
export function sitemapsOf(paths: readonly string[]): (readonly string[])[] {
  const length = Math.max(1, Math.ceil(paths.length / AT_MOST));
  return Array.from({ length }, (_, number) => paths.slice(number * AT_MOST, (number + 1) * AT_MOST));
}

export function sitemap(site: string, paths: readonly string[]): Xml {
  const urls = paths.map((path) => tag('url', {}, tag('loc', {}, text(toUri(absolute(site, path))))));
  return xmlDocument('urlset', NAMESPACE, urls);
}

export function sitemapIndex(site: string, sitemaps: readonly (readonly string[])[]): Xml {
  const parts = sitemaps.map((_, number) =>
    tag('sitemap', {}, tag('loc', {}, text(absolute(site, routes.sitemapPart(number))))),
  );
  return xmlDocument('sitemapindex', NAMESPACE, parts);
}
