import type { APIRoute } from 'astro';
import { getStatus } from '../queries.ts';

export const GET: APIRoute = async () => {
  return new Response(`${JSON.stringify(await getStatus(), null, 1)}\n`, {
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
  });
};
