import { readdirSync } from 'node:fs';
import { join } from 'node:path';

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
