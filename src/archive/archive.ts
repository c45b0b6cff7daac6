import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { Entry } from '../core/entry.ts';
import { copyStates, FeedStates } from '../core/feed-state.ts';
import { OperatorError } from '../core/operator-error.ts';
import { NEWER } from '../core/stored-object.ts';
import { refuseOutside } from './link-target.ts';

export function archiveFolder(contentFolder: string): string {
  return join(contentFolder, 'archive');
}

/** The end of the name of a damaged file. While it lies there, its file does not count as one that there never was. */
export const DAMAGED_SUFFIX = '.damaged';

/** A file of the archive is damaged: no snapshot writes it like this. */
export class DamagedArchive extends OperatorError {
  readonly path: string;
  /** The damage, as a sentence that begins with the path. */
  readonly what: string;

  constructor(path: string, what: string) {
    super(`${what}. "npm run snapshot" says how to mend it.`);
    this.path = path;
    this.what = what;
  }
}

/** The months of the archive (`2026-01`), oldest first; an empty list if there is no archive yet. */
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

/** The file of entries that wait for the operator's decision. The site does not show them. */
export function heldFile(archive: string): string {
  return join(archive, 'held.ndjson');
}

export interface Line {
  path: string;
  bytes: Buffer;
  /** Bytes before the line in its file. */
  offset: number;
}

/**
 * Reads a whole archive file and returns its lines; none if there is no such file. Accepts the changes of editors and
 * git: Windows line ends, a byte-order mark, blank lines, a missing last line feed. Throws `DamagedArchive` if the file
 * is cut off.
 */
export async function readLines(path: string, read = readWhole): Promise<Line[]> {
  refuseOutside(path);
  const bytes = read(path);
  const lines: Line[] = [];
  for (let offset = bytes.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0; offset < bytes.length; ) {
    const feed = bytes.indexOf(LF, offset);
    const next = feed < 0 ? bytes.length : feed + 1;
    let end = feed < 0 ? bytes.length : feed;
    while (end > offset && BLANK.has(bytes[end - 1])) end -= 1;
    const line = { path, bytes: bytes.subarray(offset, end), offset };
    if (feed < 0 && end > offset && !isJsonObject(line.bytes))
      throw new DamagedArchive(path, `${path} is cut off: its last line has no end`);
    if (end > offset) lines.push(line);
    offset = next;
  }
  return lines;
}

const BOM = Buffer.from('\uFEFF');
const LF = 0x0a;
/** Space, tab, and the carriage return of Windows line ends. */
const BLANK: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0d]);

function isJsonObject(line: Buffer): boolean {
  try {
    return typeof JSON.parse(line.toString('utf8')) === 'object';
  } catch {
    return false;
  }
}

/** Synchronous: `readFile` reads in pieces and takes twice as long. */
function readWhole(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    return unlessMissing(path, Buffer.alloc(0))(error as NodeJS.ErrnoException);
  }
}

/** The bytes of a file of these lines, as a snapshot writes it. */
export function sizeOfLines(lines: readonly Line[]): number {
  return lines.reduce((bytes, line) => bytes + line.bytes.length + 1, 0);
}

/** Returns a reader for `readLines` that uses one buffer for all files: reading a file overwrites the lines of the last one. */
export function readerOfMany(): typeof readWhole {
  let buffer = Buffer.alloc(0);
  return (path) => {
    refuseOutside(path);
    const file = statSync(path, { throwIfNoEntry: false });
    if (!file?.isFile() || file.size === 0) return readWhole(path);
    const { size } = file;
    if (size > buffer.length) buffer = Buffer.allocUnsafeSlow(size);
    const handle = openSync(path, 'r');
    try {
      let length = 0;
      for (let more = -1; more !== 0 && length < size; length += more)
        more = readSync(handle, buffer, length, size - length, length);
      return buffer.subarray(0, length);
    } finally {
      closeSync(handle);
    }
  };
}

/** Throws `DamagedArchive` if the line does not fit the schema. */
export function parseEntry(line: Line): Entry {
  return parseLine(line, (value) => Entry.parse(value));
}

/** Parses a line as JSON and passes it to `parse`. Throws `DamagedArchive` with the position if either fails. */
export function parseLine<T>({ path, bytes, offset }: Line, parse: (value: unknown) => T): T {
  try {
    return parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw unreadable(path, `, at byte ${offset}`, error);
  }
}

export async function readHeld(archive: string): Promise<Entry[]> {
  return (await readLines(heldFile(archive))).map(parseEntry);
}

/** The stored state of each feed (`feeds.json`); empty if there is no archive yet. Throws `DamagedArchive`. */
export async function readStates(archive: string): Promise<FeedStates> {
  const path = join(archive, 'feeds.json');
  refuseOutside(path);
  const text = await readFile(path, 'utf8').catch(unlessMissing(path, ''));
  try {
    // An empty file counts as a missing one: the snapshot rebuilds it from the months (scripts/snapshot/verify.ts).
    return copyStates(FeedStates.parse(text.trim() === '' ? {} : JSON.parse(text.replace(/^\uFEFF/, ''))));
  } catch (error) {
    throw unreadable(path, '', error);
  }
}

/** A file that a newer version wrote is not damaged: it stays in its place. */
function unreadable(path: string, position: string, error: unknown): OperatorError {
  if (!(error instanceof z.ZodError && error.issues.every(({ message }) => message === NEWER)))
    return new DamagedArchive(path, `${path} was not written by a snapshot${position}: ${reasonOf(error)}`);
  return new OperatorError(
    `${path} has a value that this version of Orrery does not know${position}: ${reasonOf(error)}. Nothing was changed. Install the newer version ("npm ci" installs that of package-lock.json), or put back an archive from before it.`,
  );
}

function unlessMissing<T>(path: string, fallback: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') {
      if (!existsSync(`${path}${DAMAGED_SUFFIX}`)) return fallback;
      throw new DamagedArchive(path, `${path} is missing: the damaged file was set aside as ${path}${DAMAGED_SUFFIX}`);
    }
    if (error.code === 'EISDIR') throw new DamagedArchive(path, `${path} is a folder where a file should be`);
    throw error;
  };
}

/** The first problem on one line, with the place in the value: `ada.url: Invalid input: expected string`. */
function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    const [{ path, message } = { path: [], message: '' }] = error.issues;
    return path.length === 0 ? message : `${path.join('.')}: ${message}`;
  }
  return error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
}
