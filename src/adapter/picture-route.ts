import type { APIRoute } from 'astro';
import { find } from '../data/queries.ts';

/** A picture of an author or a feed, from the operator's folder or the archive; or an icon or the card of the planet. */
export const GET: APIRoute = async ({ params, routePattern }) => {
  const ending = routePattern.slice(routePattern.lastIndexOf('.'));
  const collection = routePattern.startsWith('/avatars/') ? 'avatars' : 'pictures';
  const bytes = await find(collection, `${params['name']}${ending}`);
  if (bytes === undefined) return new Response(null, { status: 404 });
  return new Response(bytes, { headers: { 'Content-Type': TYPES.get(ending) ?? `image/${ending.slice(1)}` } });
};

/** Media types other than `image/` and the ending. */
const TYPES = new Map([
  ['.svg', 'image/svg+xml'],
  ['.jpg', 'image/jpeg'],
]);
