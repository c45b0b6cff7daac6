import type { APIRoute, GetStaticPaths } from 'astro';
import { atomPart } from '../../lib/parts.ts';
import { atom, type Place } from '../../outputs/atom.ts';
import { getEverything } from '../../queries.ts';
import { getChain, getMonth } from '../../views.ts';

export const getStaticPaths = (async () => {
  const { months } = await getChain();
  const { makes } = await getEverything();
  const made = months.filter(({ month }) => makes(atomPart(month)));
  return made.map(({ month, place }) => ({ params: { month }, props: { month, place } }));
}) satisfies GetStaticPaths;

export const GET: APIRoute<{ month: string; place: Place }> = async ({ props: { month, place } }) =>
  new Response(atom(await getMonth(month, place)), {
    headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' },
  });
