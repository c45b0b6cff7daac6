import type { APIRoute } from 'astro';
import { listedPages } from '../listed.ts';
import { sitemapIndex, sitemapsOf } from '../outputs/sitemap.ts';
import { getEverything } from '../queries.ts';

export const GET: APIRoute = async () => {
  const site = await getEverything();
  return new Response(sitemapIndex(site.planet.site, sitemapsOf(listedPages(site))), {
    headers: { 'Content-Type': 'application/xml; charset=utf-8' },
  });
};
