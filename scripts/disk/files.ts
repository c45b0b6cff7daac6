import { hash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { printError } from '../cli.ts';

/**
 * Reads what `writeChecked` wrote. What cannot be read, is damaged or of another kind is thrown away, with one line on standard
 * error: such a file only saves work, and is never believed.
 * @param kind what is in it, and a number for its form
 * @returns null where there is no such file any more
 */
export function readChecked(path: string, kind: string): string | null {
  const type = typeOf(path);
  if (type === null) return null;
  const text = (type === 'file' && readText(path)) || '';
  const rest = text.slice(text.indexOf('\n') + 1);
  if (text.startsWith(firstLine(kind, rest))) return rest;
  throwAway(path, 'is damaged, or of another version');
  return null;
}

export function writeChecked(path: string, kind: string, text: string): void {
  makeFolder(dirname(path));
  writeAnew(path, firstLine(kind, text) + text);
}

/** Writes a file, whatever is in its place. */
export function writeAnew(path: string, text: string): void {
  const type = typeOf(path);
  if (type !== null && type !== 'file') throwAway(path, 'is no file');
  writeWhole(path, text);
}

/** Makes a folder that this user may write into, whatever is in its place. One that is reached through a link is a folder too. */
export function makeFolder(path: string): void {
  if (typeOf(path) !== null && !leadsToFolder(path)) throwAway(path, 'is no folder');
  mkdirSync(path, { recursive: true });
  if (!isOpen(path)) chmodSync(path, 0o755);
}

/** Throws away what keeps a file from its place below `root`: a link or a file where a folder should be, a folder where it should be itself. */
export function clearWay(root: string, path: string): void {
  const names = path.split('/');
  for (let depth = 1; depth <= names.length; depth++) {
    const place = join(root, ...names.slice(0, depth));
    const type = typeOf(place);
    if (type === null) return;
    if (type !== (depth < names.length ? 'folder' : 'file')) throwAway(place, 'is in the place of something else');
  }
}

/** What lies at a path, links not followed; null for nothing. */
export function typeOf(path: string): 'file' | 'folder' | 'other' | null {
  try {
    const found = lstatSync(path);
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
  } catch {
    return null;
  }
}

/** Removes what only saves work, or is made anew, and says so. */
export function throwAway(path: string, why: string): void {
  // A folder that may not be looked into may not be emptied either.
  if (typeOf(path) === 'folder') chmodSync(path, 0o755);
  rmSync(path, { recursive: true, force: true });
  printError(`${path} ${why}: thrown away, and made anew.`);
}

function isOpen(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function leadsToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function firstLine(kind: string, rest: string): string {
  return `orrery ${kind} ${hash('sha256', rest)}\n`;
}

/**
 * Replaces a file by the new one, or leaves the old one as it is: never a part of either, also on a full disk. `write` may
 * take fewer bytes than it was given and report no error (npm/write-file-atomic#18), so
 * that it is called until all is written and the size is compared before the new file takes the place of the old one.
 * Throws what the system says where it cannot be written.
 */
export function writeWhole(path: string, data: string | Uint8Array): void {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  const target = targetOf(path);
  // The ending is what `sweep` looks for after a run that was killed.
  const half = `${target}.${process.pid}`;
  try {
    writeAll(half, bytes, statSync(target, { throwIfNoEntry: false })?.mode);
    renameSync(half, target);
  } catch (error) {
    rmSync(half, { force: true });
    // What the system says of a write names no file.
    throw error instanceof Error ? Object.assign(error, { path: target }) : error;
  }
}

/** A file that is reached through a link is replaced where it lies. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function writeAll(path: string, bytes: Uint8Array, mode: number | undefined): void {
  const file = openSync(path, 'w', mode);
  try {
    for (let at = 0; at < bytes.length; ) {
      const written = writeSync(file, bytes, at, bytes.length - at, at);
      if (written === 0) throw outOfSpace(path);
      at += written;
    }
    fsyncSync(file);
    if (fstatSync(file).size !== bytes.length) throw outOfSpace(path);
  } finally {
    closeSync(file);
  }
}

function outOfSpace(path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`ENOSPC: not all of ${path} could be written`), { code: 'ENOSPC', path });
}
