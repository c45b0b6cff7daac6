/** The keys of words in the index, and the queries that find them: shared by the index and the search. */

import { fold, isUnspaced, lettersToBegin } from './search-words.ts';

/**
 * Removes the article of an Arabic or Hebrew word, a French, Italian or Catalan word that ends in an apostrophe (`l'arbre`, `dell'arte`), and
 * the English possessive.
 */
export function baseOf(form: string): string {
  return form.replace(/^(?:(?:[وفبك]?ال|لل|ה)(?=\p{L}{3})|(?:[cdjlmnst]|.*qu|.*ll|un)'(?=\p{L}{2}))|'s$/u, '');
}

/** Whether Pagefind stems a form: only words of letters have stems. */
export function hasStem(form: string): boolean {
  return /^\p{L}+$/u.test(form) && !isUnspaced(form);
}

/** Pagefind returns one word for each position, so a word and its parts have different ones: four for each of our places. */
const SPOTS = 4;

/** The position of a word, by its place and its number among the words there. */
export function spotOf(place: number, nth: number): number {
  return place * SPOTS + Math.min(nth, SPOTS - 1);
}

export function placeOfSpot(spot: number): number {
  return (spot / SPOTS) | 0;
}

const STEM_AFTER = '\u0001';
const FORM_AFTER = '\u0002';

/**
 * The keys of a word in the index. Pagefind finds every key that begins with the stem of a query, and shorter keys that the
 * query begins with. Each key has a sign that no word has, so no key is the beginning of a query.
 */
export function keysOf(form: string, stem: string): string[] {
  const key = `${form}${STEM_AFTER}${stem === form ? '' : stem}`;
  return form.startsWith(stem) ? [key] : [key, `${stem}${FORM_AFTER}${form}`];
}

export function readKey(key: string): { form: string; stem: string } {
  const [first = '', second = ''] = key.split(/[\u0001\u0002]/);
  return key.includes(FORM_AFTER) ? { form: second, stem: first } : { form: first, stem: second || first };
}

/** The query that finds all keys of a form. Pagefind also stems words with signs (`init.py` becomes `init.pi`), so their last letters are left out. */
export function askedFor(form: string): string {
  return baseOf(form).replace(/(\P{L})\p{L}+$/u, '$1');
}

/** The query that finds exactly this form. */
export function endedForm(form: string): string {
  return `${form}${STEM_AFTER}`;
}

function numberOf(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1e7, 7);
}

/**
 * The number of parts of a bundle in the finder, each with the same number of consecutive entries. Two words of a query are less often
 * in one part than in one bundle.
 */
export const PARTS = 16;

/** Beginnings of too many words for one file. */
export type Crowded = Record<string, 1>;

/**
 * The first letters of a word: words with the same ones are in the same file of the finder.
 * @param crowded beginnings that need one more letter
 */
export function firstLetters(word: string, crowded: Crowded): string {
  let first = '';
  let left = lettersToBegin(word);
  for (const letter of word) {
    if (left-- < 1 && !crowded[first]) break;
    first += letter;
  }
  return first;
}

/** The number of the finder's file for a word. */
export function fileOfWord(word: string, files: number, crowded: Crowded): number {
  return numberOf(firstLetters(word, crowded)) % files;
}

/**
 * The form under which the finder has a whole title, to find the bundle of a title that is the query: a hash, after a character with
 * which no folded word begins.
 */
export function titleForm(title: string): string {
  return `\u{f0000}${numberOf(fold(title)).toString(36)}`;
}
