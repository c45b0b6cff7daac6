import { cpSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { slashes } from '../../src/archive/inside.ts';

/** The folder of manifests and caches, next to the output folder. It is not published and may be deleted at any time. */
export function stateFolder(output: string): string {
  return join(dirname(output), '.orrery');
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

/** Moves a file, or a folder if there is none at `to`. To another disk it only copies: the caller removes `from` later. */
export function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    cpSync(from, to, { recursive: true, preserveTimestamps: true });
  }
}
