import type { Entry } from '../core/entry.ts';
import { entryKey } from '../core/entry-keys.ts';
import { compareText } from '../core/text.ts';
import { type Ledger, ledgerKeys, permalinkKey } from './ledger.ts';

export type CheckedMonth = { month: string; lines: CheckedLine[] };

/** The fields of a line that decide which of several lines of an entry stays. */
interface CheckedLine extends Pick<Entry, 'feed' | 'id' | 'updated'> {
  /** In bytes. */
  length: number;
  hash: string;
}

export interface DuplicateLines {
  /** The indexes of lines to remove, because another line has the same entry, by month. */
  drops: Map<string, Set<number>>;
  /** The number of lines to remove, by feed id. */
  ofFeed: Map<string, number>;
  /** For the operator, by month. */
  notes: Map<string, string[]>;
}

type PlacedLine = CheckedLine & { month: string; index: number };

/** The line in the ledger's month stays, as its permalink is published, else the later updated, else the longer one. */
export function findDuplicateLines(checked: readonly CheckedMonth[], ledger: Ledger): DuplicateLines {
  const lines = checked.flatMap(({ month, lines }) =>
    lines.map((line, index): PlacedLine => ({ ...line, month, index })),
  );
  const duplicates: DuplicateLines = { drops: new Map(), ofFeed: new Map(), notes: new Map() };
  for (const same of Map.groupBy(lines, entryKey).values()) {
    if (same.length === 1) continue;
    const key = permalinkKey(same[0] as PlacedLine);
    const ledgerMonths = new Set(
      same.map(({ month }) => month).filter((month) => ledgerKeys(ledger.months[month]).includes(key)),
    );
    const [kept, ...others] = same.toSorted(
      (a, b) =>
        Number(ledgerMonths.has(b.month)) - Number(ledgerMonths.has(a.month)) ||
        compareText(b.updated ?? '', a.updated ?? '') ||
        b.length - a.length,
    );
    for (const { month, index, feed, id, hash } of others) {
      duplicates.drops.set(month, (duplicates.drops.get(month) ?? new Set()).add(index));
      duplicates.ofFeed.set(feed, (duplicates.ofFeed.get(feed) ?? 0) + 1);
      const words =
        hash === kept?.hash
          ? 'one is dropped'
          : 'in other words, and the line that was updated later, else the longer, stays';
      duplicates.notes.set(month, [...(duplicates.notes.get(month) ?? []), `said ${id} of ${feed} twice: ${words}`]);
    }
  }
  return duplicates;
}
