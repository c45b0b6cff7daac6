import { pageDirection } from '../core/language.ts';
import type { Settings } from '../core/records.ts';
import type { ThemeColors } from '../core/theme-colors.ts';

/**
 * What a device is told that puts the planet on its screen (https://www.w3.org/TR/appmanifest/). Addresses are relative to it.
 * No service worker: that would show yesterday's planet as if it were today's.
 * @param pictures the names of the icons that there are
 */
export function webManifest(planet: Settings, { paper }: ThemeColors, pictures: readonly string[]): string {
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
