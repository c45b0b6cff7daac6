import type { APIRoute } from 'astro';
import { absolute, routes } from '../core/paths.ts';
import { getFrame } from '../data/queries.ts';

export const GET: APIRoute = async () => {
  const { planet } = await getFrame();
  // Each category of each entry links to a search: that is no page to list.
  const searches = `${new URL(absolute(planet.site, routes.search)).pathname}?`;
  const sitemap = absolute(planet.site, routes.sitemap);
  return new Response(`User-agent: *\nAllow: /\nDisallow: ${searches}\n\nSitemap: ${sitemap}\n`);
};
