import type { APIRoute } from 'astro';
import { getView } from '../data/views.ts';
import { outputs } from '../outputs/formats.ts';

/** An output feed, by the row of `outputs` with this route. */
export const GET: APIRoute = async ({ params, routePattern }) => {
  const output = outputs.find(({ path }) => routePattern.endsWith(path));
  if (output === undefined) throw new Error(`No row of src/outputs/formats.ts has the route ${routePattern}`);
  const view = await getView(params['view']);
  if (view === undefined) return new Response(null, { status: 404 });
  return new Response(await output.print(view), { headers: { 'Content-Type': `${output.type}; charset=utf-8` } });
};
