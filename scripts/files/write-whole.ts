import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';

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
