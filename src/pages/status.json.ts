import type { APIRoute } from 'astro';
import { get } from '../data/queries.ts';

export const GET: APIRoute = async () => {
  return new Response(`${JSON.stringify(await get('status'), null, 1)}\n`, {
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
  });
};
