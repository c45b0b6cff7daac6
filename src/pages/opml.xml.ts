import type { APIRoute } from 'astro';
import { opml } from '../outputs/opml.ts';
import { getEverything } from '../queries.ts';

export const GET: APIRoute = async () => {
  const { planet, feeds, entriesByFeed } = await getEverything();
  // A feed of which nothing has come yet has no feed here either.
  const followed = feeds.filter(({ id, url }) => URL.canParse(url) || entriesByFeed.has(id));
  return new Response(opml(planet, followed), { headers: { 'Content-Type': 'text/x-opml; charset=utf-8' } });
};
