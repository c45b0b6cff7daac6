import type { APIRoute } from 'astro';
import { absolute, routes } from '../lib/routes.ts';
import { getFrame } from '../queries.ts';

export const GET: APIRoute = async () => {
  const { planet } = await getFrame();
  return new Response(`User-agent: *\nAllow: /\n\nSitemap: ${absolute(planet.site, routes.sitemap)}\n`);
};
