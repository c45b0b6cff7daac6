import { defineCollection } from 'astro:content';
import { join } from 'node:path';
import { glob, type Loader } from 'astro/loaders';
import { z } from 'astro/zod';
import { contentFolder } from './folder.ts';
import { readMaking } from './making.ts';
import { AuthorRecord, Counts, EntryRecord, FeedRecord, RuleRecord } from './model/site.ts';

const making = readMaking();

/** Inline loaders that throw stop the build; `file()` would go on with nothing. The records were checked as they were read. */
function load<T extends Record<string, unknown>>(
  name: string,
  pick: (from: Awaited<typeof making>) => [id: string, data: T][],
): Loader {
  return {
    name,
    load: async ({ store }) => {
      store.clear();
      for (const [id, data] of pick(await making)) store.set({ id, data });
    },
  };
}

const feeds = defineCollection({
  loader: load('orrery-feeds', ({ feeds }) => feeds.map((feed) => [feed.id, feed])),
  schema: FeedRecord,
});
const entries = defineCollection({
  loader: load('orrery-entries', ({ entries }) => entries.map((entry) => [entry.path, entry])),
  schema: EntryRecord,
});
const authors = defineCollection({
  loader: load('orrery-authors', ({ authors }) => authors.map((author) => [author.slug, author])),
  schema: AuthorRecord,
});
/** All in one record: of a collection that holds none Astro warns as of a mistake, and most planets have no rule. */
const rules = defineCollection({
  loader: load('orrery-rules', ({ rules }) => [['planet', { rules }]]),
  schema: z.strictObject({ rules: z.array(RuleRecord) }),
});
const counts = defineCollection({
  loader: load('orrery-counts', ({ counts }) => [['planet', counts]]),
  schema: Counts,
});
/** The operator's own pages, by hand, in MDX. */
const pages = defineCollection({
  loader: glob({ pattern: '*.mdx', base: join(contentFolder(), 'pages') }),
  schema: z.strictObject({
    title: z.string(),
    description: z.string(),
    /** Place among the links at the foot of every page. */
    order: z.number().default(0),
  }),
});

export const collections = { feeds, entries, authors, rules, counts, pages };
