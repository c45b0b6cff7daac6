import mdx from '@astrojs/mdx';
import { defineConfig, logHandlers, passthroughImageService } from 'astro/config';
import { compilingFolder, publishBuild } from './scripts/site/app.ts';
import { browserMessages } from './src/adapter/browser-messages.ts';
import { orrery } from './src/adapter/integration.ts';
import { slotsOf, themeAliases } from './src/adapter/theme-aliases.ts';
import { contentFolder, isPackage, root } from './src/archive/environment.ts';
import { loadPlanet } from './src/archive/load-planet.ts';
import { printable } from './src/core/clean-text.ts';

const loaded = await loadPlanet(contentFolder());
if (loaded.kind === 'mistakes') {
  console.error(printable(loaded.problems.join('\n')));
  process.exit(2);
}
// A BASE_URL in the environment, as some hosts set one, would take the place of the planet's in import.meta.env.
delete process.env.BASE_URL;
const { pathname } = new URL(loaded.planet.site);
const messages = () => browserMessages(loaded.planet.language, loaded.messages);

/** Where the pages are compiled; see scripts/site/app.ts. */
const app = compilingFolder(contentFolder(), loaded);

export default defineConfig({
  output: 'server',
  base: pathname,
  outDir: app,
  cacheDir: `${app}.cache`,
  ...(process.env.ORRERY_COMPILE_ONLY && { logger: logHandlers.node({ level: 'warn' }) }),
  trailingSlash: 'always',
  // As Prettier assumes when it breaks lines: a line break is no space, a space at one is written {' '}.
  compressHTML: 'jsx',
  integrations: [mdx(), publishBuild(contentFolder(), loaded)],
  adapter: orrery(),
  image: { service: passthroughImageService() },
  // Inline styles, which the policy would stop.
  markdown: { syntaxHighlight: false },
  // The policy (src/core/policy.ts) allows style sheets in files alone.
  build: { inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  // Scripts in files of their own, however small: a reader's browser keeps them from page to page.
  vite: {
    plugins: [messages()],
    // The app of an operator's planet lies apart from the packages that it is made of.
    ...(isPackage && process.argv.includes('build') && { ssr: { noExternal: true } }),
    server: { fs: { allow: [root, contentFolder()] } },
    build: {
      assetsInlineLimit: 0,
      // Astro marks MDX with directives of its own, and knows what becomes of them.
      rolldownOptions: { checks: { moduleLevelDirective: false } },
    },
    environments: {
      client: {
        build: {
          rolldownOptions: {
            // Every page names one: no more than it takes.
            output: { entryFileNames: '_astro/[hash].js' },
            // Messages stand where they are said, and have no names.
            optimization: { inlineConst: { mode: 'all' } },
          },
        },
      },
    },
    resolve: { alias: { ...themeAliases(loaded.planet.theme, contentFolder()), ...slotsOf(contentFolder()) } },
    // Modules, so that one of them can also be imported (src/client/search/open-dialog.ts).
    worker: { format: 'es', plugins: () => [messages()] },
  },
});
