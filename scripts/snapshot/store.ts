import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  heldFile,
  type Line,
  monthFile,
  months,
  parseEntry,
  readerOfMany,
  readLines,
} from '../../src/archive/archive.ts';
import {
  holdingOf,
  type Ledger,
  ledgerFile,
  ledgerKeys,
  ledgerSum,
  ledgerText,
  type Month,
  NO_LEDGER,
  readLedger,
} from '../../src/archive/ledger.ts';
import { readEntry } from '../../src/archive/read-entries.ts';
import { type Entry, Entry as EntrySchema, monthOf } from '../../src/core/entry.ts';
import { FeedStates } from '../../src/core/feed-state.ts';
import { LAYING } from '../archive-branch/archive-lines.ts';
import { writeWhole } from '../disk/files.ts';
import type { StoryRecord } from './duplicates.ts';
import { keyIn } from './identity/names.ts';

type Placed = StoryRecord & Pick<Entry, 'path'>;

/** What the archive holds: all entries of some feeds, and by which routes it holds all there are. */
export interface Held {
  entries: Entry[];
  routes: StoryRecord[];
  /** How the permalinks of all entries end. */
  keys: string[];
}

/**
 * Reads the whole archive once. A line begins with what tells its route: of the many feeds that said nothing no more is
 * parsed, for bodies are most of an archive. Where no feed is named nothing is read.
 */
export async function entriesAndHeld(archive: string, feeds: ReadonlySet<string>): Promise<Held> {
  const held: Held = { entries: [], routes: [], keys: [] };
  if (feeds.size === 0) return held;
  for await (const lines of linesByMonth(archive)) {
    for (const line of lines) {
      const { path, ...route } = routeOf(line);
      held.routes.push(route);
      held.keys.push(keyIn(path));
      if (feeds.has(route.feed)) held.entries.push(parseEntry(line));
    }
  }
  return held;
}

/** Every entry that the archive holds of the named feeds. */
export async function readEntriesOf(archive: string, feeds: ReadonlySet<string>): Promise<Entry[]> {
  return (await entriesAndHeld(archive, feeds)).entries;
}

/** By which routes the archive holds its entries. */
export async function readStories(archive: string): Promise<StoryRecord[]> {
  const routes: StoryRecord[] = [];
  for await (const lines of linesByMonth(archive)) {
    for (const line of lines) {
      const { path: _, ...route } = routeOf(line);
      routes.push(route);
    }
  }
  return routes;
}

/** The lines of each month, oldest first. Those of one are gone when the next are asked for. */
async function* linesByMonth(archive: string): AsyncGenerator<Line[]> {
  const read = readerOfMany();
  for (const month of await months(archive)) yield await readLines(monthFile(archive, month), read);
}

/** In a string a quotation mark is written \\", so that these letters can only be where the title begins. */
const TITLE_BEGINS = ',"title":';

/** Bytes that hold what tells a route, but where an address is very long. */
const USUALLY = 1000;

function routeOf(line: Line): Placed {
  const { feed, id, path, url, copyOf, sameBy } = beginningOf(line) ?? parseEntry(line);
  const at = { path: line.path, offset: line.offset, length: line.bytes.length };
  return { feed, id, path, url, copyOf, sameBy, read: () => readEntry(at) };
}

/** Null where it is longer than usual, or is nothing that a snapshot wrote. */
function beginningOf({ bytes }: Line): Omit<Placed, 'read'> | null {
  const begins = bytes.toString('utf8', 0, USUALLY);
  const end = begins.indexOf(TITLE_BEGINS);
  try {
    return end < 0 ? null : JSON.parse(`${begins.slice(0, end)}}`);
  } catch {
    return null;
  }
}

/** Entries that wait for the operator, of all feeds. */
export async function readHeld(archive: string): Promise<Entry[]> {
  return (await readLines(heldFile(archive))).map(parseEntry);
}

/** Writes entries into their months: each replaces the line of its (feed, id), or is added. Other lines keep their bytes. */
export async function writeEntries(archive: string, entries: readonly Entry[]): Promise<void> {
  const months = new Map<string, MonthText>();
  for (const [month, list] of Map.groupBy(entries, monthOf)) {
    const lines = new Map<string, Written>();
    for (const line of await readLines(monthFile(archive, month))) {
      const entry = parseEntry(line);
      lines.set(sortKey(entry), { entry, text: line.bytes.toString('utf8') });
    }
    for (const entry of list) lines.set(sortKey(entry), { entry, text: lineOf(entry) });
    months.set(month, monthText([...lines.values()]));
  }
  await writeMonths(archive, months);
}

