import { nameKey } from './name-lists.ts';

/** In scripts without spaces, each letter counts as a word. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]|[\p{L}\p{N}\p{M}]+/gu;

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
  for (const [word] of text.normalize('NFC').toLowerCase().matchAll(WORD)) {
    words.push(word);
    if (words.length === MOST_WORDS) break;
  }
  return words;
}

/** Whether two texts are versions of one text, or one is the beginning of the other. Texts without words are not. */
export function areAlike(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length === 0) return false;
  if (short.length < ENOUGH_WORDS) return short.length === long.length && begins(short, long);
  return begins(short, long) || diceOfPairs(short, long) >= ALIKE;
}

/** Whether both texts have words and are different. */
export function contradict(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && b.length > 0 && !areAlike(a, b);
}

function begins(short: readonly string[], long: readonly string[]): boolean {
  return short.every((word, index) => word === long[index]);
}

/** The Dice coefficient of the pairs of neighbouring words: 0 to 1. */
function diceOfPairs(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const pair of pairsOf(a)) left.set(pair, (left.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of pairsOf(b)) {
    const count = left.get(pair) ?? 0;
    if (count === 0) continue;
    left.set(pair, count - 1);
    shared++;
  }
  return (2 * shared) / (a.length + b.length - 2);
}

function* pairsOf(words: readonly string[]): Generator<string> {
  for (let at = 1; at < words.length; at++) yield `${words[at - 1]} ${words[at]}`;
}

/** An author, with data for finding other names of the same person. */
export interface Someone {
  name: string;
  /** The hosts of their pages and of the links of their entries. */
  hosts: ReadonlySet<string>;
}

/**
 * Pairs of names that may be one person: both write on the same site, and one name is a short form of the other or differs in
 * one or two letters. A proposal for the operator.
 */
export function alike(people: readonly Someone[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (const [index, one] of people.entries()) {
    for (const other of people.slice(index + 1)) {
      const shareSite = [...one.hosts].some((host) => other.hosts.has(host));
      if (shareSite && nearly(letters(one.name), letters(other.name))) pairs.push([one.name, other.name]);
    }
  }
  return pairs;
}

/** A name without accents, case and punctuation: `j muller` for `J. Müller`. */
function letters(name: string): string {
  return nameKey(name)
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N} ]/gu, '');
}

function nearly(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short === '') return false;
  return (
    isShortened(short, long) ||
    long.split(' ').includes(short) ||
    long.startsWith(`${short} `) ||
    editDistance(short, long) <= (short.length > 5 ? 2 : 0)
  );
}

/** Whether one name abbreviates the other: `j muller` and `joerg muller`. One word must be the same. */
function isShortened(a: string, b: string): boolean {
  const [left, right] = [a.split(' '), b.split(' ')];
  if (left.length < 2 || left.length !== right.length) return false;
  const pairs = left.map((word, index) => [word, right[index] ?? ''] as const);
  const begins = pairs.every(([one, other]) => one !== '' && (other.startsWith(one) || one.startsWith(other)));
  return begins && pairs.some(([one, other]) => one === other && one.length > 1);
}

/** The Levenshtein distance of two texts. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
