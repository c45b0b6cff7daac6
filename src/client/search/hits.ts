/** The rules for hits and their order. */

import { readKey } from '../../core/search-keys.ts';
import type { Facts } from '../../core/search-periods.ts';
import { byFacet, type Facet, facets, type SearchQuery } from '../../core/search-query.ts';
import { lettersToBegin, placesOf, type Term } from '../../core/search-words.ts';

/** The ways in which a word of a page matches a word of the query, from bad to good. */
const NOT = 0;
const BEGINS = 1;
const STEM = 2;
const TYPED = 3;

export function fits({ isQuoted, isOpen }: Term, form: string, stem: string, key: string): number {
  const word = readKey(key);
  if (word.form === form) return TYPED;
  if (isQuoted) return NOT;
  if (word.stem === stem) return STEM;
  return isOpen && [...form].length >= lettersToBegin(form) && word.form.startsWith(form) ? BEGINS : NOT;
}

/** A page that has every word of a query. */
interface Match {
  /** The worst match of its words; the same for the title alone, or `NOT`. */
  level: number;
  title: number;
  /** The weight of each form in the page, from 0 to less than 3. */
  weights: number[];
}

/** A page that Pagefind found, with its keys in the index. */
export interface FoundPage {
  /** Keys in the text, with the number of their occurrences: a part of a longer word counts half. */
  scores?: { search_term: string; params: { weighted_term_frequency: number } }[];
  /** Keys in the title, and in other fields. */
  verbose_meta_scores?: { field_name: string; matched_terms: string[] }[];
  params?: { document_length: number };
}

/**
 * A page as a match of a query; null if a word is missing.
 * @param stems the stems of all forms of the terms, in their order
 */
export function matchOf(
  terms: readonly Term[],
  stems: readonly string[],
  { scores = [], verbose_meta_scores: fields = [], params }: FoundPage,
): Match | null {
  const match: Match = { level: TYPED, title: TYPED, weights: [] };
  const inTitle = fields.flatMap((field) => (field.field_name === 'title' ? field.matched_terms : []));
  const all = [...fields.flatMap((field) => field.matched_terms), ...scores.map(({ search_term }) => search_term)];
  for (const term of terms) {
    for (const form of term.forms) {
      const stem = stems[match.weights.length] ?? form;
      const levelOf = (key: string) => fits(term, form, stem, key);
      const best = (keys: readonly string[]) => Math.max(NOT, ...keys.map(levelOf));
      const level = best(all);
      if (level === NOT) return null;
      match.level = Math.min(match.level, level);
      match.title = Math.min(match.title, best(inTitle));
      const often = scores.reduce(
        (sum, { search_term, params }) => sum + (levelOf(search_term) === level ? params.weighted_term_frequency : 0),
        0,
      );
      match.weights.push(saturated(often, params?.document_length ?? 0));
    }
  }
  return match;
}

/** The usual length of a post. A constant: the average of a bundle would rank a post by its neighbours, and no search knows all bundles. */
const USUAL_WORDS = 400;

/** The usual parameters of BM25. */
const K1 = 1.4;
const B = 0.75;

/** The weight of a word by BM25 (https://en.wikipedia.org/wiki/Okapi_BM25): more occurrences and longer texts count less and less. */
function saturated(often: number, words: number): number {
  return ((K1 + 1) * often) / (K1 * (1 - B + (B * words) / USUAL_WORDS) + often);
}

/** The weight of a word's rarity by BM25. */
export function rarityOf(pages: number, all: number): number {
  return Math.log((all + 1) / (pages + 0.5));
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

/** The values of a page; none without the facts of its bundle. */
export function valuesOf(facts: Facts | undefined, id: string): Facts['values'] {
  // The build wrote both lists together.
  return facts?.pages[id]?.map((at) => facts.values[at] as Facts['values'][number]) ?? [];
}

/** Whether a page has one of the chosen values in each facet, except in the facet `without`. */
export function isChosen({ chosen }: SearchQuery, values: Facts['values'], without?: Facet): boolean {
  return facets.every(
    (facet) =>
      facet === without ||
      !chosen[facet][0] ||
      values.some(([of, value]) => of === facet && chosen[facet].includes(value)),
  );
}

export type Counts = Record<Facet, Map<string, number>>;

/**
 * The number of pages for each value of a facet, if it was chosen.
 * @param all all values, also those without pages
 */
export function facetCounts(query: SearchQuery, pages: Iterable<Facts['values']>, all: Facts['values']): Counts {
  const counts: Counts = byFacet(() => new Map());
  for (const [facet, value] of all) counts[facet].set(value, 0);
  // Ignores the choice in the same facet, because another choice would replace it.
  for (const values of pages)
    for (const [facet, value] of values)
      if (isChosen(query, values, facet)) counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
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

/** The part of a text with the most of these places: its words, and what is between them. Its beginning, if they are all behind its end. */
export function excerptOf(text: string, places: readonly number[]): Piece[] {
  const all = placesOf(text);
  const found = new Set(places.filter((place) => all[place]));
  const within = (from: number) =>
    all.slice(from, from + PLACES_OF_EXCERPT).filter((_, at) => found.has(from + at)).length;
  const [densest = 0] = [...found].sort((a, b) => within(b) - within(a));
  const begin = Math.max(0, Math.min(densest - PLACES_BEFORE, all.length - PLACES_OF_EXCERPT));
  let end = all[begin]?.from ?? 0;
  return all.slice(begin, begin + PLACES_OF_EXCERPT).flatMap(({ from, to }, at) => {
    const between = { text: text.slice(end, from), marked: false };
    end = to;
    const word = text.slice(from, to);
    return [between, ...(found.has(begin + at) ? markedIn(word) : [{ text: word, marked: false }])];
  });
}

/** A found word is marked without punctuation around it, but with the sign of `C#`. */
function markedIn(word: string): Piece[] {
  return word.split(/([\P{P}#](?:.*[\P{P}#])?)/su).map((text, at) => ({ text, marked: at === 1 }));
}

/**
 * Whether two words differ by one missing, added, changed or swapped letter: then both become the same word without one letter
 * (https://github.com/wolfgarbe/SymSpell).
 */
export function isNear(a: string, b: string): boolean {
  // A word may be as long as a file that somebody pasted, and letters may be of two characters.
  if (Math.abs(a.length - b.length) > 2) return false;
  const shorter = (word: string) => [
    word,
    ...[...word].map((_, at, all) => all.filter((_, other) => other !== at).join('')),
  ];
  const of = new Set(shorter(a));
  return shorter(b).some((word) => of.has(word));
}
