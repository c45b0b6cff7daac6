import type { APIRoute } from 'astro';
import { getMonth } from '../../data/views.ts';
import { atom } from '../../outputs/atom.ts';

export const GET: APIRoute = async ({ params }) => {
  const view = await getMonth(params['month'] ?? '');
  if (view === undefined) return new Response(null, { status: 404 });
  return new Response(atom(view), { headers: { 'Content-Type': 'application/atom+xml; charset=utf-8' } });
};
