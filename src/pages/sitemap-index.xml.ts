import type { APIRoute } from 'astro';
import { getFrame, getSitemap } from '../data/queries.ts';
import { sitemapIndex, sitemapsOf } from '../outputs/sitemap.ts';

export const GET: APIRoute = async () => {
  const { planet } = await getFrame();
  return new Response(sitemapIndex(planet.site, sitemapsOf(await getSitemap())), {
    headers: { 'Content-Type': 'application/xml; charset=utf-8' },
  });
};
