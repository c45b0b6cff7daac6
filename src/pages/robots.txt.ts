import type { APIRoute } from 'astro';
import { absolute, routes } from '../core/paths.ts';
import { getFrame } from '../data/queries.ts';

export const GET: APIRoute = async () => {
  const { planet } = await getFrame();
  return new Response(`User-agent: *\nAllow: /\n\nSitemap: ${absolute(planet.site, routes.sitemap)}\n`);
};
