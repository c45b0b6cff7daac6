import type { APIRoute } from 'astro';
import { absolute, routes } from '../lib/routes.ts';
import { getEverything } from '../queries.ts';

export const GET: APIRoute = async () => {
  const { planet } = await getEverything();
  return new Response(`User-agent: *\nAllow: /\n\nSitemap: ${absolute(planet.site, routes.sitemap)}\n`);
};
