import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { close, createIndex, type PagefindIndex } from 'pagefind';
import { storeOf } from '../site/parts.ts';
import { settle } from './settle.ts';

/**
 * Writes an index into a folder that is there for as long as `use` takes, on the output folder's own disk. Pagefind's
 * process holds all that it has read until it ends: it is ended here, so that memory is that of one index.
 */
export async function withIndex<T>(
  output: string,
  fill: (index: PagefindIndex) => Promise<{ errors: string[] }[]>,
  use: (folder: string, pages: number) => Promise<T>,
): Promise<T> {
  const store = storeOf(output);
  await mkdir(store, { recursive: true });
  const folder = await mkdtemp(join(store, 'search-'));
  try {
    const { index, errors } = await createIndex();
    if (!index) throw new Error(errors.join('\n'));
    const answers = await fill(index);
    // It can write them itself, but answers before the last of them is on the disk: ended then, it leaves some empty.
    const { files, errors: unwritten } = await index.getFiles();
    const failures = [...answers.flatMap(({ errors }) => errors), ...unwritten];
    if (failures.length > 0) throw new Error(failures.join('\n'));
    await close();
    for (const { path, content } of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    // Pagefind answers how many pages it read; how many of them it could use only its index says.
    return await use(folder, await settle(folder));
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}
