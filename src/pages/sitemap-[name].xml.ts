import type { APIRoute } from 'astro';
import { getFrame, getSitemap } from '../data/queries.ts';
import { sitemap, sitemapIndex, sitemapsOf } from '../outputs/sitemap.ts';

/** The list of all sitemaps (`index`), or one of them, by its number. */
export const GET: APIRoute = async ({ params: { name = '' } }) => {
  const { planet } = await getFrame();
  const sitemaps = sitemapsOf(await getSitemap());
  const each = sitemaps[Number(name)];
  if (each === undefined && name !== 'index') return new Response(null, { status: 404 });
  const text = each === undefined ? sitemapIndex(planet.site, sitemaps) : sitemap(planet.site, each);
  return new Response(text, { headers: { 'Content-Type': 'application/xml; charset=utf-8' } });
};
