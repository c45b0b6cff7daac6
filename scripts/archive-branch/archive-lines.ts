import {
  holdingOf,
  type Ledger,
  ledgerKeys,
  ledgerOf,
  ledgerSum,
  ledgerText,
  type Month,
} from '../../src/archive/ledger.ts';
import type { Entry } from '../../src/core/entry.ts';
import { OperatorError } from '../../src/core/operator-error.ts';

/** Where files lie until all of them are whole. */
export const LAYING = '.laying';

/** The files of an archive and their texts, by name; without pictures. */
export type Files = ReadonlyMap<string, string>;

/** Whether a file belongs to an archive. Locks, what was set aside as damaged, and whatever else lies there stay on the machine. */
export function isArchiveFile(name: string): boolean {
  return isMonth(name) || OTHERS.has(name) || isPicture(name);
}

const OTHERS = new Set(['held.ndjson', 'feeds.json', 'ledger.json', 'avatars.json']);

/** The folder of pictures, in that of the archive. */
export const PICTURES = 'avatars';

export function isPicture(name: string): boolean {
  return /^avatars\/[0-9a-f]{20}\.(?:48|96)\.webp$/.test(name);
}

export function isMonth(name: string): boolean {
  return /^\d{4}-\d{2}\.ndjson$/.test(name);
}

export function splitLines(text: string | undefined): string[] {
  return (text ?? '')
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter(Boolean);
}

/** Not looked at closer: a snapshot wrote it, and the next one checks it again. Throws an `OperatorError` where it is no JSON. */
export function parseEntryLine(line: string): Entry {
  try {
    return JSON.parse(line);
  } catch {
    throw new OperatorError(
      `A line of the archive is not what a snapshot wrote: ${JSON.stringify(line.slice(0, 60))}. Move the file away that holds it; "npm run archive -- pull" brings back what the branch has of it.`,
    );
  }
}

/** An entry's name in the archive: no two lines have the same. */
export function entryKey({ feed, id }: Pick<Entry, 'feed' | 'id'>): string {
  return `${feed}\n${id}`;
}

/** Feeds and ids of entries that one text of a month holds and another does not. */
export function lostEntries(before: string, after: string): [feed: string, id: string][] {
  const kept = new Set(splitLines(after).map((line) => entryKey(parseEntryLine(line))));
  return splitLines(before)
    .map(parseEntryLine)
    .filter((entry) => !kept.has(entryKey(entry)))
    .map(({ feed, id }) => [feed, id]);
}

/** The ledger that lies among the files of an archive; null where there is none that is whole. */
export function ledgerIn(files: Files): Ledger | null {
  const file = ledgerOf(files.get('ledger.json'));
  return file.kind === 'ledger' ? file.ledger : null;
}

/** What each month of an archive holds. */
export function holdingsByMonth(files: Files): Map<string, Month> {
  const months = [...files].filter(([name, text]) => isMonth(name) && text !== '');
  return new Map(
    months.map(([name, text]) => [name.slice(0, 7), holdingOf(ledgerSum(text), splitLines(text).map(parseEntryLine))]),
  );
}

/**
 * The text of the ledger of files that were made from others: what they hold, and what the ledgers of those others say beside.
 * What is in none of the files but in a ledger is still owed. Null where nobody had a ledger.
 * @param isKept whether a feed is one that was not forgotten
 */
export function ledgerFrom(files: Files, others: readonly Files[], isKept: (feed: string) => boolean): string | null {
  const ledgers = others.map(ledgerIn).filter((ledger) => ledger !== null);
  if (ledgers.length === 0) return null;
  const held = holdingsByMonth(files);
  const there = new Set([...held.values()].flatMap(ledgerKeys));
  const lost = new Set(ledgers.flatMap((ledger) => ledger.lost).filter((key) => !there.has(key)));
  const months = Object.fromEntries(held);
  for (const [month, row] of ledgers.flatMap((ledger) => Object.entries(ledger.months))) {
    const owed = Object.entries(row.feeds).filter(([feed]) => isKept(feed));
    for (const [feed, keys] of owed) {
      const missing = (keys.match(/.{10}/g) ?? []).filter((key) => !there.has(key) && !lost.has(key));
      if (missing.length > 0) months[month] = owing(months[month], feed, missing);
    }
  }
  return ledgerText({ months, next: {}, lost: [...lost] });
}

/** A month that should hold more than it does: no file has its sum. */
function owing(month: Month | undefined, feed: string, keys: readonly string[]): Month {
  const before = month ?? { entries: 0, sum: '', feeds: {} };
  const all = [...new Set([...(before.feeds[feed]?.match(/.{10}/g) ?? []), ...keys])].sort();
  const feeds = { ...before.feeds, [feed]: all.join('') };
  const entries = Object.values(feeds).reduce((sum, each) => sum + each.length / 10, 0);
  return { entries, sum: '', feeds: Object.fromEntries(Object.entries(feeds).sort(([a], [b]) => (a < b ? -1 : 1))) };
}
