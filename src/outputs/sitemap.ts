import { absolute } from '../lib/routes.ts';
import { address } from './view.ts';
import { tag, text, type Xml, xmlDocument } from './xml.ts';

/** As many addresses as a sitemap may have. */
const AT_MOST = 50_000;
const NAMESPACE = { xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9' };

/** One of the sitemaps that the index names: `sitemap-0.xml`. */
export interface Sitemap {
  /** From 0. */
  number: number;
  paths: readonly string[];
}

/** Cuts the pages that search engines may list into sitemaps. `paths` are from the root of the planet, in a fixed order. */
export function sitemapsOf(paths: readonly string[]): Sitemap[] {
  const count = Math.max(1, Math.ceil(paths.length / AT_MOST));
  return Array.from({ length: count }, (_, number) => ({
    number,
    paths: paths.slice(number * AT_MOST, (number + 1) * AT_MOST),
  }));
}

export function sitemap(site: string, { paths }: Sitemap): Xml {
  const urls = paths.map((path) => tag('url', {}, tag('loc', {}, text(address(absolute(site, path))))));
  return xmlDocument('urlset', NAMESPACE, urls);
}

export function sitemapIndex(site: string, sitemaps: readonly Sitemap[]): Xml {
  const parts = sitemaps.map(({ number }) =>
    tag('sitemap', {}, tag('loc', {}, text(absolute(site, `/sitemap-${number}.xml`)))),
  );
  return xmlDocument('sitemapindex', NAMESPACE, parts);
}
