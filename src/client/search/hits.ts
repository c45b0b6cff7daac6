/** The rules for hits and their order. */

import type { Facts } from '../../core/search-periods.ts';
import { byFacet, type Facet, facets, type SearchQuery } from '../../core/search-query.ts';
import { lettersToBegin, placesOf, readKey, type Term } from '../../core/search-words.ts';

/** A key of the index that was found in a page. */
interface Found {
  key: string;
  /** The number of occurrences; a part of a longer word counts half. */
  often: number;
}

/** The ways in which a word of a page matches a word of the query, from bad to good. */
const [NOT, BEGINS, STEM, TYPED] = [0, 1, 2, 3] as const;

export function fits({ isQuoted, isOpen }: Term, form: string, stem: string, key: string): number {
  const word = readKey(key);
  if (word.form === form) return TYPED;
  if (isQuoted) return NOT;
  if (word.stem === stem) return STEM;
  return isOpen && form.length >= lettersToBegin(form) && word.form.startsWith(form) ? BEGINS : NOT;
}

/** A page that has every word of a query. */
export interface Match {
  /** The worst match of its words; the same for the title alone, or `NOT`. */
  level: number;
  title: number;
  /** The weight of each form in the page, from 0 to less than 3. */
  weights: number[];
}

/** A page in the index that may be a match. */
export interface FoundPage {
  found: readonly Found[];
  /** Keys found in its title, and in its author or feed. */
  inTitle: readonly string[];
  inFacts: readonly string[];
  /** The number of its words. */
  words: number;
}

/**
 * A page as a match of a query; null if a word is missing.
 * @param stems the stems of all forms of the terms, in their order
 */
export function matchOf(terms: readonly Term[], stems: readonly string[], page: FoundPage): Match | null {
  const match: Match = { level: TYPED, title: TYPED, weights: [] };
  for (const term of terms) {
    for (const form of term.forms) {
      const stem = stems[match.weights.length] ?? form;
      const best = (keys: readonly string[]) => Math.max(NOT, ...keys.map((key) => fits(term, form, stem, key)));
      const title = best(page.inTitle);
      const level = Math.max(best(page.found.map(({ key }) => key)), title, best(page.inFacts));
      if (level === NOT) return null;
      match.level = Math.min(match.level, level);
      match.title = Math.min(match.title, title);
      const same = page.found.filter(({ key }) => fits(term, form, stem, key) === level);
      match.weights.push(
        saturated(
          same.reduce((sum, { often }) => sum + often, 0),
          page.words,
        ),
      );
    }
  }
  return match;
}

/** The usual length of a post. A constant: the average of a bundle would rank a post by its neighbours, and no search knows all bundles. */
const USUAL_WORDS = 400;

/** The weight of a word by BM25 (https://en.wikipedia.org/wiki/Okapi_BM25): more occurrences and longer texts count less and less. */
function saturated(often: number, words: number): number {
  const [k1, b] = [1.4, 0.75];
  return ((k1 + 1) * often) / (k1 * (1 - b + (b * words) / USUAL_WORDS) + often);
}

/** The weight of a word's rarity by BM25. */
export function rarityOf(pages: number, all: number): number {
  return Math.log(1 + (all - pages + 0.5) / (pages + 0.5));
}

/** The number of pages with a word, computed from its rarity, which is all that Pagefind returns. */
export function foundPages(rarity: number, all: number): number {
  return (all + 1) / Math.exp(rarity) - 0.5;
}

/** From this tier on, other bundles are not searched for better hits. */
export const SURE = 5;

/**
 * The rank of a hit. The best is a title with the query as typed. For one word, the typed form in the text is better than another
 * form in the title; for several words, a title with all of them is better than a text. Then come words as typed, in other
 * forms, and as beginnings.
 */
export function tierOf({ level, title, weights }: Match): number {
  if (title === TYPED) return SURE + 1;
  if (weights.length === 1 ? level === TYPED : title === STEM) return SURE;
  return title === STEM ? SURE - 1 : level;
}

