import type { APIRoute } from 'astro';
import { findAvatar } from '../../queries.ts';

/** An author's picture, as it lies in the operator's folder. */
export const GET: APIRoute = async ({ params }) => {
  const bytes = await findAvatar(params['file'] ?? '');
  return bytes === undefined ? new Response(null, { status: 404 }) : new Response(bytes);
};
