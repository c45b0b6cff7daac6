/** Splits texts and queries into words. The index and the search share it, so that both have the same words. */

/** Letters of scripts without spaces. Their words are indexed as pairs of letters, which needs no dictionary in the browser. */
export const UNSPACED =
  '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}\\u30fc\\u3005';
const LETTER_OR_WORD = new RegExp(`[${UNSPACED}]\\p{M}*|[^${UNSPACED}\\s\u200b]+`, 'gu');
const BEGINS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');
export const isUnspaced = (text: string): boolean => BEGINS_UNSPACED.test(text);
/**
 * The number of letters from which on a prefix is searched: shorter ones have too many matches. The index has a file for each prefix of
 * this length. `fold` splits Korean syllables into letters, and a letter of an Indian script from its vowel sign.
 */
export const lettersToBegin = (text: string): number =>
  isUnspaced(text) ? 1 : /^\p{sc=Hangul}|^.\p{Co}/u.test(text) ? 2 : 3;
/** Characters that separate words: `foo(bar)` has two. */
const BREAKS = /[^\p{L}\p{M}\p{N}_.@/#+'-]+/u;
/** Signs that Pagefind must not remove from a query. */
export const SIGNS = [...".@/#+'-_"];
/**
 * A word with the signs that belong to it: `C++`, `C#`, `.NET`, `@scope/name`. Of a longer word, which is a pasted file, only the
 * beginning: a search for any word near it in the index would load it.
 */
const CORE = /[.@]?[\p{L}\p{N}_](?:.{0,500}[\p{L}\p{M}\p{N}_])?(?:[+]+|#)?/u;
const PARTS = /[\p{L}\p{M}\p{N}]+(?:(?:[+]+|#)(?![\p{L}\p{N}]))?/gu;
const CAMEL_CASE_PARTS = /\p{Lu}+(?![\p{Ll}\p{M}])|\p{Lu}?[\p{Ll}\p{M}]+/gu;

/** Letters that Unicode normalisation does not split. */
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
  // A keyboard for Persian has other letters than one for Arabic, whose stems need its own.
  ی: 'ي',
  ى: 'ي',
  ک: 'ك',
};
const DIGIT = /[٠-٩۰-۹]/;
/** In the scripts whose accents people leave out when they type. In others, marks are vowels, as in Japanese: without them it is another word. */
const ACCENT = /(?![\u3099\u309a])[\p{sc=Inherited}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Cyrillic}\p{sc=Latin}\p{sc=Greek}]/u;
/** Pagefind removes all marks, so the kept ones become characters of the private use area from here on. */
const PRIVATE = 0xf0000;

/** The form of a word for comparisons: `strasse` for `Straße` and `STRASSE`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, (letter) => LETTERS[letter] ?? (DIGIT.test(letter) ? `${letter.charCodeAt(0) & 15}` : letter))
    .replace(/\p{M}/gu, (mark) =>
      ACCENT.test(mark) ? '' : String.fromCodePoint(PRIVATE + (mark.codePointAt(0) ?? 0)),
    );
}

/** A folded text with its vowel signs and whole Korean syllables, as readers write it. */
export function unfold(text: string): string {
  return text.replace(/\p{Co}/gu, (mark) => String.fromCodePoint((mark.codePointAt(0) ?? 0) - PRIVATE)).normalize();
}

/** The texts between two spaces, or single letters of scripts without spaces, with their positions in the text. */
export function placesOf(text: string) {
  return [...text.matchAll(LETTER_OR_WORD)].map(({ 0: word, index }) => ({
    text: word,
    from: index,
    to: index + word.length,
  }));
}

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
export function cutWords(text: string, cache = new Map<string, Word[]>()): Word[][] {
  return placesOf(text).map(({ text, to }, place, places) => {
    let words = cache.get(text);
    if (words) return words;
    if (isUnspaced(text)) {
      const next = places[place + 1];
      const pair = next?.from === to && isUnspaced(next.text) ? next.text : '';
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
  const pieces = broken.length > 1 ? broken.flatMap(coresOf) : [];
  return [...coresOf(text).flatMap(wordsOfCore), ...pieces.map((piece) => ({ form: fold(piece), isPart: true }))];
}

function wordsOfCore(core: string): Word[] {
  const whole = new Set(writings(core));
  const names = core.split(/[.@/]/).filter((name) => name !== '');
  const inner = (core.match(PARTS) ?? []).flatMap((part) => [part, ...camelCaseParts(part)]);
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

/**
 * `email` for `e-mail`, and `5.2` for `v5.2`, as others write them: https://github.com/rstudio/bookdown/issues/701. A number keeps its
 * hyphens: `10-20`.
 */
function otherWriting(form: string): string {
  return /^\p{L}[^.@/]*$/u.test(form) ? form.replace(/-/g, '') : form.replace(/^v(?=\d+\.)/, '');
}

/** Without the line that stretches Arabic words, and the break within a Persian one, which many readers do not type; with one sign for all apostrophes, of which Ukrainian, Hawaiian and Hebrew have their own. */
function coresOf(text: string): string[] {
  return text
    .replace(/[’ʼʻ׳]/g, "'")
    .replace(/[‐‑]/g, '-')
    .replace(/[ـ\u200c]/g, '')
    .split(BREAKS)
    .flatMap((piece) => CORE.exec(piece)?.[0] ?? []);
}

/** `camel` and `Case` for `camelCase`; empty for a word without a capital letter inside. */
function camelCaseParts(word: string): string[] {
  const parts = word.match(CAMEL_CASE_PARTS) ?? [];
  return parts.length > 1 ? parts : [];
}

/** A word or a phrase of a query. */
export interface Term {
  /** They must be in consecutive places. */
  forms: string[];
  /** Whether only exactly these forms match. */
  isQuoted?: boolean;
  /** Whether it may be the beginning of a word that the reader is still typing. */
  isOpen?: boolean;
}

export function termsOf(question: string): Term[] {
  const terms = question
    .split(/["“”„«»]/)
    .flatMap((piece, at, all) => (at % 2 === 1 && at < all.length - 1 ? quotedTerms(piece) : plainTerms(piece)));
  const last = terms.at(-1);
  if (last?.forms.length === 1 && !last.isQuoted && !/["\s]$/.test(question)) last.isOpen = true;
  return terms;
}

function quotedTerms(piece: string): Term[] {
  const forms = placesOf(piece).some(({ text }) => isUnspaced(text))
    ? plainTerms(piece).flatMap(({ forms }) => forms)
    : coresOf(piece).map(fold);
  return forms.length > 0 ? [{ forms, isQuoted: true }] : [];
}

function plainTerms(piece: string): Term[] {
  const terms: Term[] = [];
  let [end, before] = [-1, ''];
  for (const { text, from, to } of placesOf(piece)) {
    const last = terms.at(-1);
    if (!isUnspaced(text)) {
      terms.push(...coresOf(text).map((core) => ({ forms: [otherWriting(fold(core))] })));
    } else if (last !== undefined && end === from) {
      if (last.isOpen) last.forms.pop();
      last.forms.push(fold(before + text));
      last.isOpen = false;
    } else {
      // The index has pairs only: one letter matches the pairs that begin with it.
      terms.push({ forms: [fold(text)], isOpen: true });
    }
    [end, before] = [isUnspaced(text) ? to : -1, text];
  }
  return terms;
}
