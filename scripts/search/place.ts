import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { clearWay } from '../files/checked.ts';
import { foldersAbove, move } from '../site/files.ts';

/**
 * Makes a folder hold just these files, whose paths from either folder are the same. One that is there already with the
 * same bytes stays as it is, so that a host is sent no more than what changed.
 */
export async function place(from: string, to: string, files: readonly string[]): Promise<void> {
  const wanted = new Set(files.flatMap((file) => [file, ...foldersAbove(file)]));
  for (const found of await readdir(to, { recursive: true }).catch(() => []))
    if (!wanted.has(found.replaceAll(sep, '/'))) await rm(join(to, found), { recursive: true, force: true });
  for (const file of files) clearWay(to, file);
  for (const file of files) {
    const there = await readFile(join(to, file)).catch(() => null);
    if (there?.equals(await readFile(join(from, file)))) continue;
    await mkdir(dirname(join(to, file)), { recursive: true });
    move(join(from, file), join(to, file));
  }
}

/** Every file below a folder, as a path from it with `/`; none where there is no such folder. */
export async function filesOf(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = found.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  return files.map((file) => file.slice(folder.length + 1).replaceAll(sep, '/')).sort();
}
