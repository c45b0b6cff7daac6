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

/** The part of Pagefind's own module that we use. It is written beside the site after the build, and is no import of ours. */
interface PagefindModule {
  Pagefind: new (options: {
    basePath: string;
    baseUrl: string;
    language: string;
    metaCacheTag: string;
  }) => PagefindInstance;
}

/** One index. In its playground mode an answer tells which words of the index were found in a page. */
interface PagefindInstance {
  enterPlaygroundMode(): Promise<void>;
  search(words: string | null, options: { sort?: Record<string, 'asc' | 'desc'> }): Promise<Answer>;
}

interface Answer {
  results: Result[];
  /** The stems of the words that were asked for, and how rare each is. */
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

/** One entry found. All of it is text. */
export interface Hit {
  url: string;
  excerpt: Piece[];
  meta: Partial<Record<'title' | 'author' | 'feed' | 'date', string>>;
}

/** Where a site's search is. */
export interface IndexPlace {
  /** The site's own base: `/` or `/sub/path/`. */
  base: string;
}

export interface FoundHits {
  total: number;
  /** The first of them. */
  hits: Hit[];
  /** Whether one is so good that a better one is not worth looking for. */
  isSure: boolean;
}

/** As many older bundles are asked when ten hits are there, and none of them is sure. */
const FOR_BETTER = 5;

/** Searches bundles as one index: filters, order and counts are as if there were no more than one. */
export interface Engine {
  /** Address of the folder that Pagefind itself is in. */
  home: string;
  /** Everything that there is to search. */
  index: SearchIndex;
  /** Of older bundles, those that may hold all words of a question; or the newest of those that may hold them in a title, or one word as typed. */
  holding(query: SearchQuery, older: readonly Bundle[], isBetter: boolean): Promise<readonly Bundle[]>;
  /** How many entries of these bundles answer the question, and the first `show` of them. */
  find(query: SearchQuery, bundles: readonly Bundle[], show: number): Promise<FoundHits>;
  /** By facet and value, how many entries another choice would leave. */
  count(query: SearchQuery, bundles: readonly Bundle[]): Promise<Counts>;
  /** The question in words that there are, for one in which nothing was found. */
  near(query: SearchQuery, bundles: readonly Bundle[]): Promise<string | null>;
}

/** What a bundle has for a question, newest first. */
interface Found {
  terms: readonly Term[];
  stems: readonly string[];
  /** How many of its entries hold each form. */
  pages: number[];
  hits: { match: Match; result: Result }[];
}

/**
 * Fetches the search engine: some tens of kilobytes, so only when somebody searches. An index is fetched when it is asked.
 * Each is an index by itself: merged into one, all would be asked each time. They share the program, which is kept by the browser.
 */
export async function loadEngine({ base }: IndexPlace): Promise<Engine> {
  const root = `${base}pagefind/`;
  const index: SearchIndex = await (await fetch(`${root}bundles.json`)).json();
  const { engine, finder } = index;
  const home = `${root}engine/${engine}/`;
  const { Pagefind }: PagefindModule = await import(/* @vite-ignore */ `${home}pagefind.js`);
  const open = async (name: string, tag: string): Promise<PagefindInstance> => {
    // Questions are cut into words by us, whatever their language.
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
    // One after the other: two that start at the same time overwrite each other's program.
    const instance = opened.get(name) ?? last.then(() => open(name, tag));
    opened.set(name, instance);
    last = instance;
    return instance;
  };
  const facts = remembered(
    async ({ period, tag }: Bundle): Promise<Facts> => (await fetch(`${root}${period}/facts.json?${tag}`)).json(),
    ({ period }) => period,
  );
  const foundIn = remembered(
    async ({ period, tag, entries }: Bundle, words: string, terms: readonly Term[]) =>
      search(await get(period, tag), entries, words === '' ? null : terms),
    ({ period }, words, terms) => `${period} ${terms.every(({ isOpen }) => isOpen)} ${words}`,
  );
  /** In each bundle; where nothing holds all words whole, each may be the beginning of one. */
  const foundInAll = async ({ words }: SearchQuery, bundles: readonly Bundle[]): Promise<Found[]> => {
    const terms = termsOf(words);
    const whole = await Promise.all(bundles.map((bundle) => foundIn(bundle, words, terms)));
    if (whole.some(({ hits }) => hits.length > 0)) return whole;
    const open = terms.map((term) => ({ ...term, isOpen: true }));
    return Promise.all(bundles.map((bundle) => foundIn(bundle, words, open)));
  };
  return {
    home,
    index,
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
      return sure.slice(0, FOR_BETTER);
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
      // Of all that there are: where a hit stands must not depend on how far was searched.
      const entries = index.bundles.reduce((sum, bundle) => sum + bundle.entries, 0);
      const rarities = (found[0]?.stems ?? []).map((_, form) =>
        rarityOf(
          found.reduce((sum, { pages }) => sum + (pages[form] ?? 0), 0),
          entries,
        ),
      );
      const ordered = query.newestFirst ? hits : inOrder(hits, rarities);
      const asked = fold(query.words);
      const shown = await Promise.all(ordered.slice(0, show).map(read));
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

/** Remembers what a function promised, the newest hundreds of it. */
function remembered<A extends unknown[], R>(make: (...given: A) => Promise<R>, name: (...given: A) => string) {
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

/** What an index has for a question; for none all that it has. */
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

/** Of some hits those in which words follow each other. */
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

/** Of what Pagefind says of an entry, its whole text included, what is shown. */
async function read({ result, terms, stems }: { result: Result } & Pick<Found, 'terms' | 'stems'>): Promise<Hit> {
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

/** The word itself where there is one, else the most frequent of those near it; null where there is none. */
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
