import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { crc32 } from 'node:zlib';
import { OperatorError } from '../core/operator-error.ts';
import { leads, strays } from './inside.ts';

// No library is loaded here: `archive push` reads and writes the ledger where none is installed.

/** What a month of the archive holds, or should hold. */
export interface Month {
  entries: number;
  /** Size and CRC-32 of its file: while they are the same, nobody needs to look at its lines. */
  sum: string;
  /** By feed id, the keys of its entries in that month: sorted, one after the other. */
  feeds: Record<string, string>;
}

/** `archive/ledger.json`: what the archive should hold, written down apart from what it holds. */
export interface Ledger {
  /** By month: what it should hold. */
  months: Record<string, Month>;
  /** By month: what it will hold once the write that has begun is done. Empty between two runs. */
  next: Record<string, Month>;
  /** Keys of entries whose loss the operator has accepted, sorted. */
  lost: string[];
}

export const NO_LEDGER: Ledger = { months: {}, next: {}, lost: [] };

export function ledgerFile(archive: string): string {
  return join(archive, 'ledger.json');
}

/** What lies where a ledger should. */
export type LedgerFile = { kind: 'ledger'; ledger: Ledger } | { kind: 'missing' } | { kind: 'damaged' };

export function readLedger(archive: string): LedgerFile {
  const path = ledgerFile(archive);
  if (leads(archive, path) === 'outside') throw new OperatorError(strays(archive, path));
  try {
    return ledgerOf(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'missing' };
    if ((error as NodeJS.ErrnoException).code === 'EISDIR') return { kind: 'damaged' };
    throw error;
  }
}

/** A ledger from its text. What does not carry the hash of itself was not written by us, or not to its end. */
export function ledgerOf(text: string | undefined): LedgerFile {
  if (text === undefined) return { kind: 'missing' };
  try {
    const { hash: said, ...ledger }: Ledger & { hash: string } = JSON.parse(text);
    return said === hashOf(ledger) ? { kind: 'ledger', ledger } : { kind: 'damaged' };
  } catch {
    return { kind: 'damaged' };
  }
}

/** The text of a ledger: the same for the same archive, whatever led to it. */
export function ledgerText({ months, next, lost }: Ledger): string {
  const ledger = { months: byName(months), next: byName(next), lost: [...new Set(lost)].sort() };
  return `${JSON.stringify({ ...ledger, hash: hashOf(ledger) }, null, 1)}\n`;
}

function hashOf(ledger: Ledger): string {
  return hash('sha256', JSON.stringify(ledger)).slice(0, 16);
}

function byName<T>(rows: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Name = { feed: string; id: string };

const KEY = 10;

/** Ten letters and digits that stand for an entry: the end of its permalink, the start of its HTML ids. */
export function ledgerKey({ feed, id }: Name): string {
  return hash('sha256', JSON.stringify([feed, id])).slice(0, KEY);
}

export function ledgerSum(file: string | Uint8Array): string {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  return `${bytes.length}-${crc32(bytes).toString(16).padStart(8, '0')}`;
}

/** What a month holds whose file has this sum and these entries. */
export function holdingOf(sum: string, names: readonly Name[]): Month {
  // Two entries of a feed may share a key: one line said twice is one entry, two ids are two.
  const feeds = [...Map.groupBy(names, ({ feed }) => feed)].map(
    ([feed, list]) => [feed, [...new Set(list.map(({ id }) => id))].map((id) => ledgerKey({ feed, id }))] as const,
  );
  return {
    entries: feeds.reduce((sum, [, keys]) => sum + keys.length, 0),
    sum,
    feeds: byName(Object.fromEntries(feeds.map(([feed, keys]) => [feed, [...keys].sort().join('')]))),
  };
}

export function ledgerKeys(month: Month | undefined): string[] {
  return Object.values(month?.feeds ?? {}).flatMap((keys) => keys.match(/.{10}/g) ?? []);
}

/** How many entries of each feed some months hold. */
export function ledgerCounts(months: Iterable<Month>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { feeds } of months)
    for (const [feed, keys] of Object.entries(feeds)) counts.set(feed, (counts.get(feed) ?? 0) + keys.length / KEY);
  return counts;
}

/** A month that lacks entries. */
export interface Lack {
  month: string;
  /** Keys of the entries that are nowhere in the archive. */
  keys: string[];
  should: number;
}

/** The months that lack an entry which they should hold. One that lies in another month, by whoever moved it, is not lacking. */
export function lacking({ months }: Ledger, held: ReadonlyMap<string, Month>): Lack[] {
  let everywhere: Set<string> | null = null;
  return Object.entries(months).flatMap(([month, should]) => {
    const holds = held.get(month);
    if (holds?.sum === should.sum || isDeepStrictEqual(holds?.feeds, should.feeds)) return [];
    const there = new Set(ledgerKeys(holds));
    const gone = ledgerKeys(should).filter((key) => !there.has(key));
    if (gone.length > 0) everywhere ??= new Set([...held.values()].flatMap(ledgerKeys));
    const keys = gone.filter((key) => !everywhere?.has(key));
    return keys.length === 0 ? [] : [{ month, keys, should: should.entries }];
  });
}

/** What to tell an operator whose archive lacks entries. */
export function repairAdvice(lacks: readonly Lack[]): string {
  const said = lacks.map(
    ({ month, keys, should }) =>
      `${month}.ndjson holds ${should - keys.length} of the ${should} entries it should hold.`,
  );
  const what = lacks.length === 1 ? (lacks[0]?.month ?? '') : 'MONTH';
  return `${said.join('\n')}
Nothing was written. Bring them back: from the branch with "npm run archive -- pull", from a backup, or from what was set aside as .damaged. If the loss is meant: "npm run archive -- accept-loss ${what}".`;
}
