import mdx from '@astrojs/mdx';
import sitemap from '@astrojs/sitemap';
import { defineConfig, passthroughImageService } from 'astro/config';
import { contentFolder, loadPlanet } from './src/folder.ts';
import { indexedEntries } from './src/indexed.ts';
import { firstPaint } from './src/lib/first-paint.ts';
import { policy } from './src/lib/policy.ts';
import { isEntryPage } from './src/lib/routes.ts';
import { lookOf } from './src/look.ts';

const loaded = await loadPlanet(contentFolder());
if (loaded.kind === 'mistakes') {
  console.error(loaded.told.join('\n'));
  process.exit(2);
}
// A BASE_URL in the environment, as some hosts set one, would take the place of the planet's in import.meta.env.
delete process.env.BASE_URL;
const { origin, pathname } = new URL(loaded.planet.site);
const indexed = await indexedEntries(loaded.planet, contentFolder());

/** Entry pages are canonical to the original: nothing for a search engine to list, unless their blogger wants it. */
function isListed(page) {
  const path = new URL(page).pathname.slice(pathname.replace(/\/$/, '').length);
  return !isEntryPage(path) || indexed.has(path.slice(1, -1));
}

/** In this way, Astro gives its hash to the policy. */
const beforePaint = {
  name: 'orrery-first-paint',
  hooks: { 'astro:config:setup': ({ injectScript }) => injectScript('head-inline', firstPaint) },
};

export default defineConfig({
  site: origin,
  base: pathname,
  outDir: process.env.PLANET_DIST || 'dist',
  trailingSlash: 'always',
  // As Prettier assumes when it breaks lines: a line break is no space, a space at one is written {' '}.
  compressHTML: 'jsx',
  integrations: [beforePaint, mdx(), sitemap({ filter: isListed })],
  image: { service: passthroughImageService() },
  // Inline styles, which the policy would stop.
  markdown: { syntaxHighlight: false },
  security: { csp: { directives: [...policy(loaded.planet.site)] } },
  devToolbar: { enabled: false },
  // Scripts in files of their own, however small: a reader's browser keeps them from page to page.
  vite: { build: { assetsInlineLimit: 0 }, resolve: { alias: lookOf(loaded.planet.theme, contentFolder()) } },
});
