import { defineCollection } from 'astro:content';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { glob, type Loader } from 'astro/loaders';
import { contentFolder } from './archive/environment.ts';
import { OwnPage, pageId } from './core/own-page.ts';

const folder = join(contentFolder(), 'pages');
const files = glob({ pattern: '*.{md,mdx}', base: folder, generateId: ({ entry }) => pageId(entry) });

/** A planet may have no own pages. Without this loader, Astro warns about a missing folder, and about an empty collection on every page. */
const loader: Loader = {
  name: 'orrery-pages',
  load: async (context) => {
    context.store.set({ id: 'none', data: {} });
    context.store.delete('none');
    if (existsSync(folder) || context.watcher !== undefined) await files.load(context);
  },
};

/** The operator's own pages in Markdown or MDX, compiled with the templates. All other data is in `live.config.ts`. */
const pages = defineCollection({ loader, schema: OwnPage });

export const collections = { pages };
