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

export type DuplicateLines = ReturnType<typeof findDuplicateLines>;

/** The line in the ledger's month stays, as its permalink is published, else the later updated, else the longer one. */
export function findDuplicateLines(checked: readonly CheckedMonth[], ledger: Ledger) {
  const lines = checked.flatMap(({ month, lines }) => lines.map((line, index) => ({ ...line, month, index })));
  /** The indexes of lines to remove, because another line has the same entry, by month. */
  const drops = new Map<string, Set<number>>();
  /** The number of lines to remove, by feed id. */
  const ofFeed = new Map<string, number>();
  /** For the operator, by month. */
  const notes = new Map<string, string[]>();
  for (const same of Map.groupBy(lines, entryKey).values()) {
    if (same.length === 1) continue;
    const key = permalinkKey(same[0] as CheckedLine);
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
      drops.set(month, (drops.get(month) ?? new Set()).add(index));
      ofFeed.set(feed, (ofFeed.get(feed) ?? 0) + 1);
      const words =
        hash === kept?.hash
          ? 'one line is left out'
          : 'the texts differ, and the line that was updated later, else the longer, stays';
      notes.set(month, [...(notes.get(month) ?? []), `has ${id} of ${feed} twice: ${words}`]);
    }
  }
  return { drops, ofFeed, notes };
}