export const isSure = (match: Match): boolean => tierOf(match) >= SURE;

/**
 * The best first: by tier, then by the weights of the words and their rarity, then newest first, which is the given order.
 * @param rarities the rarity of each form of the query
 */
export function inOrder<T extends { match: Match }>(hits: readonly T[], rarities: readonly number[]): T[] {
  const scored = hits.map((hit) => {
    const score = hit.match.weights.reduce((sum, weight, form) => sum + weight * (rarities[form] ?? 0), 0);
    return { hit, tier: tierOf(hit.match), score: Math.round(score * 10) };
  });
  return scored.sort((a, b) => b.tier - a.tier || b.score - a.score).map(({ hit }) => hit);
}

/** The values of a page by facet. */
export type Values = Record<Facet, string[]>;

export function valuesOf({ values, pages }: Facts, id: string): Values {
  const own: Values = byFacet(() => []);
  for (const at of pages[id] ?? []) {
    const [facet, value] = values[at] ?? [];
    if (facet !== undefined && value !== undefined) own[facet].push(value);
  }
  return own;
}

/** Whether a page has one of the chosen values in each facet, except in the facet `without`. */
export function isChosen({ chosen }: SearchQuery, values: Values, without?: Facet): boolean {
  return facets.every(
    (facet) =>
      facet === without || chosen[facet].length === 0 || chosen[facet].some((one) => values[facet].includes(one)),
  );
}

export type Counts = Record<Facet, Record<string, number>>;

/**
 * The number of pages for each value of a facet, if it was chosen.
 * @param all all values, also those without pages
 */
export function facetCounts(query: SearchQuery, pages: Iterable<Values>, all: Facts['values']): Counts {
  // Without a prototype: a feed or an author may be named "constructor".
  const counts: Counts = byFacet(() => Object.create(null));
  for (const [facet, value] of all) counts[facet][value] = 0;
  for (const values of pages) {
    for (const facet of facets) {
      // Ignores the choice in the same facet, because another choice would replace it.
      if (!isChosen(query, values, facet)) continue;
      for (const value of values[facet]) counts[facet][value] = (counts[facet][value] ?? 0) + 1;
    }
  }
  return counts;
}

/** A piece of an excerpt, as plain text. */
export interface Piece {
  text: string;
  marked: boolean;
}

/** Words of an excerpt. */
const PLACES_OF_EXCERPT = 30;
/** Words before the first found one. */
const PLACES_BEFORE = 5;

/** The part of a text with the most found places, in pieces. */
export function excerptOf(text: string, found: readonly number[]): Piece[] {
  const all = placesOf(text);
  const within = (from: number) => found.filter((place) => place >= from && place < from + PLACES_OF_EXCERPT).length;
  const densest = found.reduce((best, from) => (within(from) > within(best) ? from : best), found[0] ?? 0);
  const begin = Math.max(0, Math.min(densest - PLACES_BEFORE, all.length - PLACES_OF_EXCERPT));
  const pieces: { from: number; to: number; marked: boolean }[] = [];
  for (const [at, { from, to }] of all.slice(begin, begin + PLACES_OF_EXCERPT).entries()) {
    const marked = found.includes(begin + at);
    const last = pieces.at(-1);
    // What is between a marked word and another one is not marked.
    if (last?.marked === false && marked) last.to = from;
    if (last?.marked === marked) last.to = to;
    else pieces.push({ from: last?.marked ? last.to : from, to, marked });
  }
  return pieces.map(({ from, to, marked }) => ({ text: text.slice(from, to), marked }));
}

/**
 * Whether two words differ by one missing, added, changed or swapped letter: then both become the same word without one letter
 * (https://github.com/wolfgarbe/SymSpell).
 */
export function isNear(a: string, b: string): boolean {
  const shorter = (word: string) => [word, ...[...word].map((_, at, all) => all.toSpliced(at, 1).join(''))];
  const of = new Set(shorter(a));
  return shorter(b).some((word) => of.has(word));
}
