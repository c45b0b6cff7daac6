import type { APIRoute } from 'astro';
import { pageDirection } from '../core/language.ts';
import type { Settings } from '../core/records.ts';
import type { ThemeColors } from '../core/theme-colors.ts';
import { get } from '../data/queries.ts';

export const GET: APIRoute = async () => {
  const { planet, colors, pictures } = await get('settings');
  return new Response(webManifest(planet, colors, pictures), {
    headers: { 'Content-Type': 'application/manifest+json' },
  });
};

/**
 * The web app manifest (https://www.w3.org/TR/appmanifest/), with addresses relative to itself. There is no service worker: it
 * would show an old planet as if it were current.
 * @param pictures the names of the existing pictures
 */
function webManifest(planet: Settings, { paper }: ThemeColors, pictures: readonly string[]): string {
  const icons = [
    { src: 'favicon.svg', type: 'image/svg+xml', sizes: 'any' },
    { src: 'apple-touch-icon.png', type: 'image/png', sizes: '180x180' },
  ];
  const { title, description, language } = planet;
  return JSON.stringify({
    name: title,
    description,
    lang: language,
    dir: pageDirection(),
    start_url: './',
    scope: './',
    display: 'minimal-ui',
    theme_color: paper[0],
    background_color: paper[0],
    icons: icons.filter(({ src }) => pictures.includes(src)),
  });
}
