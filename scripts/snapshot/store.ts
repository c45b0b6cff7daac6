import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  heldFile,
  type Line,
  monthFile,
  months,
  parseEntry,
  readerOfMany,
  readLines,
  sizeOfLines,
} from '../../src/archive/archive.ts';
import {
  type Ledger,
  ledgerFile,
  ledgerKeys,
  ledgerSum,
  ledgerText,
  type MonthRow,
  monthRow,
  readLedger,
} from '../../src/archive/ledger.ts';
import { avatarsFolder } from '../../src/archive/read-avatars.ts';
import { readEntry } from '../../src/archive/read-entries.ts';
import { type Entry, Entry as EntrySchema } from '../../src/core/entry.ts';
import { monthOf, sortKey } from '../../src/core/entry-keys.ts';
import { FeedStates } from '../../src/core/feed-state.ts';
import { sortedByKey } from '../../src/core/text.ts';
import { STAGING, sortedText, type WrittenLine } from '../archive-branch/archive-lines.ts';
import { UNFINISHED, writeIfChanged } from '../disk/files.ts';
import type { StoredRecord } from './duplicates.ts';
import { keyOfPath } from './identity/entry-ids.ts';

/** Writes entries into their months: each replaces the line of its (feed, id), or adds one. Other lines keep their bytes. */
export async function writeEntries(archive: string, entries: readonly Entry[]): Promise<void> {
  const months = new Map<string, MonthText>();
  for (const [month, list] of Map.groupBy(entries, monthOf)) {
    const lines = new Map<string, WrittenLine>();
    for (const line of await readLines(monthFile(archive, month))) {
      const entry = parseEntry(line);
      lines.set(sortKey(entry), { entry, line: line.bytes.toString('utf8') });
    }
    for (const entry of list) lines.set(sortKey(entry), { entry, line: entryLine(entry) });
    months.set(month, monthFileText([...lines.values()]));
  }
  await writeMonths(archive, months);
}

type MonthText = { text: string; row: MonthRow };

export function monthFileText(lines: readonly WrittenLine[]): MonthText {
  const text = sortedText(lines);
  const entries = lines.map(({ entry }) => entry);
  return { text, row: monthRow(ledgerSum(text), entries) };
}

/** The ledger is written first, with old and new rows: after a crash in between each month matches one of them. */
export async function writeMonths(archive: string, months: ReadonlyMap<string, MonthText>): Promise<void> {
  const { ledger } = readLedger(archive);
  const changed = [...months].filter(([month, { row }]) => ledger.months[month]?.sum !== row.sum);
  const next = { ...ledger.next, ...Object.fromEntries(changed.map(([month, { row }]) => [month, row])) };
  await writeLedger(archive, { ...ledger, next });
  for (const [month, { text }] of months) {
    if (text === '') await rm(monthFile(archive, month), { force: true });
    else writeIfChanged(monthFile(archive, month), text);
  }
  await writeLedger(archive, committedLedger({ ...ledger, next }));
}

/** The ledger after its planned changes. A lost entry that came back is no longer in its list of losses. */
export function committedLedger({ months, next, lost, ...rest }: Ledger): Ledger {
  const back = new Set(lost.length === 0 ? [] : Object.values(next).flatMap(ledgerKeys));
  const all = Object.entries({ ...months, ...next }).filter(([, { entries }]) => entries > 0);
  return { ...rest, months: Object.fromEntries(all), next: {}, lost: lost.filter((key) => !back.has(key)) };
}

/** Writes the ledger, unless there is none and it would be empty. */
export async function writeLedger(archive: string, ledger: Ledger): Promise<void> {
  const rows = Object.keys({ ...ledger.months, ...ledger.next }).length + ledger.lost.length;
  if (rows > 0 || readLedger(archive).kind !== 'missing') writeIfChanged(ledgerFile(archive), ledgerText(ledger));
}