/** An entry and the line that says it. */
export interface Written {
  entry: Pick<Entry, 'published' | 'feed' | 'id'>;
  text: string;
}

interface MonthText {
  text: string;
  holds: Month;
}

/** A month as a snapshot writes it. */
export function monthText(lines: readonly Written[]): MonthText {
  const sorted = [...new Map(lines.map((line) => [sortKey(line.entry), line]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, line]) => line);
  const text = sorted.map((line) => `${line.text}\n`).join('');
  return {
    text,
    holds: holdingOf(
      ledgerSum(text),
      sorted.map(({ entry }) => entry),
    ),
  };
}

/**
 * Replaces months. What they will hold is written into the ledger first: killed in between, a month is as it was or as it was
 * meant to be, and either is right.
 */
export async function writeMonths(archive: string, months: ReadonlyMap<string, MonthText>): Promise<void> {
  const there = readLedger(archive);
  const ledger = there.kind === 'ledger' ? there.ledger : NO_LEDGER;
  const changed = [...months].filter(([month, { holds }]) => ledger.months[month]?.sum !== holds.sum);
  const next = { ...ledger.next, ...Object.fromEntries(changed.map(([month, { holds }]) => [month, holds])) };
  await writeLedger(archive, { ...ledger, next });
  for (const [month, { text }] of months) {
    if (text === '') await rm(monthFile(archive, month), { force: true });
    else await write(monthFile(archive, month), text);
  }
  await writeLedger(archive, settledLedger({ ...ledger, next }));
}

/** A ledger once all that it foresees is done. An entry that came back is not lost any more. */
export function settledLedger({ months, next, lost }: Ledger): Ledger {
  const back = new Set(lost.length === 0 ? [] : Object.values(next).flatMap(ledgerKeys));
  const all = Object.entries({ ...months, ...next }).filter(([, { entries }]) => entries > 0);
  return { months: Object.fromEntries(all), next: {}, lost: lost.filter((key) => !back.has(key)) };
}

export async function writeLedger(archive: string, ledger: Ledger): Promise<void> {
  if (
    Object.keys({ ...ledger.months, ...ledger.next }).length + ledger.lost.length === 0 &&
    readLedger(archive).kind === 'missing'
  )
    return;
  await write(ledgerFile(archive), ledgerText(ledger));
}

/** Replaces all that waits for the operator. */
export async function writeHeld(archive: string, entries: readonly Entry[]): Promise<void> {
  const path = heldFile(archive);
  if (entries.length === 0) await rm(path, { force: true });
  else await write(path, monthText(entries.map((entry) => ({ entry, text: lineOf(entry) }))).text);
}

export async function writeStates(archive: string, states: FeedStates): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(FeedStates.parse(states)).sort(([a], [b]) => (a < b ? -1 : 1)));
  await write(join(archive, 'feeds.json'), `${JSON.stringify(sorted, null, 1)}\n`);
}

/** Removes what a run that was killed left half-written; the whole files beside it are as they were. */
export async function sweepArchive(archive: string): Promise<void> {
  const names = await readdir(archive);
  const halves = names.filter((name) => /\.(?:ndjson|json)\.\d+$/.test(name));
  const laying = names.filter((name) => name === LAYING);
  await Promise.all([...halves, ...laying].map((name) => rm(join(archive, name), { recursive: true })));
}

/** Oldest first, so that a month grows at its end. `published` is fixed, so an entry never leaves its line's place. */
function sortKey({ published, feed, id }: Pick<Entry, 'published' | 'feed' | 'id'>): string {
  return `${published}\n${feed}\n${id}`;
}

/** Keys in the schema's order, whatever the order they were set in: the same entry is the same bytes. */
function lineOf(entry: Entry): string {
  return JSON.stringify(EntrySchema.parse(entry));
}

/** The old file or the new one, never half; and no write at all where nothing changed. */
async function write(path: string, text: string): Promise<void> {
  const before = await readFile(path, 'utf8').catch(() => null);
  if (before === text) return;
  await mkdir(dirname(path), { recursive: true });
  writeWhole(path, text);
}
