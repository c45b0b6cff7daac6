import type { Entry } from '../core/entry.ts';
import { entryName } from '../core/occurrences.ts';
import { type Ledger, ledgerKey, ledgerKeys } from './ledger.ts';

/** A month, looked at line by line. */
export interface CheckedLine {
  month: string;
  lines: Told[];
}

/** As much of a line as tells it from another. */
interface Told extends Pick<Entry, 'feed' | 'id' | 'updated'> {
  /** Bytes of the line. */
  length: number;
  /** Of the line. */
  hash: string;
}

/** Lines that say an entry which another line says too. */
export interface DuplicateLines {
  /** By month, which of its lines go. */
  drops: Map<string, Set<number>>;
  /** By feed, how many go. */
  ofFeed: Map<string, number>;
  /** By month, what to tell. */
  notes: Map<string, string[]>;
}

interface Place extends Told {
  month: string;
  at: number;
}

/**
 * Which lines go where an entry stands on several, as after a merge by hand. The one stays that lies in the month where the ledger has
 * the entry, for its permalink is known; then the one that was updated later, then the longer.
 */
export function findDuplicateLines(looked: readonly CheckedLine[], ledger: Ledger): DuplicateLines {
  const places = looked.flatMap(({ month, lines }) => lines.map((line, at): Place => ({ ...line, month, at })));
  const twice: DuplicateLines = { drops: new Map(), ofFeed: new Map(), notes: new Map() };
  for (const same of Map.groupBy(places, entryName).values()) {
    if (same.length === 1) continue;
    const key = ledgerKey(same[0] as Place);
    const isKnownIn = new Set(
      same.map(({ month }) => month).filter((month) => ledgerKeys(ledger.months[month]).includes(key)),
    );
    const [kept, ...others] = same.toSorted(
      (a, b) =>
        Number(isKnownIn.has(b.month)) - Number(isKnownIn.has(a.month)) ||
        compare(b.updated ?? '', a.updated ?? '') ||
        b.length - a.length,
    );
    for (const { month, at, feed, id, hash } of others) {
      twice.drops.set(month, (twice.drops.get(month) ?? new Set()).add(at));
      twice.ofFeed.set(feed, (twice.ofFeed.get(feed) ?? 0) + 1);
      const words =
        hash === kept?.hash
          ? 'one is dropped'
          : 'in other words, and the line that was updated later, else the longer, stays';
      twice.notes.set(month, [...(twice.notes.get(month) ?? []), `said ${id} of ${feed} twice: ${words}`]);
    }
  }
  return twice;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
