import { nameKey } from './names.ts';

/** Someone who is credited, as far as it helps to see who is the same. */
export interface Someone {
  name: string;
  /** Hosts of their pages and of their entries' links. */
  hosts: ReadonlySet<string>;
}

/**
 * Pairs of names that may be one person: one is the beginning or the initials of the other, or they differ by a letter or two, and both
 * write on the same site. A proposal for the operator, who alone decides.
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

/** Without accents, case and points: `J. Müller` and `j muller` are one. */
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
    apart(short, long) <= (short.length > 5 ? 2 : 0)
  );
}

/** `j muller` and `joerg muller`: as many words, of which each begins the other's, and one is the same. */
function isShortened(a: string, b: string): boolean {
  const [left, right] = [a.split(' '), b.split(' ')];
  if (left.length < 2 || left.length !== right.length) return false;
  const pairs = left.map((word, index) => [word, right[index] ?? ''] as const);
  const begins = pairs.every(([one, other]) => one !== '' && (other.startsWith(one) || one.startsWith(other)));
  return begins && pairs.some(([one, other]) => one === other && one.length > 1);
}

/** How many letters must be changed, added or taken away (Levenshtein). */
function apart(a: string, b: string): number {
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
