import type { SearchIndex } from './search-periods.ts';
import { type Facet, facets, filtersOf, type SearchQuery } from './search-query.ts';

/** The part of Pagefind's own module that we use. It is written beside the site after the build, and is no import of ours. */
interface Pagefind {
  options(options: { baseUrl: string; basePath: string }): Promise<void>;
  mergeIndex(path: string): Promise<void>;
  /** Fetches the filters of all facets: until then a search counts those only that it was asked to filter by. */
  filters(): Promise<unknown>;
  search(words: string | null, options: { filters: object; sort?: Record<string, 'asc' | 'desc'> }): Promise<Answer>;
}

interface Answer {
  results: { id: string; data(): Promise<Hit> }[];
  /** By facet and value, how many entries a further choice would leave. */
  filters: Partial<Record<string, Record<string, number>>>;
}

/** One entry found. All of it is text, the excerpt excepted (see `piecesOf`). */
export interface Hit {
  url: string;
  excerpt: string;
  meta: Partial<Record<'title' | 'author' | 'feed' | 'date', string>>;
}

export interface Found {
  results: Answer['results'];
  counts: Record<Facet, Record<string, number>>;
}

export type Engine = (query: SearchQuery) => Promise<Found>;

/** Fetches the search engine: some tens of kilobytes, so only when somebody searches. `base` is the site's own. */
export async function loadEngine(base: string): Promise<Engine> {
  const { engine, bundles }: SearchIndex = await (await fetch(`${base}pagefind/bundles.json`)).json();
  const home = `${base}pagefind/engine/${engine}/`;
  const pagefind: Pagefind = await import(/* @vite-ignore */ `${home}pagefind.js`);
  await pagefind.options({ baseUrl: base, basePath: home });
  await Promise.all(bundles.map(({ period }) => pagefind.mergeIndex(`${base}pagefind/${period}/`)));
  await pagefind.filters();
  return async (query) => {
    const words = query.words === '' ? null : query.words;
    // Without words every entry matches as well as any other: only the date can order them.
    const sort = query.newestFirst || words === null ? { sort: { date: 'desc' as const } } : {};
    const ask = (without?: Facet) => pagefind.search(words, { filters: filtersOf(query, without), ...sort });
    const answer = await ask();
    const counts = await Promise.all(
      facets.map(async (facet) => {
        // What another choice in the same facet would leave, only the question without that facet can tell.
        const asked = query.chosen[facet].length > 0 ? await ask(facet) : answer;
        return [facet, asked.filters[facet] ?? {}] as const;
      }),
    );
    return { results: answer.results, counts: Object.fromEntries(counts) as Found['counts'] };
  };
}
