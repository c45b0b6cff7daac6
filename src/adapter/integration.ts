import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AstroIntegration } from 'astro';
import { root } from '../archive/environment.ts';
import { slashes } from '../archive/link-target.ts';
import { OPERATOR_MESSAGES } from '../archive/load-planet.ts';
import { SLOTS } from '../core/own-page.ts';
import { FILE_ROUTES } from '../core/paths.ts';
import type { Theme } from '../core/planet.ts';
import { PICTURES } from '../core/planet-values.ts';
import { outputs } from '../outputs/formats.ts';

/**
 * Makes Astro compile an app that renders any address (`server.ts`), with a route for each file that is no page. `astro dev` restarts for
 * the files that Astro's settings come from.
 */
export function orrery(folder: string): AstroIntegration {
  const settings = ['planet.yaml', OPERATOR_MESSAGES].map((name) => join(folder, name));
  return {
    name: 'orrery',
    hooks: {
      'astro:config:setup': ({ addWatchFile, injectRoute, updateConfig }) => {
        updateConfig({ vite: { plugins: [partsOfTemplates] } });
        for (const file of settings) addWatchFile(file);
        const entrypoint = new URL('./file-route.ts', import.meta.url);
        // The ending must be part of the route, or Astro treats the address as that of a folder.
        for (const pattern of FILE_ROUTES) injectRoute({ pattern, entrypoint });
        for (const { path } of outputs) injectRoute({ pattern: `/[...view]${path}`, entrypoint });
        for (const ending of PICTURES) injectRoute({ pattern: `/avatars/[name]${ending}`, entrypoint });
        for (const ending of ['.png', '.svg']) injectRoute({ pattern: `/[name]${ending}`, entrypoint });
      },
      // Astro itself watches only the folder of the engine.
      'astro:server:setup': ({ server }) => void server.watcher.add(settings),
      'astro:config:done': ({ setAdapter }) =>
        setAdapter({
          name: 'orrery',
          entrypointResolution: 'auto',
          serverEntrypoint: new URL('./server.ts', import.meta.url),
          supportedAstroFeatures: { serverOutput: 'stable', staticOutput: 'stable' },
        }),
      // All pages ask collections, so Astro expects a text in MDX with its own styles in each: it visits every component before
      // the head, and keeps them with the page. Pages of 5,000 entries took 12 % longer. Only one page can have such a text, if no
      // template or page of the operator asks collections itself.
      'astro:build:ssr': ({ manifest: { componentMetadata } }) => {
        const ours = ['pages', 'layouts', 'components'].map((name) => `${slashes(root)}/src/${name}/`);
        const isOurs = (id: string) => ours.some((start) => id.startsWith(start));
        if (componentMetadata.some(([id]) => /\.(?:astro|mdx)$/.test(id) && !isOurs(id))) return;
        for (const [id, metadata] of componentMetadata)
          if (!id.endsWith('/[page].astro')) metadata.propagation = 'none';
      },
    },
  };
}

/**
 * Finds `<style>` and `<script>` of the operator's templates. Astro takes a path that shares no folder with the engine for one below the
 * engine, unless it begins as those of Vite for other folders: `normalizeFilename` in `astro/dist/vite-plugin-utils/index.js`.
 */
const partsOfTemplates = {
  name: 'orrery-parts-of-templates',
  enforce: 'pre' as const,
  resolveId: (id: string) => {
    const path = id.replace(/^(?:\/@fs)+/, '');
    return path.split('/')[1] !== slashes(root).split('/')[1] && /^\/.*[?&]astro&type=/.test(path)
      ? `/@fs${path}`
      : undefined;
  },
};

const OWN = 'theme.css';

/** The files of `planet-theme.css` (the theme in `planet.yaml`) and `planet-own.css` (the operator's), which the layout imports. */
export function themeAliases(theme: Theme, folder: string): Record<string, string> {
  const ownCss = join(folder, OWN);
  const file = join(root, `src/styles/themes/${theme}.css`);
  // Without an own file, the theme again: a bundle has each file only once.
  return { 'planet-theme.css': slashes(file), 'planet-own.css': slashes(existsSync(ownCss) ? ownCss : file) };
}

/** The files of `planet-slots/footer.astro` and others: the operator's own, or an empty template. */
export function slotAliases(folder: string): Record<string, string> {
  const paths = SLOTS.map((name): [string, string] => {
    const ownFile = join(folder, 'slots', `${name}.astro`);
    const path = existsSync(ownFile) ? ownFile : join(root, 'src/components/slots/Empty.astro');
    return [`planet-slots/${name}.astro`, slashes(path)];
  });
  return Object.fromEntries(paths);
}
