import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface Weight {
  files: number;
  bytes: number;
}

/** Files below a folder whose path in it is wanted, and their bytes. */
export async function weigh(folder: string, wanted: (path: string) => boolean = () => true): Promise<Weight> {
  const weight: Weight = { files: 0, bytes: 0 };
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(file.parentPath, file.name);
    if (!file.isFile() || !wanted(path.slice(folder.length + 1))) continue;
    weight.files++;
    weight.bytes += (await stat(path)).size;
  }
  return weight;
}
