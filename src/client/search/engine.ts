import type { Bundle, Facts, SearchIndex } from '../../core/search-periods.ts';
import { facets, type SearchQuery } from '../../core/search-query.ts';
import { askedFor, endedForm, fold, placeOfSpot, readKey, type Term, termsOf } from '../../core/search-words.ts';
import {
  type Counts,
  excerptOf,
  facetCounts,
  fits,
  foundPages,
  inOrder,
  isChosen,
  isNear,
  isSure,
  type Match,
  matchOf,
  type Piece,
  rarityOf,
  SURE,
  tierOf,
  valuesOf,
} from './hits.ts';

/** The used part of Pagefind's module. The build publishes it with the site; it is not bundled. */
interface PagefindModule {
  Pagefind: new (options: {
    basePath: string;
    baseUrl: string;
    language: string;
    metaCacheTag: string;
  }) => PagefindInstance;
}

/** One index. In its playground mode a result has the words of the index that were found in a page. */
interface PagefindInstance {
  enterPlaygroundMode(): Promise<void>;
  search(words: string | null, options: { sort?: Record<string, 'asc' | 'desc'> }): Promise<Answer>;
}

interface Answer {
  results: Result[];
  /** The stems of the searched words, and their rarity. */
  search_keywords?: string[];
  query_term_idfs?: { idf: number }[];
}

interface Result {
  id: string;
  /** Places. */
  words: number[];
  scores?: { search_term: string; params: { weighted_term_frequency: number } }[];
  verbose_meta_scores?: { field_name: string; matched_terms: string[] }[];
  params?: { document_length: number };
  data(): Promise<Fragment>;
}

interface Fragment {
  url: string;
  content: string;
  meta: Hit['meta'];
  weighted_locations: { location: number; verbose?: { word_string: string } }[];
}

/** A found entry. All fields are plain text. */
export interface Hit {
  url: string;
  excerpt: Piece[];
  meta: Partial<Record<'title' | 'author' | 'feed' | 'date' | 'face', string>>;
}

/** The place of a site's search. */
export interface IndexPlace {
  /** The site's base path: `/` or `/sub/path/`. */
  base: string;
}

export interface FoundHits {
  total: number;
  /** The first hits. */
  hits: Hit[];
  /** Whether a hit is so good that no other bundles are searched. */
  isSure: boolean;
}

/** The most older bundles to search if there are ten hits but none is sure. */
const MOST_FOR_BETTER = 5;

/** Searches bundles as one index: filters, order and counts do not depend on the bundles. */
export interface Engine {
  /** The address of Pagefind's folder. */
  home: string;
  /** The list of all bundles. */
  list(): Promise<SearchIndex>;
  /** The older bundles that may have all words of a query; with `isBetter`, only a few that may have better hits. */
  holding(query: SearchQuery, older: readonly Bundle[], isBetter: boolean): Promise<readonly Bundle[]>;
  /** The number of hits in these bundles, and the first `show` of them. */
  find(query: SearchQuery, bundles: readonly Bundle[], show: number): Promise<FoundHits>;
  /** The number of entries for each value of a facet, if it was chosen. */
  count(query: SearchQuery, bundles: readonly Bundle[]): Promise<Counts>;
  /** The query with similar words that have hits, for a query without hits; null if there are none. */
  near(query: SearchQuery, bundles: readonly Bundle[]): Promise<string | null>;
}

/** The hits of a query in one bundle, newest first. */
interface Found {
  terms: readonly Term[];
  stems: readonly string[];
  /** The number of its entries with each form. */
  pages: number[];
  hits: { match: Match; result: Result }[];
}

/**
 * Loads Pagefind, some tens of kilobytes, at the first search; an index at its first query. Each bundle is its own index: in a
 * merged one, Pagefind would search all of them each time. Throws if a file cannot be loaded.
 */
