import { join } from 'node:path';
import mdx from '@astrojs/mdx';
import { defineConfig, logHandlers, passthroughImageService } from 'astro/config';
import { compilingFolder, publishBuild } from './scripts/site/app.ts';
import { browserMessages } from './src/adapter/browser-messages.ts';
import { orrery, slotAliases, themeAliases } from './src/adapter/integration.ts';
import { contentFolder, isPackage, root } from './src/archive/environment.ts';
import { loadPlanet } from './src/archive/load-planet.ts';
import { printable } from './src/core/clean-text.ts';

const loaded = await loadPlanet(contentFolder());
if (loaded.kind === 'mistakes') {
  const problems = printable(loaded.problems.join('\n'));
  // `astro dev`, which reads this file again after a change, goes on with the settings before.
  if (globalThis.hasSettings) throw Object.assign(new Error(problems), { stack: '' });
  console.error(problems);
  process.exit(2);
}
globalThis.hasSettings = true;
// A BASE_URL in the environment, which some hosts set, would replace the planet's in import.meta.env.
delete process.env.BASE_URL;
const { pathname } = new URL(loaded.planet.site);
const messages = () => browserMessages(loaded.planet.language, loaded.messages);

/** The folder of the compiled pages; see scripts/site/app.ts. */
const app = compilingFolder(contentFolder(), loaded);

export default defineConfig({
  output: 'server',
  base: pathname,
  outDir: app,
  cacheDir: `${app}.cache`,
  // Only here: a build would copy the operator's files into the app, and publishes them itself.
  ...(process.argv.includes('dev') && { publicDir: join(contentFolder(), 'public') }),
  ...(process.env.ORRERY_COMPILE_ONLY && { logger: logHandlers.node({ level: 'warn' }) }),
  trailingSlash: 'always',
  // As Prettier assumes: a line break is not a space; a space at a line break is written {' '}.
  compressHTML: 'jsx',
  integrations: [mdx(), publishBuild(contentFolder(), loaded)],
  adapter: orrery(contentFolder()),
  image: { service: passthroughImageService() },
  // Highlighting would add inline styles, which the policy blocks.
  markdown: { syntaxHighlight: false },
  // The policy (src/core/players.ts) allows only style sheets in files.
  build: { inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  // Scripts in their own files, also small ones: the browser caches them for all pages.
  vite: {
    plugins: [messages()],
    // Nesting and MediaRangeSyntax of https://github.com/parcel-bundler/lightningcss/blob/master/node/flags.js: flat rules, and
    // `max-width` instead of `width<=`, which Safari 15 and Chrome 109 skip.
    css: { lightningcss: { include: 1 | 128 } },
    // The app of an operator's planet is not below the engine's node_modules. The pages make no pictures and need no sharp.
    ...(isPackage && process.argv.includes('build') && { ssr: { noExternal: true, external: ['sharp'] } }),
    server: { fs: { allow: [root, contentFolder()] } },
    build: {
      assetsInlineLimit: 0,
      // Astro marks MDX with its own directives, and handles them.
      rolldownOptions: {
        checks: { moduleLevelDirective: false },
        output: { assetFileNames: '_astro/[hash][extname]' },
      },
    },
    environments: {
      client: {
        build: {
          rolldownOptions: {
            // Short names: every page has one.
            output: { entryFileNames: '_astro/[hash].js', comments: false },
            // Puts messages directly into the code that shows them.
            optimization: { inlineConst: { mode: 'all' } },
          },
        },
      },
    },
    resolve: { alias: { ...themeAliases(loaded.planet.theme, contentFolder()), ...slotAliases(contentFolder()) } },
    // Modules, because src/client/search/open-dialog.ts imports one of them.
    worker: { format: 'es', plugins: () => [messages()], rolldownOptions: { output: { comments: false } } },
  },
});
