import { hash } from 'node:crypto';
import { lstatSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readChecked, typeOf, writeChecked } from '../files/checked.ts';
import { storeOf } from './files.ts';

/** Bytes of a file, time of its last change in whole milliseconds since 1970, SHA-256 in hex. */
export type Mark = [size: number, time: number, written: string];

/** Marks of files just written, paths from the output folder. */
export function marksOf(output: string, paths: readonly string[]): Record<string, Mark> {
  return Object.fromEntries(
    paths.map((path) => {
      const file = join(output, path);
      const { size, mtimeMs } = statSync(file);
      return [path, [size, Math.floor(mtimeMs), hashOf(file)]];
    }),
  );
}

/** Tells whether a file lies in the output folder as it was written. */
export type IsAsWritten = (path: string, size: number, time: number, written: string) => boolean;

/**
 * Looks at files of an output folder: by size and time, and by their bytes where anything was done to one since the last
 * build. Whoever writes other bytes can put the size and the time back, but not the time of the inode.
 */
export function lookInto(output: string): IsAsWritten {
  const built = lastBuilt(output);
  const isReal = realFolders(output);
  return (path, size, time, written) => {
    try {
      if (!isReal(path)) return false;
      // Not joined: that takes as long as the look itself.
      const file = `${output}/${path}`;
      const found = lstatSync(file);
      if (!found.isFile() || found.size !== size) return false;
      const isOfTime = Math.floor(found.mtimeMs) === time;
      if (isOfTime && found.ctimeMs < built) return true;
      if (hashOf(file) !== written) return false;
      // Brought by something that keeps no times. Half a millisecond in, so that no rounding of the file system's takes it below.
      if (!isOfTime) utimesSync(file, found.atimeMs / 1000, (time + 0.5) / 1000);
      return true;
    } catch {
      // Not there, or not to be read.
      return false;
    }
  };
}

/** Tells of a path whether each folder on its way is one, and no link that leads elsewhere. Each is looked at once. */
export function realFolders(output: string): (path: string) => boolean {
  const known = new Map<string, boolean>();
  const isReal = (path: string): boolean => {
    const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    if (folder === '') return true;
    const before = known.get(folder);
    if (before !== undefined) return before;
    const real = isReal(folder) && typeOf(`${output}/${folder}`) === 'folder';
    known.set(folder, real);
    return real;
  };
  return isReal;
}

const KIND = 'built 1';

function fileOf(output: string): string {
  return join(storeOf(output), `${basename(output)}.built`);
}

/** When the last build that came to its end began, in milliseconds since 1970: it made or looked at every file. */
function lastBuilt(output: string): number {
  return Number(readChecked(fileOf(output), KIND) ?? 0);
}

/** A second earlier: clocks of file systems are behind by some milliseconds. */
export function rememberBuilt(output: string, began: number): void {
  writeChecked(fileOf(output), KIND, String(began - 1000));
}

function hashOf(file: string): string {
  return hash('sha256', readFileSync(file));
}
