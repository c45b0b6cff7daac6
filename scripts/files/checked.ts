import { hash } from 'node:crypto';
import { accessSync, chmodSync, constants, lstatSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printError } from '../print.ts';
import { writeWhole } from './write-whole.ts';

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