export async function writeHeld(archive: string, entries: readonly Entry[]): Promise<void> {
  const path = heldFile(archive);
  if (entries.length === 0) await rm(path, { force: true });
  else writeIfChanged(path, sortedText(entries.map((entry) => ({ entry, line: entryLine(entry) }))));
}

export async function writeStates(archive: string, states: FeedStates): Promise<void> {
  const sorted = sortedByKey(Object.entries(FeedStates.parse(states)));
  writeIfChanged(join(archive, 'feeds.json'), `${JSON.stringify(sorted, null, 1)}\n`);
}

/** Removes half-written files of a killed run, also of pictures. The files that they should replace are whole. */
export async function sweepArchive(archive: string): Promise<void> {
  // No other folder: it is the operator's, or the system's, and a link may lead anywhere.
  const pictures = avatarsFolder(archive);
  const files = (await readdir(archive)).map((name) => join(archive, name));
  const ofPictures = (await readdir(pictures).catch(() => [])).map((name) => join(pictures, name));
  const isLeft = (path: string) => path === join(archive, STAGING) || path.endsWith(UNFINISHED);
  const unfinished = [...files, ...ofPictures].filter(isLeft);
  await Promise.all(unfinished.map((path) => rm(path, { recursive: true })));
}

/** The keys are in the order of the schema, so equal entries are equal bytes. The body is last, also after unknown keys. */
function entryLine(entry: Entry): string {
  const { content, ...metadata } = EntrySchema.parse(entry);
  return JSON.stringify({ ...metadata, content });
}

/** The stored entries of the feeds that were read, and a record of every entry of the archive. */
interface StoredEntries {
  entries: Entry[];
  records: StoredRecord[];
  /** The keys of all entries: the ends of their permalinks. */
  keys: string[];
  /** The bytes of each month. */
  sizes: Map<string, number>;
}

/**
 * Reads the archive once: entries of the named feeds whole, of others only the beginning of their lines, as bodies are most of
 * it. Reads nothing if no feed is named. Throws `DamagedArchive` for a line that is no entry.
 */
export async function readStoredEntries(archive: string, feeds: ReadonlySet<string>): Promise<StoredEntries> {
  return feeds.size === 0 ? { entries: [], records: [], keys: [], sizes: new Map() } : readAll(archive, feeds);
}

export async function readRecords(archive: string): Promise<StoredRecord[]> {
  return (await readAll(archive, new Set())).records;
}

/** Only the lines of one month are in memory at a time. */
async function readAll(archive: string, feeds: ReadonlySet<string>): Promise<StoredEntries> {
  const stored: StoredEntries = { entries: [], records: [], keys: [], sizes: new Map() };
  const read = readerOfMany();
  for (const month of await months(archive)) {
    const lines = await readLines(monthFile(archive, month), read);
    stored.sizes.set(month, sizeOfLines(lines));
    for (const line of lines) {
      const record = storedRecord(line);
      stored.records.push(record);
      stored.keys.push(keyOfPath(record.path));
      if (feeds.has(record.feed)) stored.entries.push(parseEntry(line));
    }
  }
  return stored;
}

type LineStart = Omit<StoredRecord, 'read'>;

function storedRecord(line: Line): StoredRecord {
  const { feed, id, path, url, copyOf, sameBy } = lineStart(line) ?? parseEntry(line);
  const at = { path: line.path, offset: line.offset, length: line.bytes.length };
  return { feed, id, path, url, copyOf, sameBy, read: () => readEntry(at) };
}

/** In a JSON string a quotation mark is written `\"`, so that these letters can only be the start of the title. */
const TITLE_KEY = ',"title":';

/** Enough for the fields before the title, unless an address is very long. */
const START_BYTES = 1000;

/** The fields before the title; null where they are longer than usual, or not written by a snapshot. */
function lineStart({ bytes }: Line): LineStart | null {
  const start = bytes.toString('utf8', 0, START_BYTES);
  const end = start.indexOf(TITLE_KEY);
  try {
    return end < 0 ? null : JSON.parse(`${start.slice(0, end)}}`);
  } catch {
    return null;
  }
}
