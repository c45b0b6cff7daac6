import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of so many bytes, as a folder that is gone when the test ends. Only who may mount has one. */
export function tinyDisk(bytes: number): Disposable & { path: string; makeReadOnly: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'orrery-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', path], { stdio: 'pipe' });
  return {
    path,
    makeReadOnly: () => execFileSync('mount', ['-o', 'remount,ro', path]),
    [Symbol.dispose]: () => {
      execFileSync('umount', [path]);
      rmSync(path, { recursive: true });
    },
  };
}

export const mayMount = (() => {
  try {
    tinyDisk(16_384)[Symbol.dispose]();
    return true;
  } catch {
    return false;
  }
})();
