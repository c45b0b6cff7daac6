import type { APIRoute } from 'astro';
import { reading, show } from '../lib/shown.ts';
import { rss } from '../outputs/rss.ts';
import { bodyOf, getEverything } from '../queries.ts';

const NEWEST = 50;

export const GET: APIRoute = async () => {
  const site = await getEverything();
  const bringers = new Map<string, Set<string>>();
  for (const { id, feed } of site.entries) bringers.set(id, (bringers.get(id) ?? new Set()).add(feed));
  const items = site.entries.slice(0, NEWEST).map((entry) => {
    const shown = show(entry, site);
    return { ...shown, reading: reading(shown, bodyOf), sharedId: (bringers.get(entry.id)?.size ?? 0) > 1 };
  });
  return new Response(await rss(site.planet, items), {
    headers: { 'Content-Type': 'application/rss+xml; charset=utf-8' },
  });
};
