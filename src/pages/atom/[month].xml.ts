import type { APIRoute, GetStaticPaths } from 'astro';
import { atom, type Place } from '../../outputs/atom.ts';
import { getChain, getMonth } from '../../views.ts';

export const getStaticPaths = (async () => {
  const { months } = await getChain();
  return months.map(({ month, place }) => ({ params: { month }, props: { month, place } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ month: string; place: Place }> = async ({ props: { month, place } }) =>
  new Response(atom(await getMonth(month), place), {
    headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' },
  });
