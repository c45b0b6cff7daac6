/** Compares by code units: the order is the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `1 entry`, `1,024 entries`: for commands, which speak English. */
export function countText(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/**
 * The first letter or digit of a name, else its first emoji; a dot if it has none. Not a vowel that Thai and Lao write before its
 * consonant.
 */
export function letterOf(name: string): string {
  return (
    (/(?!\p{LOE})\p{L}|\p{N}/u.exec(name) ?? /\p{RI}.|\p{ExtPict}(\p{M}|\p{Sk}|\p{Cf}.){0,9}/u.exec(name))?.[0] ?? '•'
  );
}

/** A letter as the first one of a name. Georgian has no such capitals: `toUpperCase` returns those for whole words, which few fonts have. */
export function capitalOf(letter: string, locale = 'en'): string {
  return /[ა-ჿ]/.test(letter) ? letter : letter.toLocaleUpperCase(locale);
}

/** `wordSet('a b')` has `a` and `b`. */
export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** `mapByName({ 'a b': 1 })` has 1 for `a` and for `b`. */
export function mapByName<T>(rows: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(
    Object.entries(rows).flatMap(([names, value]) => names.split(' ').map((name) => [name, value] as const)),
  );
}

/** A record with its keys in order, so that equal records are equal bytes. Of a repeated key the last value stays. */
export function sortedByKey<T>(rows: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries([...rows].sort(([a], [b]) => compareText(a, b)));
}
