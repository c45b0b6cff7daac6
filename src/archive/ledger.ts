import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { crc32 } from 'node:zlib';
import { sortedByKey } from '../core/text.ts';
import { refuseOutside } from './link-target.ts';

// This file loads no library: `archive push` runs where none is installed.

/** A row of the ledger: the entries that a month holds, or should hold. */
export interface MonthRow {
  entries: number;
  /** The size and CRC-32 of its file. With the same sum, its lines need no check. */
  sum: string;
  /** The keys of its entries by feed id: sorted, joined without separators. */
  feeds: Record<string, string>;
}

/** `archive/ledger.json`: the entries that the archive should hold, to notice lost ones. */
export interface Ledger {
  months: Record<string, MonthRow>;
  /** By month, the rows of a write that has begun. Empty between two runs. */
  next: Record<string, MonthRow>;
  /** Keys of entries whose loss the operator has accepted, sorted. */
  lost: string[];
}

export const NO_LEDGER: Ledger = { months: {}, next: {}, lost: [] };

export function ledgerFile(archive: string): string {
  return join(archive, 'ledger.json');
}

/** A ledger that is missing or damaged expects nothing. */
export type LedgerFile = { kind: 'ledger' | 'missing' | 'damaged'; ledger: Ledger };

const MISSING: LedgerFile = { kind: 'missing', ledger: NO_LEDGER };
const DAMAGED: LedgerFile = { kind: 'damaged', ledger: NO_LEDGER };

/** Reads the ledger of an archive. Throws an `OperatorError` if it is a link out of the archive. */
export function readLedger(archive: string): LedgerFile {
  const path = ledgerFile(archive);
  refuseOutside(path);
  try {
    return parseLedger(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return MISSING;
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return DAMAGED;
    throw error;
  }
}

/** Parses a ledger. It is damaged if it does not have its own hash. */
export function parseLedger(text: string | undefined): LedgerFile {
  if (text === undefined) return MISSING;
  try {
    const { hash: stored, ...ledger }: Ledger & { hash: string } = JSON.parse(text);
    return stored === ledgerHash(ledger) ? { kind: 'ledger', ledger } : DAMAGED;
  } catch {
    return DAMAGED;
  }
}

/** The text of a ledger, with keys of newer versions. The same archive always gives the same text. */
export function ledgerText({ months, next, lost, ...rest }: Ledger): string {
  const ledger = {
    months: sortedByKey(Object.entries(months)),
    next: sortedByKey(Object.entries(next)),
    lost: [...new Set(lost)].sort(),
    ...rest,
  };
  return `${JSON.stringify({ ...ledger, hash: ledgerHash(ledger) }, null, 1)}\n`;
}

function ledgerHash(ledger: Ledger): string {
  return hash('sha256', JSON.stringify(ledger)).slice(0, 16);
}

type EntryIds = { feed: string; id: string };

const KEY_LENGTH = 10;

/** The key of an entry: ten hex digits, also the end of its permalink and the prefix of its HTML ids. */
export function permalinkKey({ feed, id }: EntryIds): string {
  return hash('sha256', JSON.stringify([feed, id])).slice(0, KEY_LENGTH);
}

export function ledgerSum(file: string | Uint8Array): string {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  return `${bytes.length}-${crc32(bytes).toString(16).padStart(8, '0')}`;
}

export function monthRow(sum: string, names: readonly EntryIds[]): MonthRow {
  // By id, not by key: two ids are two entries, even if they have the same key.
  const feeds = [...Map.groupBy(names, ({ feed }) => feed)].map(
    ([feed, list]) => [feed, [...new Set(list.map(({ id }) => id))].map((id) => permalinkKey({ feed, id }))] as const,
  );
  return {
    entries: feeds.reduce((sum, [, keys]) => sum + keys.length, 0),
    sum,
    feeds: sortedByKey(feeds.map(([feed, keys]) => [feed, [...keys].sort().join('')])),
  };
}

export function ledgerKeys(month: MonthRow | undefined): string[] {
  return Object.values(month?.feeds ?? {}).flatMap((joined) => keysIn(joined));
}

/** The keys of one feed in a row, which stand side by side. */
export function keysIn(joined = ''): string[] {
  return joined.match(/.{10}/g) ?? [];
}

/** The number of entries in some months, by feed id. */
export function ledgerCounts(months: Iterable<MonthRow>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { feeds } of months)
    for (const [feed, keys] of Object.entries(feeds))
      counts.set(feed, (counts.get(feed) ?? 0) + keys.length / KEY_LENGTH);
  return counts;
}

/** A month that lacks the entries with these `keys`, of the `expected` number of entries. */
type Lack = { month: string; keys: string[]; expected: number };

/** The months that lack entries. An entry that was moved to another month is not missing. */
export function lacking({ months }: Ledger, present: ReadonlyMap<string, MonthRow>): Lack[] {
  let all: Set<string> | null = null;
  return Object.entries(months).flatMap(([month, should]) => {
    const row = present.get(month);
    if (row?.sum === should.sum || isDeepStrictEqual(row?.feeds, should.feeds)) return [];
    const inMonth = new Set(ledgerKeys(row));
    const gone = ledgerKeys(should).filter((key) => !inMonth.has(key));
    if (gone.length > 0) all ??= new Set([...present.values()].flatMap(ledgerKeys));
    const keys = gone.filter((key) => !all?.has(key));
    return keys.length === 0 ? [] : [{ month, keys, expected: should.entries }];
  });
}

export function repairAdvice(lacks: readonly Lack[]): string {
  const sentences = lacks.map(
    ({ month, keys, expected }) =>
      `${month}.ndjson holds ${expected - keys.length} of the ${expected} entries it should hold.`,
  );
  const month = lacks.length === 1 ? (lacks[0]?.month ?? '') : 'MONTH';
  return `${sentences.join('\n')}
Nothing was written. Restore them: from the branch with "npm run archive -- pull", from a backup, or from a file that was set aside as .damaged. If you removed them on purpose: "npm run archive -- accept-loss ${month}".`;
}
