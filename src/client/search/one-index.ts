/** Searches one index with Pagefind. */

import { askedFor, endedForm, placeOfSpot, readKey } from '../../core/search-keys.ts';
import type { SearchMeta } from '../../core/search-periods.ts';
import type { Term } from '../../core/search-words.ts';
import { excerptOf, type FoundPage, fits, foundPages, isNear, matchOf, type Piece } from './hits.ts';

/** The used part of Pagefind's module. The build publishes it with the site; it is not bundled. */
export interface PagefindModule {
  Pagefind: new (options: {
    basePath: string;
    baseUrl: string;
    language: string;
    metaCacheTag: string;
  }) => PagefindInstance;
}

/** One index. In its playground mode a result has the words of the index that were found in a page. */
export interface PagefindInstance {
  enterPlaygroundMode(): Promise<void>;
  search(words: string | null, options: { sort?: Record<string, 'asc' | 'desc'> }): Promise<Answer>;
}

interface Answer {
  results: Result[];
  /** The stems of the searched words, and their rarity. */
  search_keywords?: string[];
  query_term_idfs?: { idf: number }[];
}

interface Result extends FoundPage {
  id: string;
  /** Places. */
  words: number[];
  data(): Promise<Fragment>;
}

interface Fragment {
  url: string;
  content: string;
  meta: SearchMeta;
  weighted_locations: { location: number; verbose?: { word_string: string } }[];
}

/** A found entry. All fields are plain text. */
export interface Hit {
  url: string;
  excerpt: Piece[];
  meta: SearchMeta;
}

/** The hits of a query in one bundle, newest first. */
export interface Found {
  /** The number of its entries with each form. */
  pages: number[];
  hits: FoundHit[];
}

type FoundHit = ReturnType<typeof matchesIn>[number];

/**
 * What to ask an index: first its longest word, probably the rarest, then twice as many words each time. If no entry has them, the
 * files of the others are not fetched.
 */
function steps(terms: readonly Term[]): (readonly Term[])[] {
  const longestFirst = [...terms].sort((a, b) => String(b.forms).length - String(a.forms).length);
  const all: (readonly Term[])[] = [terms];
  for (let some = terms.length / 2; some >= 1; some /= 2) all.unshift(longestFirst.slice(0, some));
  return all;
}

/** Searches for all terms; returns the newest first, and all entries if there are no terms. */
export function ask(instance: PagefindInstance, terms: readonly Term[]): Promise<Answer> {
  const words = terms.flatMap(({ forms }) => forms.map(askedFor)).join(' ');
  return instance.search(words || null, { sort: { date: 'desc' } });
}

/** The hits of an index; all its entries if there are no terms. */
export async function searchIndex(instance: PagefindInstance, entries: number, terms: readonly Term[]): Promise<Found> {
  let answer: Answer = { results: [] };
  let hits: FoundHit[] = [];
  for (const asked of steps(terms)) {
    answer = await ask(instance, asked);
    hits = matchesIn(answer, asked);
    if (!hits[0]) return { pages: [], hits };
  }
  const pages = (answer.query_term_idfs ?? []).map(({ idf }) => foundPages(idf, entries));
  for (const { forms } of terms) if (forms[1]) hits = await asPhrase(instance, forms, hits);
  return { pages, hits };
}

function matchesIn({ results, search_keywords: stems = [] }: Answer, terms: readonly Term[]) {
  const asked = terms.flatMap((term) => term.forms.map((form) => ({ term, form })));
  /** Whether a word of the query matches a key. */
  const isAsked = (key: string) => asked.some(({ term, form }, at) => fits(term, form, stems[at] ?? form, key) > 0);
  return results.flatMap((result) => {
    const match = matchOf(terms, stems, result);
    return match ? [{ match, result, isAsked }] : [];
  });
}

/** The hits in which the words follow each other. */
async function asPhrase(instance: PagefindInstance, forms: readonly string[], hits: FoundHit[]): Promise<FoundHit[]> {
  const answers = await Promise.all(forms.map((form) => instance.search(endedForm(form), {})));
  const places = answers.map(
    ({ results }) => new Map(results.map(({ id, words }) => [id, new Set(words.map(placeOfSpot))])),
  );
  return hits.filter(({ result: { id } }) =>
    [...(places[0]?.get(id) ?? [])].some((place) => places.every((each, at) => each.get(id)?.has(place + at))),
  );
}

/** The parts of an entry that a result shows. Pagefind returns its whole text. */
export async function hitOf({ result, isAsked }: FoundHit): Promise<Hit> {
  const { url, content, meta, weighted_locations } = await result.data();
  const places = weighted_locations.filter(({ verbose }) => isAsked(verbose?.word_string ?? ''));
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
export async function nearest(instances: readonly PagefindInstance[], form: string): Promise<string | null> {
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

/** The terms, each of which may be the beginning of a word. */
export function asBeginnings(terms: readonly Term[]): Term[] {
  return terms.map((term) => ({ ...term, isOpen: true }));
}

/** Caches the last thousands of results of a function, by its argument as JSON. */
export function cached<A, R>(make: (given: A) => Promise<R>): (given: A) => Promise<R> {
  const results = new Map<string, Promise<R>>();
  return (given) => {
    const key = JSON.stringify(given);
    const promise = results.get(key) ?? make(given);
    if (results.size > 1000) results.clear();
    results.set(key, promise);
    return promise;
  };
}
