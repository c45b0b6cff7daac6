import { hash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Entry, EntryMetadata, type Position, type StoredSummary } from '../core/entry.ts';
import { FeedStates } from '../core/feed-state.ts';
import { OperatorError } from '../core/operator-error.ts';
import { leads, strays } from './inside.ts';

/** Where a planet's archive lies in the operator's folder. */
export function archiveFolder(contentFolder: string): string {
  return join(contentFolder, 'archive');
}

/** The archive on disk is not what a snapshot wrote. The message is for the operator. */
export class DamagedArchive extends OperatorError {
  /** The file that is damaged. */
  readonly path: string;
  /** What is wrong with it. */
  readonly what: string;

  constructor(path: string, what: string) {
    super(`${what}. "npm run snapshot" sets it aside and says how to mend it.`);
    this.path = path;
    this.what = what;
  }
}

/** Months that the archive holds, oldest first. None where there is no archive yet. */
export async function months(archive: string): Promise<string[]> {
  const names = await readdir(archive).catch(unlessMissing(archive, []));
  return names
    .filter((name) => /^\d{4}-\d{2}\.ndjson$/.test(name))
    .map((name) => name.slice(0, 7))
    .sort();
}

export function monthFile(archive: string, month: string): string {
  return join(archive, `${month}.ndjson`);
}

/** One entry's line of an archive file, and where it lies. */
export interface Line {
  path: string;
  bytes: Buffer;
  offset: number;
}

/**
 * The lines of an archive file; none where there is no such file. It is read whole: a month is megabytes, not gigabytes.
 * What an editor or git may have done to it costs nothing: line ends of Windows, a byte-order mark, blank lines, no end of
 * the last line.
 * @param read reads the file
 */
export async function readLines(path: string, read = readWhole): Promise<Line[]> {
  refuseStray(path);
  const bytes = read(path);
  const lines: Line[] = [];
  for (let offset = bytes.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0; offset < bytes.length; ) {
    const feed = bytes.indexOf(LF, offset);
    const next = feed < 0 ? bytes.length : feed + 1;
    let end = feed < 0 ? bytes.length : feed;
    while (end > offset && BLANK.has(bytes[end - 1])) end -= 1;
    const line = { path, bytes: bytes.subarray(offset, end), offset };
    if (feed < 0 && end > offset && !isWhole(line.bytes))
      throw new DamagedArchive(path, `${path} is cut off: its last line has no end`);
    if (end > offset) lines.push(line);
    offset = next;
  }
  return lines;
}

/** The archive's folder may be a link; a file in it that leads out of it could be any of the machine. */
function refuseStray(path: string): void {
  const archive = dirname(path);
  if (leads(archive, path) === 'outside') throw new OperatorError(strays(archive, path));
}

const BOM = Buffer.from('\uFEFF');
const LF = 0x0a;
/** Space, tab and the CR before a line feed of Windows. */
const BLANK: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0d]);

function isWhole(line: Buffer): boolean {
  try {
    return typeof JSON.parse(line.toString('utf8')) === 'object';
  } catch {
    return false;
  }
}

/** At once: in pieces, as reading without waiting does it, it takes twice as long. */
function readWhole(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    return unlessMissing(path, Buffer.alloc(0))(error as NodeJS.ErrnoException);
  }
}

/** Reads files one after the other into the same memory, for who goes through all of an archive: what was read before is gone then. */
export function readerOfMany(): typeof readWhole {
  let space = Buffer.alloc(0);
  return (path) => {
    refuseStray(path);
    const file = statSync(path, { throwIfNoEntry: false });
    if (!file?.isFile() || file.size === 0) return readWhole(path);
    const { size } = file;
    if (size > space.length) space = Buffer.allocUnsafeSlow(size);
    const handle = openSync(path, 'r');
    try {
      let length = 0;
      for (let more = -1; more !== 0 && length < size; length += more)
        more = readSync(handle, space, length, size - length, length);
      return space.subarray(0, length);
    } finally {
      closeSync(handle);
    }
  };
}

/** A whole entry from its line. */
export function parseEntry(line: Line): Entry {
  return parsed(line, (entry) => Entry.parse(entry));
}

