import type { APIRoute } from 'astro';
import { find } from '../data/queries.ts';
import { getView } from '../data/views.ts';
import { outputs } from '../outputs/formats.ts';

/** The files whose routes the integration adds: output feeds and pictures. */
export const GET: APIRoute = async ({ params, routePattern }) => {
  const output = outputs.find(({ path }) => routePattern.endsWith(path));
  if (output === undefined) return picture(routePattern, params['name']);
  const view = await getView(params['view']);
  if (view === undefined) return new Response(null, { status: 404 });
  return new Response(await output.print(view), { headers: { 'Content-Type': `${output.type}; charset=utf-8` } });
};

/** A picture of an author or a feed, from the operator's folder or the archive; or an icon or the card of the planet. */
async function picture(route: string, name: string | undefined): Promise<Response> {
  const ending = route.slice(route.lastIndexOf('.'));
  const bytes = await find(route.startsWith('/avatars/') ? 'avatars' : 'pictures', `${name}${ending}`);
  if (bytes === undefined) return new Response(null, { status: 404 });
  return new Response(bytes, { headers: { 'Content-Type': TYPES.get(ending) ?? `image/${ending.slice(1)}` } });
}

/** Media types other than `image/` and the ending. */
const TYPES = new Map([
  ['.svg', 'image/svg+xml'],
  ['.jpg', 'image/jpeg'],
]);
