import { UNSPACED } from './search-words.ts';

/** In scripts without spaces, each letter counts as a word. */
const WORD = new RegExp(`[${UNSPACED}]|[\\p{L}\\p{N}\\p{M}]+`, 'gu');

/** Further words of a text are ignored. */
const MOST_WORDS = 2000;

/** The least Dice coefficient of word pairs of two versions of one text. Among 436 posts, 3 pairs of different posts reach it. */
const ALIKE = 0.7;

/** Shorter texts must be equal. */
const ENOUGH_WORDS = 6;

/** The words of a text or of safe HTML in lower case, for comparing posts. */
export function significantWords(html: string): string[] {
  const text = html.replace(/<[^>]*>/g, ' ').replace(/&#x26;|&amp;/g, ' ');
  const words: string[] = [];
  // U+02BC is a letter for Unicode, and an apostrophe for who writes it.
  for (const [word] of text.normalize('NFC').replaceAll('ʼ', "'").toLowerCase().matchAll(WORD)) {
    words.push(word);
    if (words.length === MOST_WORDS) break;
  }
  return words;
}

/** Whether a text begins with another, which may be cut inside its last word. */
export function beginsWith(text: readonly string[], beginning: readonly string[]): boolean {
  const different = beginning.findIndex((word, index) => word !== text[index]);
  if (different < 0) return true;
  return different === beginning.length - 1 && Boolean(text[different]?.startsWith(beginning[different] ?? ''));
}

/** Whether two texts are equal, or the longer one begins with the other. Unlike `isAlike`, it tells apart short texts with one end. */
export function haveOneBeginning(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length > 0 && (short.length >= ENOUGH_WORDS || short.length === long.length) && beginsWith(long, short);
}

/** In words, for one text: most different texts are told apart after a hundred, so it is enough for thousands. */
const MOST_COMPARED = 500_000;

/** A text that is compared with many others. After `MOST_COMPARED` words it counts as different from all further ones. */
export class ComparedText {
  readonly #words: readonly string[];
  /** The number of each pair of neighbouring words; its place here is by first and second word in `#places`. */
  readonly #counts: number[] = [];
  #places: Map<string, Map<string, number>> | undefined;
  #left = MOST_COMPARED;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  get isExhausted(): boolean {
    return this.#left <= 0;
  }

  /** Whether two texts are versions of one text, or one is the beginning of the other. Texts without words are not. */
  isAlike(other: readonly string[]): boolean {
    const [short, long] = other.length <= this.#words.length ? [other, this.#words] : [this.#words, other];
    if (short.length === 0 || this.isExhausted) return false;
    const different = short.findIndex((word, index) => word !== long[index]);
    this.#left -= different < 0 ? short.length : different + 1;
    if (short.length < ENOUGH_WORDS) return short.length === long.length && different < 0;
    return beginsWith(long, short) || this.#sharesPairs(other);
  }

  /** Whether both texts have words and are different. */
  contradicts(other: readonly string[]): boolean {
    return this.#words.length > 0 && other.length > 0 && !this.isAlike(other);
  }

  /** Whether the Dice coefficient of the pairs of neighbouring words reaches `ALIKE`. Ends where it no longer can. */
  #sharesPairs(other: readonly string[]): boolean {
    const places = this.#pairs();
    const left = [...this.#counts];
    let shared = other.length - 1;
    for (let at = 1; at < other.length; at++) {
      const place = places.get(other[at - 1] ?? '')?.get(other[at] ?? '');
      const count = place === undefined ? 0 : (left[place] ?? 0);
      if (place !== undefined && count > 0) left[place] = count - 1;
      else shared--;
      this.#left--;
      if ((2 * shared) / (this.#words.length + other.length - 2) < ALIKE) return false;
    }
    return true;
  }

  #pairs(): Map<string, Map<string, number>> {
    if (this.#places !== undefined) return this.#places;
    this.#places = new Map();
    for (const [index, word] of this.#words.slice(1).entries()) {
      const before = this.#words[index] ?? '';
      const places: Map<string, number> = this.#places.get(before) ?? new Map();
      this.#places.set(before, places);
      const place = places.get(word) ?? this.#counts.push(0) - 1;
      places.set(word, place);
      this.#counts[place] = (this.#counts[place] ?? 0) + 1;
    }
    return this.#places;
  }
}
