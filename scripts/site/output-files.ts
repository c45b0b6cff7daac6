import { cpSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Beside the output folder: what is remembered of it. Not published, and may be deleted at any time. */
export function stateFolder(output: string): string {
  return join(dirname(output), '.orrery');
}

/** Paths of the files below one, or of itself where it is a file; in order. */
export function filesBelow(root: string, name = '.'): string[] {
  const path = join(root, name);
  try {
    const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((file) => !file.isDirectory());
    return files.map((file) => join(file.parentPath, file.name).slice(root === '.' ? 0 : root.length + 1)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [name];
    throw error;
  }
}

/** `2026/01/23/index.html` lies in `2026`, `2026/01` and `2026/01/23`. */
export function foldersAbove(file: string): string[] {
  return [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index));
}

/** Moves a file, or a folder that is not there yet. To another disk it is copied: who owns the place that it came from removes it. */
export function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    cpSync(from, to, { recursive: true, preserveTimestamps: true });
  }
}
