import type { APIRoute } from 'astro';
import { get } from '../data/queries.ts';
import { webManifest } from '../outputs/web-manifest.ts';

export const GET: APIRoute = async () => {
  const { planet, colors, pictures } = await get('settings');
  return new Response(webManifest(planet, colors, pictures), {
    headers: { 'Content-Type': 'application/manifest+json' },
  });
};
