/** Every address of the site, from the root of the planet and without its base: `link` adds that. */
export const routes = {
  river: '/',
  archive: '/archive/',
  authors: '/authors/',
  feeds: '/feeds/',
  search: '/search/',
  subscribe: '/subscribe/',
  rss: '/rss.xml',
  sitemap: '/sitemap-index.xml',
  /** `2026`, `2026-01` or `2026-01-23`. */
  period: (date: string) => `/${date.replaceAll('-', '/')}/`,
  entry: (path: string) => `/${path}/`,
  /** Slugs may be spelled in any script. */
  author: (slug: string) => `/authors/${encodeURIComponent(slug)}/`,
  feed: (id: string) => `/feeds/${id}/`,
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

/** Whether a path (without base) is an entry's page: `/2026/01/23/<slug>/`. */
export function isEntryPage(path: string): boolean {
  return /^\/\d{4}\/\d{2}\/\d{2}\/[^/]+\/$/.test(path);
}
