/** Cuts texts into the words of the index. A query has fewer: the index has what other readers type, at no cost for the search. */

import { coresOf, fold, isUnspaced, otherWriting, placesOf, withGershayim } from '../../../src/core/search-words.ts';

/** Two letters of one word for many readers: `ジョン・スミス`, but not `東京・大阪`, and the breaks of Khmer and Burmese. */
const PAIR = /^.\p{M}*\u200b*.\p{M}*$|^[\p{sc=Katakana}ー][・･]\p{sc=Katakana}/u;
const PARTS = /[\p{L}\p{M}\p{N}]+(?:(?:[+]+|#)(?![\p{L}\p{N}]))?/gu;
const CAMEL_CASE_PARTS = /\p{Lu}+(?![\p{Ll}\p{M}])|\p{Lu}?\p{M}*\p{Ll}[\p{Ll}\p{M}]*/gu;

/** A form of a word. */
export interface Word {
  form: string;
  /** Whether it is a part of a longer word, as `js` in `node.js`. */
  isPart: boolean;
}

/**
 * The words at each place of a text (`placesOf`).
 * @param cache the words of earlier texts: texts share most of their words
 */
export function cutWords(whole: string, cache = new Map<string, Word[]>()): Word[][] {
  return placesOf(whole).map(({ text, from }, place, places) => {
    let words = cache.get(text);
    if (words) return words;
    if (isUnspaced(text)) {
      const next = places[place + 1];
      const pair = next && isUnspaced(next.text) && PAIR.test(whole.slice(from, next.to)) ? next.text : '';
      return [{ form: fold(text + pair), isPart: false }];
    }
    words = wordsOf(text);
    cache.set(text, words);
    return words;
  });
}

function wordsOf(text: string): Word[] {
  // Two thirds of all texts: with all rules below, an index took a tenth longer.
  const plain = /^[A-Z]?[a-z]{1,99}(?=[.,;:!?)]*$)/.exec(text)?.[0];
  if (plain !== undefined) return [{ form: plain.toLowerCase(), isPart: false }];
  const broken = text.split('\u200c');
  const pieces = [...(broken.length > 1 ? broken.flatMap(coresOf) : []), ...groupedNumbers(text)];
  return [
    ...coresOf(withGershayim(text)).flatMap(wordsOfCore),
    ...pieces.map((piece) => ({ form: fold(piece), isPart: true })),
  ];
}

/** A number whose digits are in groups of three: `1,024`, which readers type as `1024`. */
const GROUPED = /(?<![\p{N}.,])\p{Nd}{1,3}(?:[.,٬'’]\p{Nd}{3})+(?!\p{N})/gu;

function groupedNumbers(text: string): string[] {
  return (text.match(GROUPED) ?? []).map((number) => number.replace(/\P{Nd}/gu, ''));
}

function wordsOfCore(core: string): Word[] {
  const whole = new Set([...writings(core), ...otherSpellings(core)]);
  const names = core.split(/[.@/]/).filter((name) => name !== '');
  const inner = (core.match(PARTS) ?? []).flatMap((part) => [part, ...camelCaseParts(part), ...latinParts(part)]);
  const parts = new Set([...names.flatMap(writings), ...inner.map(fold)]);
  for (const form of whole) parts.delete(form);
  return [
    ...[...whole].map((form) => ({ form, isPart: false })),
    ...[...parts].map((form) => ({ form, isPart: true })),
  ];
}

function writings(name: string): string[] {
  const form = fold(name);
  return [form, otherWriting(form)];
}

/** An article or an ending with an apostrophe: `l'arbre`, `we'll`. */
const ELISION = /^(?:[cdjlmnst]|.*qu|.*ll|un)'|'(?:[dmst]|ll|re|ve)$/u;

/** A nasal before a consonant has two spellings in Hindi and Gujarati: हिन्दी, हिंदी. The groups are those of the consonants. */
const NASAL = /[ङञणनम]्(?=[क-भ])|[ઙઞણનમ]્(?=[ક-ભ])/g;
const NASAL_DOT = /[ंँં](?=([क-ङ])|([च-ञ])|([ट-ण])|([त-न])|([प-म])|([ક-ઙ])|([ચ-ઞ])|([ટ-ણ])|([ત-ન])|([પ-મ]))/g;
const NASALS = ['ङ्', 'ञ्', 'ण्', 'न्', 'म्', 'ઙ્', 'ઞ્', 'ણ્', 'ન્', 'મ્'];

/** What other readers type for a word: `oreilly`, `компютер`, `2024` for २०२४, हिंदी. The search needs no rules for it. */
function otherSpellings(core: string): string[] {
  const form = fold(core);
  const spellings = [ELISION.test(form) ? form : form.replaceAll("'", ''), form.replaceAll('ґ', 'г')];
  if (/^[\0-\u08ff]*$/.test(core)) return spellings;
  const dotted = core.replace(NASAL, (nasal) => (nasal < 'અ' ? 'ं' : 'ં'));
  const spelled = core.replace(NASAL_DOT, (_, ...groups) => NASALS[groups.findIndex(Boolean)] ?? '');
  return [...spellings, ...[dotted, spelled].map(fold), form.replace(/\p{Nd}/gu, digitOf)];
}

/** The value of a digit. Code points of zeros are multiples of 16, and those of Indian scripts 6 more. */
function digitOf(digit: string): string {
  return `${(digit.charCodeAt(0) - (/[०-෯]/.test(digit) ? 6 : 0)) & 15}`;
}

/** `AI` of `AI는`: Korean, Arabic and Hebrew join their particles to words of other scripts. */
function latinParts(word: string): string[] {
  return /(?!\p{sc=Latin})\p{L}/u.test(word) ? (word.match(/[\p{sc=Latin}\p{N}]+/gu) ?? []) : [];
}

/** `camel` and `Case` for `camelCase`; empty for a word without a capital letter inside. */
function camelCaseParts(word: string): string[] {
  const parts = word.match(CAMEL_CASE_PARTS) ?? [];
  return parts.length > 1 ? parts : [];
}
