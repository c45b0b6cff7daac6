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
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { slashes } from '../../src/archive/link-target.ts';
import { printError } from '../cli.ts';

/**
 * The text of a file that `writeChecked` wrote; null if there is none. A file that is damaged or unreadable is removed with a
 * line on standard error, and without one if it is of another kind, as after each upgrade: these files only save work.
 * @param kind the content, and the version of its form: `manifest 5`
 */
export function readChecked(path: string, kind: string): string | null {
  const type = typeOf(path);
  if (type === null) return null;
  const bytes = type === 'file' ? attempt(() => readFileSync(path), Buffer.alloc(0)) : Buffer.alloc(0);
  const end = bytes.indexOf('\n') + 1;
  const line = bytes.toString('utf8', 0, end);
  const sum = hash('sha256', bytes.subarray(end));
  if (line === `orrery ${kind} ${sum}\n`) return bytes.toString('utf8', end);
  if (line.endsWith(` ${sum}\n`)) rmSync(path);
  else discard(path, 'is damaged, or of an old version');
  return null;
}

/** Writes a text under a line with its kind and hash, so that `readChecked` notices damage. */
export function writeChecked(path: string, kind: string, text: string): void {
  makeFolder(dirname(path));
  const bytes = Buffer.from(text);
  writeAnew(path, Buffer.concat([Buffer.from(`orrery ${kind} ${hash('sha256', bytes)}\n`), bytes]));
}

/** Writes a file. Removes a folder or link in its place. */
export function writeAnew(path: string, data: string | Uint8Array): void {
  removeUnless('file', path);
  writeWhole(path, data);
}

/** Makes a writable folder. Removes a file in its place; keeps a link to a folder. */
export function makeFolder(path: string): void {
  const isFolder = attempt(() => statSync(path).isDirectory(), false);
  if (typeOf(path) !== null && !isFolder) discard(path, 'is not a folder');
  mkdirSync(path, { recursive: true });
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    chmodSync(path, 0o755);
  }
}

/** Removes everything that prevents writing a file below `root`: a file or link in place of a folder above it, or a folder in its own place. */
export function clearWay(root: string, path: string): void {
  if (foldersAbove(path).every((folder) => removeUnless('folder', join(root, folder))))
    removeUnless('file', join(root, path));
}

/** Removes what is at a path, unless it is of this type. Returns whether it stayed. */
export function removeUnless(wanted: 'file' | 'folder', path: string): boolean {
  const type = typeOf(path);
  if (type !== null && type !== wanted) discard(path, `is not a ${wanted}`);
  return type === wanted;
}

/** The type of a path, without following links; null if nothing is there. */
export function typeOf(path: string): 'file' | 'folder' | 'other' | null {
  const found = attempt(() => lstatSync(path), null);
  if (found === null) return null;
  return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other';
}

/** Removes a file or folder that the build can create again, with a line on standard error. */
export function discard(path: string, why: string): void {
  // A folder can be emptied only if it is readable.
  if (typeOf(path) === 'folder') chmodSync(path, 0o755);
  rmSync(path, { recursive: true, force: true });
  printError(`${path} ${why}: removed, and built again.`);
}

export function attempt<T, U>(work: () => T, otherwise: U): T | U {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** The end of the names of files that a killed run left half written. No operator's copy ends so. */
export const UNFINISHED = '.unfinished';

/**
 * Writes a whole file or, if that fails, leaves the old one: never a part of either, also on a full disk. `write` may
 * write fewer bytes than asked without an error (https://github.com/npm/write-file-atomic/issues/18), so it is called
 * until all bytes are written, and the size is compared before the rename. Throws the system's error with the path.
 */
export function writeWhole(path: string, data: string | Uint8Array): void {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  // The file that a link leads to is replaced in its own folder.
  const target = attempt(() => realpathSync(path), path);
  const temporary = `${target}.${process.pid}${UNFINISHED}`;
  try {
    writeAll(temporary, bytes, statSync(target, { throwIfNoEntry: false })?.mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw withPath(error, target);
  }
}

/** Writes a new file that is moved to its place when it is complete, and the folders above it. Throws the system's error with the path. */
export function writeNew(path: string, data: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(path, data);
  } catch (error) {
    throw withPath(error, path);
  }
}

/** The system's error of a write has no path. */
export function withPath(error: unknown, path: string): unknown {
  return error instanceof Error ? Object.assign(error, { path }) : error;
}

/** `writeWhole` with the folders above the file. Does not write a file that has these bytes already. */
export function writeIfChanged(path: string, data: string | Uint8Array): void {
  // The system's error for reading a folder has no path.
  const before = statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : null;
  if (before?.equals(Buffer.from(data)) !== true) {
    mkdirSync(dirname(path), { recursive: true });
    writeWhole(path, data);
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
    // The umask has taken some of its permissions. On a share all files have the same ones, and often nobody may change them.
    if (mode !== undefined && fstatSync(file).mode !== mode) chmodSync(path, mode);
  } finally {
    closeSync(file);
  }
}

function outOfSpace(path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`ENOSPC: not all of ${path} could be written`), { code: 'ENOSPC', path });
}

/** The folder of manifests and caches, next to the output folder. It is not published and may be deleted at any time. */
export function stateFolder(output: string): string {
  return join(dirname(output), '.orrery');
}

/** The folder in which Node keeps its compiled form of our modules. */
export function codeCacheFolder(output: string): string {
  return join(stateFolder(output), 'compiled');
}

/** Sorted paths of all files below a folder, with `/` between their parts; the path itself if it is a file. */
export function filesBelow(root: string, name = '.'): string[] {
  const path = join(root, name);
  try {
    const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((file) => !file.isDirectory());
    const paths = files.map((file) => join(file.parentPath, file.name).slice(root === '.' ? 0 : root.length + 1));
    return paths.map((file) => slashes(file)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [name];
    throw error;
  }
}

/** The folders above a file: `2026`, `2026/01` and `2026/01/23` for `2026/01/23/index.html`. */
export function foldersAbove(file: string): string[] {
  return [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index));
}
