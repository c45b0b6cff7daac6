import type { APIRoute } from 'astro';
import { getFrame, list } from '../data/queries.ts';
import { opml } from '../outputs/opml.ts';

export const GET: APIRoute = async () => {
  const { planet } = await getFrame();
  // Without entries, a feed that is a file has no address to follow: it has no output feed either.
  const followed = (await list('feeds')).filter(({ url, entries }) => URL.canParse(url) || entries > 0);
  return new Response(opml(planet, followed), { headers: { 'Content-Type': 'text/x-opml; charset=utf-8' } });
};
