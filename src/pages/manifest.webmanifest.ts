import type { APIRoute } from 'astro';
import { pageDirection } from '../core/language.ts';
import { get } from '../data/queries.ts';

/** https://www.w3.org/TR/appmanifest/. No service worker: it would show an old planet as if it were current. */
export const GET: APIRoute = async () => {
  const { planet, colors, pictures } = await get('settings');
  const icons = [
    { src: 'favicon.svg', type: 'image/svg+xml', sizes: 'any' },
    { src: 'apple-touch-icon.png', type: 'image/png', sizes: '180x180' },
  ];
  const manifest = {
    name: planet.title,
    description: planet.description,
    lang: planet.language,
    dir: pageDirection(),
    start_url: './',
    scope: './',
    display: 'minimal-ui',
    theme_color: colors.paper[0],
    background_color: colors.paper[0],
    icons: icons.filter(({ src }) => pictures.includes(src)),
  };
  return new Response(JSON.stringify(manifest), { headers: { 'Content-Type': 'application/manifest+json' } });
};
