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
  avatar: (file: string) => `/avatars/${encodeURIComponent(file)}`,
  page: (id: string) => `/${id}/`,
} as const;

/** What an author's picture is called on the site; null where there is none. */
export function avatarFile({ slug, avatar }: { slug: string; avatar: string | null }): string | null {
  return avatar === null ? null : `${slug}${avatar.slice(avatar.lastIndexOf('.')).toLowerCase()}`;
}

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
