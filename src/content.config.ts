import { defineCollection } from 'astro:content';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { glob, type Loader } from 'astro/loaders';
import { z } from 'astro/zod';
import { contentFolder } from './archive/environment.ts';

const folder = join(contentFolder(), 'pages');
const files = glob({ pattern: '*.mdx', base: folder });

/** Most planets have no page by hand: Astro warns of a folder that is missing, and for every page of a collection that never held anything. */
const loader: Loader = {
  name: 'orrery-pages',
  load: async (context) => {
    context.store.set({ id: 'none', data: {} });
    context.store.delete('none');
    if (existsSync(folder) || context.watcher !== undefined) await files.load(context);
  },
};

/** The operator's own pages, by hand, in MDX: compiled with the templates. All else is in `live.config.ts`. */
const pages = defineCollection({
  loader,
  schema: z.strictObject({
    title: z.string(),
    description: z.string(),
    /** Place among the links at the foot of every page. */
    order: z.number().default(0),
  }),
});

export const collections = { pages };
