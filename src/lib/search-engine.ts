import type { Bundle, SearchIndex } from './search-periods.ts';
import { type Facet, facets, filtersOf, type SearchQuery } from './search-query.ts';

/** The part of Pagefind's own module that we use. It is written beside the site after the build, and is no import of ours. */
interface Pagefind {
  createInstance(options: { basePath: string; baseUrl: string; metaCacheTag: string }): PagefindInstance;
}

/** Searches the indexes that were merged into it. */
interface PagefindInstance {
  mergeIndex(path: string, options: { language: string; baseUrl: string; metaCacheTag: string }): Promise<void>;
  /** Fetches the filters of all facets: until then a search counts those only that it was asked to filter by. */
  filters(): Promise<unknown>;
  search(words: string | null, options: { filters: object; sort?: Record<string, 'asc' | 'desc'> }): Promise<Answer>;
}

interface Answer {
  results: Result[];
  /** By facet and value, how many entries a further choice would leave. */
  filters: Partial<Record<string, Record<string, number>>>;
}

interface Result {
  score: number;
  data(): Promise<Hit>;
}

/** One entry found. All of it is text, the excerpt excepted (see `piecesOf`). */
export interface Hit {
  url: string;
  excerpt: string;
  meta: Partial<Record<'title' | 'author' | 'feed' | 'date', string>>;
}

export type Counts = Record<Facet, Record<string, number>>;

/** Where a site's search is, and the language of its pages. */
export interface Place {
  /** The site's own base: `/` or `/sub/path/`. */
  base: string;
  language: string;
}

/** Searches bundles as one index: filters, order and counts are as if there were no more than one. */
export interface Engine {
  /** Newest first. */
  bundles: readonly Bundle[];
  /** How many entries of these bundles answer the question, and the first `show` of them. */
  find(query: SearchQuery, bundles: readonly Bundle[], show: number): Promise<{ total: number; hits: Hit[] }>;
  /** By facet and value, how many entries another choice would leave. */
  count(query: SearchQuery, bundles: readonly Bundle[]): Promise<Counts>;
}

/**
 * Fetches the search engine: some tens of kilobytes, so only when somebody searches. An index is fetched when it is asked.
 * Each gets an instance of Pagefind of its own: merged into one, all would be asked each time, and what they found would
 * come in the order of its score, whatever order was asked for. They share the program, which is kept by the browser.
 */
export async function loadEngine({ base, language }: Place): Promise<Engine> {
  const root = `${base}pagefind/`;
  const { engine, bundles }: SearchIndex = await (await fetch(`${root}bundles.json`)).json();
  const home = `${root}engine/${engine}/`;
  const pagefind: Pagefind = await import(/* @vite-ignore */ `${home}pagefind.js`);
  const open = async ({ period, tag }: Bundle): Promise<PagefindInstance> => {
    const instance = pagefind.createInstance({ basePath: home, baseUrl: base, metaCacheTag: engine });
    await instance.mergeIndex(`${root}${period}/`, { language, baseUrl: base, metaCacheTag: tag });
    return instance;
  };
  const opened = new Map<string, Promise<PagefindInstance>>();
  let last: Promise<unknown> = Promise.resolve();
  const get = (bundle: Bundle) => {
    // One after the other: two that start at the same time overwrite each other's program (Pagefind 1.5).
    const instance = opened.get(bundle.period) ?? last.then(() => open(bundle));
    opened.set(bundle.period, instance);
    last = instance;
    return instance;
  };
  return {
    bundles,
    async find(query, bundles, show) {
      const answers = await Promise.all(bundles.map(async (bundle) => ask(await get(bundle), query)));
      const results = inOrder(query, answers);
      return { total: results.length, hits: await Promise.all(results.slice(0, show).map(read)) };
    },
    async count(query, bundles) {
      return sum(await Promise.all(bundles.map(async (bundle) => countIn(await get(bundle), query))));
    },
  };
}

/** Of what Pagefind says of an entry, its whole text included, what is shown. */
async function read(result: Result): Promise<Hit> {
  const { url, excerpt, meta } = await result.data();
  return { url, excerpt, meta };
}

function ask(instance: PagefindInstance, query: SearchQuery, without?: Facet): Promise<Answer> {
  const words = wordsOf(query);
  const sort = byDate(query) ? { sort: { date: 'desc' as const } } : {};
  return instance.search(words, { filters: filtersOf(query, without), ...sort });
}

function wordsOf({ words }: SearchQuery): string | null {
  return words === '' ? null : words;
}

/** Without words every entry matches as well as any other: only the date can order them. */
function byDate(query: SearchQuery): boolean {
  return query.newestFirst || wordsOf(query) === null;
}

/** What several bundles, newest first, have found. None holds anything newer than what is in the one before. */
function inOrder(query: SearchQuery, answers: readonly Answer[]): Result[] {
  const results = answers.flatMap(({ results }) => results);
  return byDate(query) ? results : results.sort((a, b) => b.score - a.score);
}

async function countIn(instance: PagefindInstance, query: SearchQuery): Promise<Counts> {
  await instance.filters();
  const counts = await Promise.all(
    facets.map(async (facet) => {
      // What another choice in the same facet would leave, only the question without that facet can tell.
      const { filters } = await ask(instance, query, query.chosen[facet].length > 0 ? facet : undefined);
      return [facet, filters[facet] ?? {}] as const;
    }),
  );
  return Object.fromEntries(counts) as Counts;
}

function sum(all: readonly Counts[]): Counts {
  // Without a prototype: a feed or an author may be named "constructor".
  const total: Counts = { feed: Object.create(null), author: Object.create(null), year: Object.create(null) };
  for (const counts of all) {
    for (const facet of facets) {
      for (const [value, count] of Object.entries(counts[facet]))
        total[facet][value] = (total[facet][value] ?? 0) + count;
    }
  }
  return total;
}
