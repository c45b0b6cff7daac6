import type { APIRoute } from 'astro';
import { getFrame, getSitemap } from '../data/queries.ts';
import { sitemap, sitemapsOf } from '../outputs/sitemap.ts';

export const GET: APIRoute = async ({ params }) => {
  const { planet } = await getFrame();
  const each = sitemapsOf(await getSitemap())[Number(params['number'])];
  if (each === undefined) return new Response(null, { status: 404 });
  return new Response(sitemap(planet.site, each), { headers: { 'Content-Type': 'application/xml; charset=utf-8' } });
};
