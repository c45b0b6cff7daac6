import { defineCollection } from 'astro:content';
import { join } from 'node:path';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { contentFolder } from './folder.ts';

/** The operator's own pages, by hand, in MDX: compiled with the templates. All else is in `live.config.ts`. */
const pages = defineCollection({
  loader: glob({ pattern: '*.mdx', base: join(contentFolder(), 'pages') }),
  schema: z.strictObject({
    title: z.string(),
    description: z.string(),
    /** Place among the links at the foot of every page. */
    order: z.number().default(0),
  }),
});

export const collections = { pages };
