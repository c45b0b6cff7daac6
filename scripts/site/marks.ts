import { hash } from 'node:crypto';
import { readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';

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

/** Whether a file lies in the output folder as it was written: by size and time, else by its bytes. */
export function isAsWritten(output: string, path: string, size: number, time: number, written: string): boolean {
  // Not joined: that takes as long as the look itself.
  const file = `${output}/${path}`;
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size !== size) return false;
  if (Math.floor(found.mtimeMs) === time) return true;
  if (hashOf(file) !== written) return false;
  // Brought by something that keeps no times: the next look need not read it again. Half a millisecond in, so that
  // no rounding of the file system's takes it below.
  utimesSync(file, found.atimeMs / 1000, (time + 0.5) / 1000);
  return true;
}

function hashOf(file: string): string {
  return hash('sha256', readFileSync(file));
}
