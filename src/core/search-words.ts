/** How texts and questions become words: shared by the index and the search, so that both mean the same by a word. */

/** Scripts that are written without spaces. Their words are asked for by pairs of letters, in any browser and without a dictionary. */
const UNSPACED =
  '[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\u30fc\\u3005]';
const RUN = /[^\s\u200b]+/gu;
const HAS_UNSPACED = new RegExp(UNSPACED, 'u');
const LETTER_OR_WORD = new RegExp(`${UNSPACED}\\p{M}*|(?:(?!${UNSPACED}).)+`, 'gu');
const BEGINS_UNSPACED = new RegExp(`^${UNSPACED}`, 'u');
const isUnspaced = (text: string): boolean => BEGINS_UNSPACED.test(text);
/** How many letters begin a word well enough: fewer begin too much. The index keeps what begins with as many in one file. Korean is taken apart into the letters of its syllables. */
export const lettersToBegin = (text: string): number => (isUnspaced(text) ? 1 : /^\p{sc=Hangul}/u.test(text) ? 2 : 3);
/** Whatever never stands inside a word: `foo(bar)` is two. */
const BREAKS = /[^\p{L}\p{M}\p{N}_.@/#+'‐‑-]+/u;
/** Signs that Pagefind must leave in a question. */
export const SIGNS = [...".@/#+'-_"];
/** A word with the signs that belong to it: `C++`, `C#`, `.NET`, `@scope/name`. */
const CORE = /[.@]?[\p{L}\p{N}_](?:.*[\p{L}\p{N}\p{M}_])?(?:[+]+|#)?/u;
const PARTS = /[\p{L}\p{M}\p{N}]+(?:(?:[+]+|#)(?![\p{L}\p{N}]))?/gu;
const HUMPS = /\p{Lu}+(?![\p{Ll}\p{M}])|\p{Lu}?[\p{Ll}\p{M}]+/gu;

/** Letters that Unicode does not take apart. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ħ: 'h',
  ς: 'σ',
};
/** Marks that people leave out when they type. Those of other scripts are vowels: without them it is another word. */
const ACCENT = /[\p{sc=Inherited}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Cyrillic}\p{sc=Latin}\p{sc=Greek}]/u;
const VOICED = /[\u3099\u309a]/;
/** Pagefind drops all marks: here these are letters. */
const PRIVATE = 0xf0000;

/** A word as it is compared: `Straße` and `STRASSE` are `strasse`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßøłđðæœıþħς]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/\p{M}/gu, (mark) =>
      ACCENT.test(mark) && !VOICED.test(mark) ? '' : String.fromCodePoint(PRIVATE + (mark.codePointAt(0) ?? 0)),
    );
}

/** A run of letters between spaces, or one letter of a script without spaces. */
export interface WordPlace {
  text: string;
  from: number;
  to: number;
}

export function placesOf(text: string): WordPlace[] {
  return [...text.matchAll(RUN)].flatMap(({ 0: run, index }) =>
    HAS_UNSPACED.test(run)
      ? [...run.matchAll(LETTER_OR_WORD)].map((letter) => placeAt(letter[0], index + letter.index))
      : placeAt(run, index),
  );
}

function placeAt(text: string, from: number): WordPlace {
  return { text, from, to: from + text.length };
}

/** A word of a text. */
export interface Word {
  form: string;
  /** Number of its place. */
  place: number;
  /** Whether it is a part of a longer word: `js` in `node.js`. */
  isPart: boolean;
}

/** @param known what was made of the same letters before: most words of a text are in the text before, too */
export function cutWords(text: string, known = new Map<string, Omit<Word, 'place'>[]>()): Word[] {
  const words: Word[] = [];
  const places = placesOf(text);
  for (const [place, { text, to }] of places.entries()) {
    const seen = known.get(text);
    if (!seen && isUnspaced(text)) {
      const next = places[place + 1];
      const pair = next?.from === to && isUnspaced(next.text) ? next.text : '';
      words.push({ form: fold(text + pair), place, isPart: false });
      continue;
    }
    const forms = seen ?? formsOf(text);
    if (!seen) known.set(text, forms);
    for (const { form, isPart } of forms) words.push({ form, place, isPart });
  }
  return words;
}

function formsOf(text: string): Omit<Word, 'place'>[] {
  return coresOf(text).flatMap((core) => {
    const form = fold(core);
    const names = core.split(/[.@/]/).filter((name) => name !== '');
    const parts = new Set(
      [...names, ...(core.match(PARTS) ?? []).flatMap((part) => [part, ...humpsOf(part)])].map(fold),
    );
    parts.delete(form);
    return [{ form, isPart: false }, ...[...parts].map((form) => ({ form, isPart: true }))];
  });
}

function coresOf(text: string): string[] {
  return text
    .replaceAll('’', "'")
    .replaceAll(/[‐‑]/g, '-')
    .split(BREAKS)
    .flatMap((piece) => CORE.exec(piece)?.[0] ?? []);
}

/** `camel` and `Case`; of a word without a capital inside nothing. */
function humpsOf(part: string): string[] {
  const humps = part.match(HUMPS) ?? [];
  return humps.length > 1 ? humps : [];
}

/** A word of a question, or a phrase. */
export interface Term {
  /** Must stand in places that follow each other. */
  forms: string[];
  /** Whether only the very forms will do. */
  isQuoted: boolean;
  /** Whether it may be the beginning of a word, for it is still being typed. */
  isOpen: boolean;
}

export function termsOf(question: string): Term[] {
  const terms = question
    .split(/["“”„«»]/u)
    .flatMap((piece, at, all) => (at % 2 === 1 && at < all.length - 1 ? quoted(piece) : loose(piece)));
  const last = terms.at(-1);
  if (last?.forms.length === 1 && !last.isQuoted && !/["\s]$/u.test(question)) last.isOpen = true;
  return terms;
}

function quoted(piece: string): Term[] {
  const forms = placesOf(piece).some(({ text }) => isUnspaced(text))
    ? loose(piece).flatMap(({ forms }) => forms)
    : coresOf(piece).map(fold);
  return forms.length > 0 ? [{ forms, isQuoted: true, isOpen: false }] : [];
}

function loose(piece: string): Term[] {
  const terms: Term[] = [];
  let end = -1;
  for (const { text, from, to } of placesOf(piece)) {
    const last = terms.at(-1);
    if (!isUnspaced(text)) {
      terms.push(...coresOf(text).map((core) => ({ forms: [fold(core)], isQuoted: false, isOpen: false })));
    } else if (last !== undefined && end === from) {
      const open = last.isOpen ? (last.forms.pop() ?? '') : (last.forms.at(-1) ?? '').replace(FIRST, '');
      last.forms.push(open + fold(text));
      last.isOpen = false;
    } else {
      // One letter begins the pairs that it is in.
      terms.push({ forms: [fold(text)], isQuoted: false, isOpen: true });
    }
    end = isUnspaced(text) ? to : -1;
  }
  return terms;
}

/** The first letter of a pair, with what belongs to it. */
const FIRST = /^.\p{Co}*/u;

/** What an Arabic or Hebrew word is without its article. */
export function baseOf(form: string): string {
  return form.replace(/^(?:[وفبك]?ال|لل|ה)(?=\p{L}{3})/u, '');
}

/** Pagefind knows the stems of words that are nothing but letters. */
export function hasStem(form: string): boolean {
  return /^\p{L}+$/u.test(form) && !isUnspaced(form);
}

/** Pagefind tells of one word for each place: a word and its parts stand at different ones, four to a place of ours. */
const SPOTS = 4;

export function spotsOf(words: readonly Word[]): { form: string; isPart: boolean; spot: number }[] {
  let [last, parts] = [-1, 0];
  return words.map(({ form, place, isPart }) => {
    parts = place === last ? parts + 1 : 0;
    last = place;
    return { form, isPart, spot: place * SPOTS + Math.min(parts, SPOTS - 1) };
  });
}

export function placeOfSpot(spot: number): number {
  return Math.floor(spot / SPOTS);
}

const [STEM_AFTER, FORM_AFTER] = ['\u0001', '\u0002'];

/**
 * The keys of a word in the index. A search finds every key that begins with the stem of the question, and never a shorter
 * one: none of them begins a word, for each holds a sign that no word has.
 */
export function keysOf(form: string, stem: string): string[] {
  const key = `${form}${STEM_AFTER}${stem === form ? '' : stem}`;
  return form.startsWith(stem) ? [key] : [key, `${stem}${FORM_AFTER}${form}`];
}

export function readKey(key: string): { form: string; stem: string } {
  const [first = '', second = ''] = key.split(/[\u0001\u0002]/u);
  return key.includes(FORM_AFTER) ? { form: second, stem: first } : { form: first, stem: second || first };
}

/** What to ask for, so that all keys of a form are among those found: Pagefind takes for a stem what ends in letters, be it `init.pi` of `init.py`. */
export function askedFor(form: string): string {
  const base = baseOf(form);
  return hasStem(base) ? base : base.replace(/(?<=\P{L})\p{L}+$/u, '');
}

/** Asks for the very form. */
export function endedForm(form: string): string {
  return `${form}${STEM_AFTER}`;
}
