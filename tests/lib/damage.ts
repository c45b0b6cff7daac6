import { lstatSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Random } from './random.ts';

type Harm = (path: string, random: Random) => void | Promise<void>;

/** What may become of a file. What a link in its place leads to lies in the folder `aside`. */
export const harmsOf = (aside: string): Record<string, Harm> => ({
  'a bit flipped, of the same size and time': async (path, random) => {
    const { atime, mtime } = statSync(path);
    const bytes = readFileSync(path);
    const at = random.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    await writeFile(path, bytes);
    await utimes(path, atime, mtime);
  },
  'cut off': (path) => truncate(path, Math.floor(statSync(path).size / 2)),
  emptied: (path) => truncate(path, 0),
  deleted: (path) => rm(path),
  'more at its end': (path) => writeFile(path, 'more', { flag: 'a' }),
  'a folder in its place': async (path) => {
    rmSync(path);
    await mkdir(join(path, 'inside'), { recursive: true });
    await writeFile(join(path, 'inside', 'file'), 'not empty');
  },
  'a link to a copy in its place': async (path) => {
    const copy = join(await mkdtemp(join(aside, 'copy-')), 'file');
    await rename(path, copy);
    await symlink(copy, path);
  },
  'a link to nowhere in its place': async (path) => {
    rmSync(path);
    await symlink('/nowhere/at/all', path);
  },
});

/** What may become of a folder. */
export const folderHarms: Record<string, Harm> = {
  deleted: (path) => rm(path, { recursive: true }),
  'a file in its place': async (path) => {
    rmSync(path, { recursive: true });
    await writeFile(path, 'a file');
  },
  'a link to nowhere in its place': async (path) => {
    rmSync(path, { recursive: true });
    await symlink('/nowhere/at/all', path);
  },
  'a link to itself in its place': async (path) => {
    rmSync(path, { recursive: true });
    await symlink(path, path);
  },
};

export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((found) => found.isFile())
    .map((found) => join(found.parentPath, found.name))
    .sort();
}

/** Every path that is neither a file nor a folder. */
export function oddIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((found) => join(found.parentPath, found.name))
    .filter((path) => !lstatSync(path).isFile() && !lstatSync(path).isDirectory());
}
