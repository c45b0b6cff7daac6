import type { APIRoute, GetStaticPaths } from 'astro';
import { listedPages } from '../listed.ts';
import { type Sitemap, sitemap, sitemapsOf } from '../outputs/sitemap.ts';
import { getEverything } from '../queries.ts';

export const getStaticPaths = (async () => {
  const sitemaps = sitemapsOf(listedPages(await getEverything()));
  return sitemaps.map((each) => ({ params: { number: String(each.number) }, props: { each } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ each: Sitemap }> = async ({ props: { each } }) => {
  const { planet } = await getEverything();
  return new Response(sitemap(planet.site, each), { headers: { 'Content-Type': 'application/xml; charset=utf-8' } });
};
