import type { Bundle, Facts, SearchIndex } from '../../core/search-periods.ts';
import { hasFilters, type SearchQuery } from '../../core/search-query.ts';
import { fold, type Term, termsOf, unfold } from '../../core/search-words.ts';
import { finderOf } from './finder.ts';
import { facetCounts, inOrder, isChosen, rarityOf, SURE, tierOf, valuesOf } from './hits.ts';
import {
  asBeginnings,
  ask,
  cached,
  type Found,
  type Hit,
  hitOf,
  nearest,
  type PagefindInstance,
  type PagefindModule,
  searchIndex,
} from './one-index.ts';

/** The site's base path: `/` or `/sub/path/`. This script is in a folder in it. */
const base = new URL('..', location.href).pathname;
const root = `${base}pagefind/`;
const load = async (path: string) => (await fetch(root + path)).json();

export type FoundHits = Awaited<ReturnType<Engine['find']>>;

/** Searches bundles as one index: filters, order and counts do not depend on the bundles. */
export type Engine = Awaited<ReturnType<typeof loadEngine>>;

/**
 * Loads Pagefind, some tens of kilobytes, at the first search; an index at its first query. Each bundle is its own index: in a
 * merged one, Pagefind would search all of them each time. Throws if a file cannot be loaded.
 */
export async function loadEngine() {
  // Not from a cache: all other files are named after their content, and an old list names those of an earlier build.
  const index: SearchIndex = await load(`bundles.json?${Date.now()}`);
  const { engine, finder } = index;
  const home = `${root}engine/${engine}/`;
  const { Pagefind }: PagefindModule = await import(/* @vite-ignore */ `${home}pagefind.js`);
  let last: Promise<unknown> = Promise.resolve();
  // One after the other: two instances that start at the same time overwrite each other's WebAssembly.
  const open = cached(({ period, tag }: Pick<Bundle, 'period' | 'tag'>): Promise<PagefindInstance> => {
    const opened = last.then(async () => {
      const instance = new Pagefind({
        basePath: `${root}${period}/`,
        baseUrl: base,
        // `termsOf` splits queries into words for all languages.
        language: 'unknown',
        metaCacheTag: tag,
      });
      await instance.enterPlaygroundMode();
      return instance;
    });
    last = opened;
    return opened;
  });
  const facts = cached(({ period, tag }: Bundle): Promise<Facts> => load(`${period}/facts.json?${tag}`));
  const foundIn = cached(async ([bundle, terms]: readonly [Bundle, readonly Term[]]) =>
    searchIndex(await open(bundle), bundle.entries, terms),
  );
  /** Searches each bundle, and tells whether entries have all words whole. If none has, each word may be the beginning of a word. */
  const foundInAll = async ({ words }: SearchQuery, bundles: readonly Bundle[]): Promise<[Found[], boolean]> => {
    const terms = termsOf(words);
    // Words without a letter, as `?!`.
    if (words && !terms[0]) return [[], true];
    const askAll = (terms: readonly Term[]) => Promise.all(bundles.map((bundle) => foundIn([bundle, terms])));
    const whole = await askAll(terms);
    const isWhole = whole.some(({ hits }) => hits[0]);
    return [isWhole ? whole : await askAll(asBeginnings(terms)), isWhole];
  };
  return {
    /** The address of Pagefind's folder. */
    home,
    list: async () => index,
    holding: finderOf(
      index,
      cached((name) => load(`finder/${finder}/${name}.json`)),
      async (terms) =>
        // The folder is named after its content.
        (await ask(await open({ period: `finder/${finder}`, tag: '' }), terms)).search_keywords,
    ),
    /** The number of hits in these bundles, and the first `show` of them. */
    async find(query: SearchQuery, bundles: readonly Bundle[], show: number) {
      const [found, isWhole] = await foundInAll(query, bundles);
      const allFacts = hasFilters(query) ? await Promise.all(bundles.map(facts)) : [];
      const hits = found.flatMap(({ hits }, at) =>
        hits.filter(({ result }) => isChosen(query, valuesOf(allFacts[at], result.id))),
      );
      // Of all bundles: the order of hits must not depend on the searched ones.
      const entries = index.bundles.reduce((sum, bundle) => sum + bundle.entries, 0);
      const forms = termsOf(query.words).flatMap(({ forms }) => forms);
      const rarities = forms.map((_, form) =>
        rarityOf(
          found.reduce((sum, { pages }) => sum + (pages[form] ?? 0), 0),
          entries,
        ),
      );
      const ordered = query.newestFirst ? hits : inOrder(hits, rarities);
      const asked = fold(query.words);
      const shown = await Promise.all(ordered.slice(0, show).map(hitOf));
      const isAsked = ({ meta }: Hit) => Number(!query.newestFirst && fold(meta.title ?? '') === asked);
      return {
        total: hits.length,
        hits: shown.sort((a, b) => isAsked(b) - isAsked(a)),
        /** Whether the words were found whole. */
        isWhole,
        /** Whether a hit is so good that no other bundles are searched. */
        isSure: query.newestFirst || hits.some(({ match }) => tierOf(match) >= SURE),
      };
    },
    /** The number of entries for each value of a facet, if it was chosen. */
    async count(query: SearchQuery, bundles: readonly Bundle[]) {
      const [found] = await foundInAll(query, bundles);
      const allFacts = await Promise.all(bundles.map(facts));
      const pages = found.flatMap(({ hits }, at) => hits.map(({ result }) => valuesOf(allFacts[at], result.id)));
      return facetCounts(
        query,
        pages,
        allFacts.flatMap(({ values }) => values),
      );
    },
    /** The query with similar words that have hits, for a query without hits; null if there are none, or only its own words. */
    async near(query: SearchQuery, bundles: readonly Bundle[]): Promise<string | null> {
      const terms = termsOf(query.words);
      if (terms.some(({ forms, isQuoted }) => isQuoted || forms[1])) return null;
      const forms = terms.flatMap(({ forms }) => forms);
      const instances = await Promise.all(bundles.slice(0, 2).map(open));
      const better = await Promise.all(forms.map((form) => nearest(instances, form)));
      const words = better.join(' ');
      // Filters may leave no hit for words that the index has.
      return better.includes(null) || words === forms.join(' ') ? null : unfold(words);
    },
  };
}
