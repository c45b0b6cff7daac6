/** The output feeds of the planet. The pages of an author, a feed and a language have the same ones (`feedOfPage`). */
const feedRoutes = { rss: '/rss.xml', atom: '/atom.xml', jsonFeed: '/feed.json' } as const;
export type FeedRoute = (typeof feedRoutes)[keyof typeof feedRoutes];

/** All addresses of pages and feeds, without Astro's `base`; `hrefOf` adds it. */
export const routes = {
  ...feedRoutes,
  river: '/',
  riverIn: (language: string) => `/in/${language.toLowerCase()}/`,
  archive: '/archive/',
  authors: '/authors/',
  feeds: '/feeds/',
  search: '/search/',
  subscribe: '/subscribe/',
  status: '/status/',
  statusJson: '/status.json',
  /** The entries of one month (`2026-01`) in the history of the Atom feed. */
  atomArchive: (month: string) => `/atom/${month}.xml`,
  opml: '/opml.xml',
  notFound: '/404.html',
  sitemap: '/sitemap-index.xml',
  sitemapPart: (number: number) => `/sitemap-${number}.xml`,
  robots: '/robots.txt',
  /** `2026`, `2026-01` or `2026-01-23`. */
  period: (date: string) => `/${date.replaceAll('-', '/')}/`,
  entry: (path: string) => `/${path}/`,
  /** A slug may have letters of any script. */
  author: (slug: string) => `/authors/${encodeURIComponent(slug)}/`,
  feed: (id: string) => `/feeds/${id}/`,
  /** The entries of a year, for authors and feeds with more entries than their first page shows. */
  authorYear: (slug: string, year: string) => `/authors/${encodeURIComponent(slug)}/${year}/`,
  feedYear: (id: string, year: string) => `/feeds/${id}/${year}/`,
  feedStatus: (id: string) => `/status/#${id}`,
  /** A picture of an author or a feed, by the name of its file. */
  avatar: (file: string) => `/avatars/${encodeURIComponent(file)}`,
  picture: (file: string) => `/${file}`,
  manifest: '/manifest.webmanifest',
  page: (id: string) => `/${id}/`,
} as const;

/** The files of the planet that are neither pages nor output feeds, as patterns of Astro's routes. Each without a parameter is built. */
export const FILE_ROUTES = [
  routes.opml,
  routes.robots,
  routes.statusJson,
  routes.manifest,
  '/atom/[month].xml',
  '/sitemap-[name].xml',
] as const;

/** The forms of the river: entries with full texts, with excerpts, or only their titles. */
export const DENSITIES = ['full', 'excerpts', 'titles'] as const;
export type Density = (typeof DENSITIES)[number];

/** The river of a density (`/titles/`, `/in/es/titles/`); of all languages if `language` is undefined. */
export function riverPath(language: string | undefined, density: Density): string {
  const full = language === undefined ? routes.river : routes.riverIn(language);
  return density === 'full' ? full : `${full}${density}/`;
}

/** The same path as a reader's browser stores it: `in/es/titles`; empty for the front page. */
export function riverKey(language: string | undefined, density: Density): string {
  return riverPath(language, density).slice(1, -1);
}

/** A path under the planet's base (`/` or `/sub/path/`). */
export function withBase(base: string, path: string): string {
  return `${base.replace(/\/$/, '')}${path}`;
}

/** An absolute address, for feeds and canonical links. `site` is the planet's address. */
export function absolute(site: string, path: string): string {
  return withBase(site, path);
}

/** Whether an address is an entry's page of the planet at `site`. Its path ends with the key of the entry. */
export function isOurPage(address: string | null, site: string): boolean {
  const root = absolute(site, '');
  if (address === null || !address.startsWith(`${root}/`)) return false;
  return /^\/\d{4}\/\d{2}\/\d{2}\/(?:[^/]+-)?[0-9a-f]{10}\/?$/.test(address.slice(root.length).replace(/[?#].*$/, ''));
}

/** The output feed of a page: `/authors/ada/rss.xml`. `page` is its path, with a slash at the end. */
export function feedOfPage(page: string, feed: FeedRoute): string {
  return `${page}${feed.slice(1)}`;
}

/** Whether an address is one of the output feeds of the planet at `site`. */
export function isOurFeed(address: string, site: string): boolean {
  if (!address.startsWith(absolute(site, '/'))) return false;
  return Object.values(feedRoutes).some((feed) => address.endsWith(feed)) || /\/atom\/\d{4}-\d{2}\.xml$/.test(address);
}

// With `layout: entry` each entry and day has its own page. With `layout: month` the years before the newest have one page for
// each month, with anchors for entries and days, so that a large planet fits a host that limits the number of files.

/** The first year whose entries and days have their own pages (`2026`); empty if all have. */
export type PagesSince = string;

/**
 * The year of the newest entry with `layout: month`, else empty. Not the year of the clock: a rebuild must give the
 * same site. `newest` is the day of that entry: `2026-01-23`.
 */
export function pagesSince(layout: 'entry' | 'month', newest: string | undefined): PagesSince {
  return layout === 'month' && newest !== undefined ? newest.slice(0, 4) : '';
}

/** Whether the days and entries of a period (`2025`, `2025-01` or `2025-01-23`) are anchors in the page of their month. */
export function isByMonth(period: string, since: PagesSince): boolean {
  return period.slice(0, 4) < since;
}

export function dayAnchor(day: string): string {
  return `day-${day}`;
}

/** The anchor of an entry in the page of its month: the last part of its path. */
export function entryAnchor(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The current place of a permalink: its own page, or an anchor in the page of its month, also of a place in its text. Other paths are unchanged. */
export function currentPath(path: string, since: PagesSince): string {
  if (since === '') return path;
  const [, year, month, day, slug, place] = /^\/(\d{4})\/(\d\d)\/(\d\d)\/(?:([^/#]+)\/)?(?:#(.+))?$/.exec(path) ?? [];
  if (year === undefined || day === undefined || !isByMonth(year, since)) return path;
  return `/${year}/${month}/#${place ?? slug ?? dayAnchor(`${year}-${month}-${day}`)}`;
}

let since: PagesSince = '';

/** To be called before anything is rendered. */
export function setPagesSince(year: PagesSince): void {
  since = year;
}

/** The `href` of a path of this site: its current place, with Astro's `base`. */
export function hrefOf(path: string): string {
  return withBase(import.meta.env.BASE_URL, currentPath(path, since));
}

/** Whether the days and entries of a period are anchors in the page of their month, in the current build. */
export function isAnchor(period: string): boolean {
  return isByMonth(period, since);
}
