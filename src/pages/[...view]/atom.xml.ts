import type { APIRoute } from 'astro';
import { atom } from '../../outputs/atom.ts';
import { getChain, getView, type Subject, viewPaths } from '../../views.ts';

export const getStaticPaths = viewPaths;

export const GET: APIRoute<{ subject: Subject }> = async ({ props: { subject } }) => {
  const place = subject.of === 'planet' ? (await getChain()).subscription : undefined;
  return new Response(atom(await getView(subject), place), {
    headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' },
  });
};
