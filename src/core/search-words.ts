/** The words of texts and queries. The index (scripts/site/search/cut-words.ts) and the search share it, so that both have the same words. */

/** Letters of scripts without spaces. Their words are indexed as pairs of letters, which needs no dictionary in the browser. */
export const UNSPACED = '\\p{sc=Hani}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}ー々';
const LETTER_OR_WORD = new RegExp(`[${UNSPACED}]\\p{M}*|[^${UNSPACED}\\s\u200b・･]+`, 'gu');
const BEGINS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');
export const isUnspaced = (text: string): boolean => BEGINS_UNSPACED.test(text);
/**
 * The number of letters from which on a prefix is searched: shorter ones have too many matches. The index has a file for each prefix of
 * this length. `fold` splits Korean syllables into letters, and a letter of an Indian script from its vowel sign.
 */
export const lettersToBegin = (text: string): number =>
  isUnspaced(text) ? 1 : /^\p{sc=Hang}|^.\p{Co}/u.test(text) ? 2 : 3;
/** Characters that separate words: `foo(bar)` has two. */
const BREAKS = /[^\p{L}\p{M}\p{N}_.@/#+'·-]+/u;
/** Signs that Pagefind must not remove from a query. */
export const SIGNS = [...".@/#+'·-_"];
/**
 * A word with the signs that belong to it: `C++`, `C#`, `.NET`, `@scope/name`. Of a longer word, which is a pasted file, only the
 * beginning: a search for any word near it in the index would load it.
 */
const CORE = /[.@]?[\p{L}\p{N}_](?:.{0,500}[\p{L}\p{M}\p{N}_])?(?:[+]+|#)?/u;

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
  // Letters of Urdu, Kurdish and Azerbaijani that other keyboards lack.
  ہ: 'ه',
  ە: 'ه',
  ə: 'e',
  'ँ': 'ं',
};
const DIGIT = /[٠-٩۰-۹]/;
/** In scripts from Thaana on, and in Japanese, marks are vowels: without them it is another word. In others people leave them out when they type, and the dot of Hindi. */
const VOWEL = /(?!\u093c)[\u07a6-\u1cff\u3099\u309a\ua800-\uabff]/;
/** Pagefind removes all marks, so the kept ones become characters of the private use area from here on. */
const PRIVATE = 0xf0000;

/** The form of a word for comparisons: `strasse` for `Straße` and `STRASSE`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, (letter) => LETTERS[letter] ?? (DIGIT.test(letter) ? `${letter.charCodeAt(0) & 15}` : letter))
    .replace(/\p{M}/gu, (mark) => (VOWEL.test(mark) ? String.fromCodePoint(PRIVATE + (mark.codePointAt(0) ?? 0)) : ''));
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

/**
 * `email` for `e-mail`, `usa` for `U.S.A.`, and `5.2` for `v5.2`, as others write them:
 * https://github.com/rstudio/bookdown/issues/701. A number keeps its hyphens: `10-20`.
 */
export function otherWriting(form: string): string {
  return form.replace(/^(?:\p{L}[^.@/]*|(?:\p{L}{1,2}\.)+\p{L}{1,2})$/u.test(form) ? /[-.·]/g : /^v(?=\d+\.)/, '');
}

/** Hebrew abbreviations have a quotation mark inside, which is an apostrophe here: צה״ל, צה"ל. */
export function withGershayim(text: string): string {
  return text.replace(/([א-ת])["״”](?=[א-ת])/g, "$1'");
}

/**
 * Without the line that stretches Arabic words, the tones of Armenian, and breaks and joiners within words, which many readers do not
 * type; with one sign for all apostrophes, of which Ukrainian, Hawaiian and Hebrew have their own.
 */
export function coresOf(text: string): string[] {
  return text
    .replace(/[‘’ʼʻ׳]/g, "'")
    .replace(/[‐‑־]/g, '-')
    .replace(/[ـ՛-՞\p{Cf}]/gu, '')
    .split(BREAKS)
    .flatMap((piece) => CORE.exec(piece)?.[0] ?? []);
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
  const terms = withGershayim(question)
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
    if (!isUnspaced(text)) {
      terms.push(...coresOf(text).map((core) => ({ forms: [otherWriting(fold(core))] })));
      continue;
    }
    const last = terms.at(-1);
    if (last && end === from) {
      if (last.isOpen) last.forms.pop();
      last.forms.push(fold(before + text));
      last.isOpen = false;
    } else {
      // The index has pairs only: one letter matches the pairs that begin with it.
      terms.push({ forms: [fold(text)], isOpen: true });
    }
    [end, before] = [to, text];
  }
  return terms;
}
