/** Every address of the site, from the root of the planet and without its base: `link` adds that. */
export const routes = {
  river: '/',
  /** The same river, denser. */
  excerpts: '/excerpts/',
  titles: '/titles/',
  archive: '/archive/',
  authors: '/authors/',
  feeds: '/feeds/',
  search: '/search/',
  subscribe: '/subscribe/',
  status: '/status/',
  statusJson: '/status.json',
  rss: '/rss.xml',
  atom: '/atom.xml',
  /** The planet's entries of one month, `2026-01`, behind its Atom feed. */
  atomArchive: (month: string) => `/atom/${month}.xml`,
  jsonFeed: '/feed.json',
  opml: '/opml.xml',
  notFound: '/404.html',
  sitemap: '/sitemap-index.xml',
  sitemapPart: (number: number) => `/sitemap-${number}.xml`,
  robots: '/robots.txt',
  /** `2026`, `2026-01` or `2026-01-23`. */
  period: (date: string) => `/${date.replaceAll('-', '/')}/`,
  entry: (path: string) => `/${path}/`,
  /** Slugs may be spelled in any script. */
  author: (slug: string) => `/authors/${encodeURIComponent(slug)}/`,
  feed: (id: string) => `/feeds/${id}/`,
  /** A year of an author, and of a feed, who have more entries than their own page shows. */
  authorYear: (slug: string, year: string) => `/authors/${encodeURIComponent(slug)}/${year}/`,
  feedYear: (id: string, year: string) => `/feeds/${id}/${year}/`,
  /** Where the status page tells of one feed. */
  feedStatus: (id: string) => `/status/#${id}`,
  /** A picture of an author or a feed, by the name of its file. */
  avatar: (file: string) => `/avatars/${encodeURIComponent(file)}`,
  page: (id: string) => `/${id}/`,
} as const;

/** A path under the planet's base (`/` or `/sub/path/`). */
export function link(base: string, path: string): string {
  return `${base.replace(/\/$/, '')}${path}`;
}

/** An absolute address, for feeds and canonical links. `site` is the planet's own. */
export function absolute(site: string, path: string): string {
  return link(site, path);
}

/** Whether an address is an entry's page of the planet at `site`: every such page ends with the entry's key. */
export function isOurPage(address: string | null, site: string): boolean {
  const root = absolute(site, '');
  if (address === null || !address.startsWith(`${root}/`)) return false;
  return /^\/\d{4}\/\d{2}\/\d{2}\/(?:[^/]+-)?[0-9a-f]{10}\/?$/.test(address.slice(root.length).replace(/[?#].*$/, ''));
}

/** Whether an address is one of the output feeds of the planet at `site`. */
export function isOurFeed(address: string, site: string): boolean {
  return (
    address.startsWith(absolute(site, '/')) &&
    /\/(?:rss\.xml|atom\.xml|feed\.json|atom\/\d{4}-\d{2}\.xml)$/.test(address)
  );
}

/**
 * Where entries stand. With `layout: entry` each has a page of its own. With `layout: month` the years before the newest
 * have a page a month: their entries and days are anchors in it, so that a large planet fits a host that counts files.
 */

/** From which year on entries and days have pages of their own, `2026`; empty: all of them have. */
export type PagesSince = string;

/**
 * Decided by the entries, never by the clock: a year is over when there is an entry of the next.
 * @param newest the day of the newest entry, `2026-01-23`
 */
export function pagesSince(layout: 'entry' | 'month', newest: string | undefined): PagesSince {
  return layout === 'month' && newest !== undefined ? newest.slice(0, 4) : '';
}

/** Whether the days and entries of a period, `2025`, `2025-01` or `2025-01-23`, are anchors in the page of their month. */
export function isByMonth(period: string, since: PagesSince): boolean {
  return period.slice(0, 4) < since;
}

/** The anchor of a day in the page of its month. */
export function dayAnchor(day: string): string {
  return `day-${day}`;
}

/** The anchor of an entry in the page of its month: the last part of its permalink, which ends in its key. */
export function entryAnchor(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Where what has a permalink stands: at it, or in the page of its month. Any other path is left as it is. */
export function currentPath(path: string, since: PagesSince): string {
  if (since === '') return path;
  const [, year, month, day, slug] = /^\/(\d{4})\/(\d\d)\/(\d\d)\/(?:([^/]+)\/)?$/.exec(path) ?? [];
  if (year === undefined || day === undefined || !isByMonth(year, since)) return path;
  return `/${year}/${month}/#${slug ?? dayAnchor(`${year}-${month}-${day}`)}`;
}

let since: PagesSince = '';

/** Says from which year on entries have pages of their own, before anything is rendered. */
export function setPagesSince(year: PagesSince): void {
  since = year;
}

/** A path of this site as a page links to it: where it stands, under the base that Astro builds for. */
export function hrefOf(path: string): string {
  return link(import.meta.env.BASE_URL, currentPath(path, since));
}

/** Whether the days and entries of a period stand in the page of their month, and have no pages of their own. */
export function isAnchor(period: string): boolean {
  return isByMonth(period, since);
}