export async function loadEngine({ base }: IndexPlace): Promise<Engine> {
  const root = `${base}pagefind/`;
  const index: SearchIndex = await (await fetch(`${root}bundles.json`)).json();
  const { engine, finder } = index;
  const home = `${root}engine/${engine}/`;
  const { Pagefind }: PagefindModule = await import(/* @vite-ignore */ `${home}pagefind.js`);
  const open = async (name: string, tag: string): Promise<PagefindInstance> => {
    // `termsOf` splits queries into words for all languages.
    const instance = new Pagefind({
      basePath: `${root}${name}/`,
      baseUrl: base,
      language: 'unknown',
      metaCacheTag: tag,
    });
    await instance.enterPlaygroundMode();
    return instance;
  };
  const opened = new Map<string, Promise<PagefindInstance>>();
  let last: Promise<unknown> = Promise.resolve();
  const get = (name: string, tag: string) => {
    // One after the other: two instances that start at the same time overwrite each other's WebAssembly.
    const instance = opened.get(name) ?? last.then(() => open(name, tag));
    opened.set(name, instance);
    last = instance;
    return instance;
  };
  const facts = cached(
    async ({ period, tag }: Bundle): Promise<Facts> => (await fetch(`${root}${period}/facts.json?${tag}`)).json(),
    ({ period }) => period,
  );
  const foundIn = cached(
    async ({ period, tag, entries }: Bundle, words: string, terms: readonly Term[]) =>
      search(await get(period, tag), entries, words === '' ? null : terms),
    ({ period }, words, terms) => `${period} ${terms.every(({ isOpen }) => isOpen)} ${words}`,
  );
  /** Searches each bundle. If no entry has all words, each word may be the beginning of a word. */
  const foundInAll = async ({ words }: SearchQuery, bundles: readonly Bundle[]): Promise<Found[]> => {
    const terms = termsOf(words);
    const whole = await Promise.all(bundles.map((bundle) => foundIn(bundle, words, terms)));
    if (whole.some(({ hits }) => hits.length > 0)) return whole;
    const open = terms.map((term) => ({ ...term, isOpen: true }));
    return Promise.all(bundles.map((bundle) => foundIn(bundle, words, open)));
  };
  return {
    home,
    list: async () => index,
    async holding({ words }, older, isBetter) {
      if (words === '') return isBetter ? [] : older;
      if (finder === undefined) return older;
      const terms = termsOf(words).map(({ forms, isQuoted }) => ({ forms, isQuoted, isOpen: !isQuoted }));
      const answer = await ask(await get('finder', finder), terms, {});
      const tiers = new Map(matchesIn(answer, terms).map(({ match, result }) => [result.id, tierOf(match)]));
      const tier = ({ period }: Bundle) => tiers.get(period) ?? 0;
      const known = older.filter((bundle) => tier(bundle) > 0);
      if (!isBetter) return known;
      const sure = known.filter((bundle) => tier(bundle) >= SURE).sort((a, b) => tier(b) - tier(a));
      return sure.slice(0, MOST_FOR_BETTER);
    },
    async find(query, bundles, show) {
      const found = await foundInAll(query, bundles);
      const kept = await Promise.all(
        bundles.map(async (bundle, at) => {
          const { hits = [], terms = [], stems = [] } = found[at] ?? {};
          const all = hits.map(({ match, result }) => ({ match, result, terms, stems }));
          if (facets.every((facet) => query.chosen[facet].length === 0)) return all;
          const known = await facts(bundle);
          return all.filter(({ result }) => isChosen(query, valuesOf(known, result.id)));
        }),
      );
      const hits = kept.flat();
      // Of all bundles: the order of hits must not depend on the searched ones.
      const entries = index.bundles.reduce((sum, bundle) => sum + bundle.entries, 0);
      const rarities = (found[0]?.stems ?? []).map((_, form) =>
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
        isSure: query.words === '' || query.newestFirst || hits.some(({ match }) => isSure(match)),
      };
    },
    async count(query, bundles) {
      const found = await foundInAll(query, bundles);
      const known = await Promise.all(bundles.map(facts));
      const pages = known.flatMap((each, at) => (found[at]?.hits ?? []).map(({ result }) => valuesOf(each, result.id)));
      return facetCounts(
        query,
        pages,
        known.flatMap(({ values }) => values),
      );
    },
    async near({ words }, bundles) {
      const terms = termsOf(words);
      if (terms.some(({ forms, isQuoted }) => isQuoted || forms.length > 1)) return null;
      const instances = await Promise.all(bundles.slice(0, 2).map(({ period, tag }) => get(period, tag)));
      const better = await Promise.all(terms.map(({ forms: [form = ''] }) => nearest(instances, form)));
      return better.some((word) => word === null) ? null : better.join(' ');
    },
  };
}