function parsed<T>({ path, bytes, offset }: Line, take: (entry: unknown) => T): T {
  try {
    return take(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw new DamagedArchive(path, `${path} is not what a snapshot wrote, at byte ${offset}: ${firstLine(error)}`);
  }
}

/** An entry without its body, and where in the archive its line lies. */
export interface MetadataOfLine {
  head: EntryMetadata;
  position: Position;
}

/** The entries of a month without their bodies, in the order of its file. */
async function headsOf(archive: string, month: string): Promise<MetadataOfLine[]> {
  return (await readLines(monthFile(archive, month))).map((line) => {
    const entry = parseEntry(line);
    return { head: headOf(entry), position: positionOf(line, month, entry.content) };
  });
}

/** The entries of a month in short, in the order of its file. */
export async function readSummaries(archive: string, month: string): Promise<StoredSummary[]> {
  return (await headsOf(archive, month)).map(({ head, position }) => {
    const { feed, id, path, copyOf, title, authors, published, publishedBy, firstSeen } = head;
    return { feed, id, path, copyOf, title, authors, published, publishedBy, firstSeen, position };
  });
}

/** Every entry in the archive without its body, oldest month first. */
export async function* heads(archive: string): AsyncGenerator<MetadataOfLine> {
  for (const month of await months(archive)) yield* await headsOf(archive, month);
}

/** In a string a quotation mark is written \\", so that these letters can only be where the body begins. */
const CONTENT_BEGINS = Buffer.from(',"content":');

function positionOf({ bytes, offset }: Line, month: string, content: string): Position {
  const { length } = bytes;
  const body = bytes.indexOf(CONTENT_BEGINS);
  // Whoever wrote the line by other means may have put something behind the body.
  const isLast = body + CONTENT_BEGINS.length + Buffer.byteLength(JSON.stringify(content)) + 1 === length;
  const head = body >= 0 && isLast ? body : length;
  return { month, offset, length, head, hash: hash('sha256', bytes).slice(0, 16) };
}

/** Entries that wait for the operator: whole, and out of the site. */
export function heldFile(archive: string): string {
  return join(archive, 'held.ndjson');
}

/** How many entries of each feed wait for the operator. A feed of which none does is not in it. */
export async function heldCounts(archive: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const line of await readLines(heldFile(archive))) {
    const { feed } = parseEntry(line);
    counts.set(feed, (counts.get(feed) ?? 0) + 1);
  }
  return counts;
}

/** What the archive remembers of each feed; nothing where there is no archive yet. */
export async function readStates(archive: string): Promise<FeedStates> {
  const path = join(archive, 'feeds.json');
  refuseStray(path);
  const text = await readFile(path, 'utf8').catch(unlessMissing(path, ''));
  try {
    // An empty file is as good as none: both are told and mended by what the months hold (scripts/snapshot/verify.ts).
    return FeedStates.parse(text.trim() === '' ? {} : JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    throw new DamagedArchive(path, `${path} is not what a snapshot wrote: ${firstLine(error)}`);
  }
}

const open = new Map<string, number>();

/** Closes what `readBody` and `readHead` hold open: a snapshot may have put another file in its place since. */
export function closeFiles(): void {
  for (const file of open.values()) closeSync(file);
  open.clear();
}

/**
 * The body of one entry: safe HTML. Read by position, so that a build never holds more than one. The rest of the line was looked
 * at when the month was read.
 */
export function readBody(archive: string, { month, offset, length, head }: Omit<Position, 'hash'>): string {
  if (head === length) return parsed(readLine(archive, month, offset, length), contentIn);
  // The body ends the line, before the brace that closes it.
  const from = head + CONTENT_BEGINS.length;
  return parsed(readLine(archive, month, offset + from, length - from - 1), textIn);
}

/** An entry without its body, read by position: a build says all that there is to say of the few entries that it makes pages of. */
export function readMetadata(archive: string, { month, offset, length, head }: Omit<Position, 'hash'>): EntryMetadata {
  const line = readLine(archive, month, offset, head);
  if (head === length) return headOf(parseEntry(line));
  return parsed({ ...line, bytes: Buffer.concat([line.bytes, CLOSE]) }, (entry) => EntryMetadata.parse(entry));
}

const CLOSE = Buffer.from('}');

/** A whole entry, read by position from a file that may be replaced soon. */
export function readEntry({ path, offset, length }: { path: string; offset: number; length: number }): Entry {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(length);
    return parseEntry({ path, bytes: bytes.subarray(0, readSync(file, bytes, 0, length, offset)), offset });
  } finally {
    closeSync(file);
  }
}

function headOf({ content: _body, ...head }: Entry): EntryMetadata {
  return head;
}

function readLine(archive: string, month: string, offset: number, length: number): Line {
  const path = monthFile(archive, month);
  if (!open.has(path)) refuseStray(path);
  const file = open.get(path) ?? openSync(path, 'r');
  open.set(path, file);
  const bytes = Buffer.allocUnsafe(length);
  const read = readSync(file, bytes, 0, length, offset);
  return { path, bytes: bytes.subarray(0, read), offset };
}

function textIn(content: unknown): string {
  if (typeof content === 'string') return content;
  throw new Error('its content is no text');
}

function contentIn(entry: unknown): string {
  if (typeof entry === 'object' && entry !== null && 'content' in entry && typeof entry.content === 'string')
    return entry.content;
  throw new Error('it has no content');
}

function unlessMissing<T>(path: string, instead: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return instead;
    if (error.code === 'EISDIR') throw new DamagedArchive(path, `${path} is a folder where a file should be`);
    throw error;
  };
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
}
