/** What counts as a hit, and which comes first. */

import type { Facts } from '../../core/search-periods.ts';
import { type Facet, facets, type SearchQuery } from '../../core/search-query.ts';
import { lettersToBegin, placesOf, readKey, type Term } from '../../core/search-words.ts';

/** One key of the index that was found in a page. */
interface Found {
  key: string;
  /** How often, where a part of a longer word counts half. */
  often: number;
}

/** How well a word of a page fits a word of the question. */
const [NOT, BEGINS, STEM, TYPED] = [0, 1, 2, 3] as const;

export function fits({ isQuoted, isOpen }: Term, form: string, stem: string, key: string): number {
  const word = readKey(key);
  if (word.form === form) return TYPED;
  if (isQuoted) return NOT;
  if (word.stem === stem) return STEM;
  return isOpen && form.length >= lettersToBegin(form) && word.form.startsWith(form) ? BEGINS : NOT;
}

/** A page that holds every word of a question. */
export interface Match {
  /** How well the word fits that fits least; and the same in the title, or `NOT`. */
  level: number;
  title: number;
  /** For each form how much it is of the page, from 0 to less than 3. */
  weights: number[];
}

/** What the index tells of a page that may be a match. */
export interface FoundPage {
  found: readonly Found[];
  /** Keys found in its title, and in what else is told of it. */
  inTitle: readonly string[];
  inFacts: readonly string[];
  /** How many words it has. */
  words: number;
}

/**
 * A page as a match of a question, null where a word of it is missing.
 * @param stems of all forms of the terms, in their order
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

/** How long a post is. The average of a bundle would rank a post by its neighbours, and that of all is not known to a search. */
const USUAL_WORDS = 400;

/** BM25: the tenth time says less than the first, and in a long text each says less. */
function saturated(often: number, words: number): number {
  const [k1, b] = [1.4, 0.75];
  return ((k1 + 1) * often) / (k1 * (1 - b + (b * words) / USUAL_WORDS) + often);
}

/** BM25 again: how much a word says that so many of the pages hold. */
export function rarityOf(pages: number, all: number): number {
  return Math.log(1 + (all - pages + 0.5) / (pages + 0.5));
}

/** How many pages hold a word, of which Pagefind tells the rarity alone. */
export function foundPages(rarity: number, all: number): number {
  return (all + 1) / Math.exp(rarity) - 0.5;
}

/** From here on an answer is so good that none elsewhere can be expected to be much better. */
export const SURE = 5;

/**
 * How well a page answers: best is a title that holds the question as typed. Of one word its very form in the text says more
 * than another form in the title; of several words a title that holds them all says more than a text. Then come words as
 * typed, in other forms, as beginnings.
 */
export function tierOf({ level, title, weights }: Match): number {
  if (title === TYPED) return SURE + 1;
  if (weights.length === 1 ? level === TYPED : title === STEM) return SURE;
  return title === STEM ? SURE - 1 : level;
}

export const isSure = (match: Match): boolean => tierOf(match) >= SURE;

/**
 * Best first: by tier; among equals by how much of a page the words of the question are, rare ones before frequent ones; then
 * as they come, which is newest first.
 * @param rarities of all forms of the question
 */
export function inOrder<T extends { match: Match }>(hits: readonly T[], rarities: readonly number[]): T[] {
  const scored = hits.map((hit) => {
    const score = hit.match.weights.reduce((sum, weight, form) => sum + weight * (rarities[form] ?? 0), 0);
    return { hit, tier: tierOf(hit.match), score: Math.round(score * 10) };
  });
  return scored.sort((a, b) => b.tier - a.tier || b.score - a.score).map(({ hit }) => hit);
}

/** By facet, the values of a page. */
export type Values = Record<Facet, string[]>;

export function valuesOf({ values, pages }: Facts, id: string): Values {
  const own: Values = { feed: [], author: [], year: [] };
  for (const at of pages[id] ?? []) {
    const [name, value] = values[at] ?? [];
    for (const facet of facets) if (facet === name && value !== undefined) own[facet].push(value);
  }
  return own;
}

/** Whether a page has one of the chosen values in each facet. `without` leaves one facet open. */
export function isChosen({ chosen }: SearchQuery, values: Values, without?: Facet): boolean {
  return facets.every(
    (facet) =>
      facet === without || chosen[facet].length === 0 || chosen[facet].some((one) => values[facet].includes(one)),
  );
}

export type Counts = Record<Facet, Record<string, number>>;

/**
 * By facet and value, how many pages another choice would leave.
 * @param all values that there are: of some nothing may be left
 */
export function facetCounts(query: SearchQuery, pages: Iterable<Values>, all: Facts['values']): Counts {
  // Without a prototype: a feed or an author may be named "constructor".
  const counts: Counts = { feed: Object.create(null), author: Object.create(null), year: Object.create(null) };
  for (const [name, value] of all) for (const facet of facets) if (facet === name) counts[facet][value] = 0;
  for (const values of pages) {
    for (const facet of facets) {
      // What another choice in the same facet would leave, only the question without that facet can tell.
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

const PLACES_OF_EXCERPT = 30;
/** What stands before the first word found. */
const PLACES_BEFORE = 5;

/** The part of a text that holds most of the places found, in pieces. */
export function excerptOf(text: string, found: readonly number[]): Piece[] {
  const all = placesOf(text);
  const within = (from: number) => found.filter((place) => place >= from && place < from + PLACES_OF_EXCERPT).length;
  const densest = found.reduce((best, from) => (within(from) > within(best) ? from : best), found[0] ?? 0);
  const begin = Math.max(0, Math.min(densest - PLACES_BEFORE, all.length - PLACES_OF_EXCERPT));
  const marked = new Set(found);
  const pieces: Piece[] = [];
  for (const [at, { from, to, text: word }] of all.slice(begin, begin + PLACES_OF_EXCERPT).entries()) {
    const before = all[begin + at - 1];
    const gap = at > 0 && before !== undefined ? text.slice(before.to, from) : '';
    const isMarked = marked.has(begin + at);
    const last = pieces.at(-1);
    if (last === undefined) pieces.push({ text: word, marked: isMarked });
    else if (last.marked === isMarked) last.text += text.slice(from - gap.length, to);
    else if (isMarked) {
      last.text += gap;
      pieces.push({ text: word, marked: true });
    } else pieces.push({ text: gap + word, marked: false });
  }
  return pieces;
}

/** Whether one letter is left out, put in, changed or exchanged for the next: then both have a word in common when one letter is left out. */
export function isNear(a: string, b: string): boolean {
  const shorter = (word: string) => [word, ...[...word].map((_, at, all) => all.toSpliced(at, 1).join(''))];
  const of = new Set(shorter(a));
  return shorter(b).some((word) => of.has(word));
}