/** Caches the last hundreds of results of a function. */
function cached<A extends unknown[], R>(make: (...given: A) => Promise<R>, name: (...given: A) => string) {
  const known = new Map<string, Promise<R>>();
  return (...given: A): Promise<R> => {
    const key = name(...given);
    const promise = known.get(key) ?? make(...given);
    if (known.size > 300) known.clear();
    known.set(key, promise);
    return promise;
  };
}

function ask(
  instance: PagefindInstance,
  terms: readonly Term[],
  options: { sort?: { date: 'desc' } },
): Promise<Answer> {
  return instance.search(terms.flatMap(({ forms }) => forms.map(askedFor)).join(' '), options);
}

const NEWEST_FIRST = { sort: { date: 'desc' as const } };

/** The hits of an index; all its entries if there are no terms. */
async function search(instance: PagefindInstance, entries: number, terms: readonly Term[] | null): Promise<Found> {
  if (terms === null) {
    const { results } = await instance.search(null, NEWEST_FIRST);
    const match = { level: 0, title: 0, weights: [] };
    return { terms: [], stems: [], pages: [], hits: results.map((result) => ({ match, result })) };
  }
  const answer = terms.length === 0 ? { results: [] } : await ask(instance, terms, NEWEST_FIRST);
  const pages = (answer.query_term_idfs ?? []).map(({ idf }) => foundPages(idf, entries));
  let hits = matchesIn(answer, terms);
  for (const { forms } of terms) if (forms.length > 1) hits = await asPhrase(instance, forms, hits);
  return { terms, stems: answer.search_keywords ?? [], pages, hits };
}

function matchesIn({ results, search_keywords: stems = [] }: Answer, terms: readonly Term[]): Found['hits'] {
  return results.flatMap((result) => {
    const { scores = [], verbose_meta_scores: fields = [], params } = result;
    const keys = (isTitle: boolean) =>
      fields.flatMap(({ field_name, matched_terms }) => ((field_name === 'title') === isTitle ? matched_terms : []));
    const match = matchOf(terms, stems, {
      found: scores.map(({ search_term, params }) => ({ key: search_term, often: params.weighted_term_frequency })),
      inTitle: keys(true),
      inFacts: keys(false),
      words: params?.document_length ?? 0,
    });
    return match === null ? [] : [{ match, result }];
  });
}

/** The hits in which the words follow each other. */
async function asPhrase(
  instance: PagefindInstance,
  forms: readonly string[],
  hits: Found['hits'],
): Promise<Found['hits']> {
  const answers = await Promise.all(forms.map((form) => instance.search(endedForm(form), {})));
  const places = answers.map(
    ({ results }) => new Map(results.map(({ id, words }) => [id, new Set(words.map(placeOfSpot))])),
  );
  const [first, ...others] = places;
  return hits.filter(({ result: { id } }) =>
    [...(first?.get(id) ?? [])].some((place) => others.every((other, at) => other.get(id)?.has(place + at + 1))),
  );
}

/** The parts of an entry that a result shows. Pagefind returns its whole text. */
async function hitOf({ result, terms, stems }: { result: Result } & Pick<Found, 'terms' | 'stems'>): Promise<Hit> {
  const { url, content, meta, weighted_locations } = await result.data();
  const asked = terms.flatMap((term) => term.forms.map((form) => ({ term, form })));
  const isFound = (key: string) => asked.some(({ term, form }, at) => fits(term, form, stems[at] ?? form, key) > 0);
  const places = weighted_locations.filter(({ verbose }) => isFound(verbose?.word_string ?? ''));
  return {
    url,
    excerpt: excerptOf(
      content,
      places.map(({ location }) => placeOfSpot(location)),
    ),
    meta,
  };
}

/** The word itself if the index has it, else the most frequent similar word; null if there is none. */
async function nearest(instances: readonly PagefindInstance[], form: string): Promise<string | null> {
  const begin = [...form].slice(0, 2).join('');
  const answers = await Promise.all(instances.map((instance) => instance.search(begin, {})));
  const pages = new Map<string, number>();
  for (const { scores = [] } of answers.flatMap(({ results }) => results))
    for (const { search_term } of scores) {
      const word = readKey(search_term).form;
      if (isNear(word, form)) pages.set(word, (pages.get(word) ?? 0) + 1);
    }
  return pages.has(form) ? form : ([...pages].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null);
}
