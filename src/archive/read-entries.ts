import { hash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { Entry, EntryMetadata, type Position, type StoredSummary } from '../core/entry.ts';
import { OperatorError } from '../core/operator-error.ts';
import { type Line, monthFile, months, parseEntry, parseLine, readLines } from './archive.ts';
import { refuseOutside } from './link-target.ts';

export async function readSummaries(archive: string, month: string): Promise<StoredSummary[]> {
  return (await readLines(monthFile(archive, month))).map((line) => {
    const entry = parseEntry(line);
    const { feed, id, path, copyOf, title, authors, published, publishedBy, firstSeen, language, languageBy } = entry;
    const position = positionOf(line, month, entry.content);
    const fields = { feed, id, path, copyOf, title, authors, published, publishedBy, firstSeen, language, position };
    return languageBy === undefined ? fields : { ...fields, languageBy };
  });
}

/** Every entry of the archive without its body, oldest month first. */
export async function* readAllMetadata(archive: string): AsyncGenerator<EntryMetadata> {
  for (const month of await months(archive))
    for (const line of await readLines(monthFile(archive, month))) yield withoutBody(parseEntry(line));
}

/** The start of the body in a line. JSON writes a quotation mark in a string as `\"`, so these characters stand nowhere else. */
const CONTENT_BEGINS = Buffer.from(',"content":');

function positionOf({ bytes, offset }: Line, month: string, content: string): Position {
  const { length } = bytes;
  const body = bytes.indexOf(CONTENT_BEGINS);
  // Another program may have written a field after the body.
  const isLast = body + CONTENT_BEGINS.length + Buffer.byteLength(JSON.stringify(content)) + 1 === length;
  const head = body >= 0 && isLast ? body : length;
  return { month, offset, length, head, hash: hash('sha256', bytes).slice(0, 16) };
}

/** The time when the files were closed last: later, the summaries with the positions were read. */
let positionsSince = Date.now();

/** Month files that `readBody` and `readMetadata` have opened, by path. */
const openFiles = new Map<string, number>();

/** Closes the files that `readBody` and `readMetadata` keep open: a snapshot may have replaced them. */
export function closeFiles(): void {
  positionsSince = Date.now();
  for (const file of openFiles.values()) closeSync(file);
  openFiles.clear();
}

const WithBody = Entry.pick({ content: true });

/** A body: safe HTML. Reads only this part: a build holds one body in memory. Throws `DamagedArchive` without one. */
export function readBody(archive: string, { month, offset, length, head }: Omit<Position, 'hash'>): string {
  if (head === length)
    return parsePart(readPart(archive, month, offset, length), (entry) => WithBody.parse(entry).content);
  // The body is the last field: only the closing brace follows.
  const from = head + CONTENT_BEGINS.length;
  return parsePart(readPart(archive, month, offset + from, length - from - 1), (body) =>
    WithBody.shape.content.parse(body),
  );
}

/** An entry without its body. Reads only this part of the file; throws `DamagedArchive` if there is no entry at the position. */
export function readMetadata(archive: string, { month, offset, length, head }: Omit<Position, 'hash'>): EntryMetadata {
  const line = readPart(archive, month, offset, head);
  if (head === length) return withoutBody(parsePart(line, (value) => Entry.parse(value)));
  return parsePart({ ...line, bytes: Buffer.concat([line.bytes, Buffer.from('}')]) }, (value) =>
    EntryMetadata.parse(value),
  );
}

/** `parseLine` for a line by position. A file that a snapshot replaced after the positions were read is not damaged. */
function parsePart<T>(line: Line, parse: (value: unknown) => T): T {
  try {
    return parseLine(line, parse);
  } catch (error) {
    if (statSync(line.path).mtimeMs < positionsSince) throw error;
    throw new OperatorError(`${line.path} was changed while the site was built, perhaps by a snapshot. Build again.`);
  }
}

/** A whole entry. Leaves no file open, because the snapshot may replace the file soon. */
export function readEntry({ path, offset, length }: { path: string; offset: number; length: number }): Entry {
  const file = openSync(path, 'r');
  try {
    return parseEntry(readAt(file, path, offset, length));
  } finally {
    closeSync(file);
  }
}

function withoutBody({ content: _body, ...metadata }: Entry): EntryMetadata {
  return metadata;
}

function readPart(archive: string, month: string, offset: number, length: number): Line {
  const path = monthFile(archive, month);
  if (!openFiles.has(path)) refuseOutside(path);
  const file = openFiles.get(path) ?? openSync(path, 'r');
  openFiles.set(path, file);
  return readAt(file, path, offset, length);
}

function readAt(file: number, path: string, offset: number, length: number): Line {
  const bytes = Buffer.allocUnsafe(length);
  return { path, bytes: bytes.subarray(0, readSync(file, bytes, 0, length, offset)), offset };
}
