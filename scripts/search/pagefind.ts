import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { close, createIndex, type PagefindIndex, type PagefindServiceConfig } from 'pagefind';
import { storeOf } from '../site/files.ts';

/** Pagefind's own user interfaces, which come with every index: ours is in src/components/search. */
const UNUSED = /^pagefind-.*(?:ui|highlight)\.(?:js|css)$|^pagefind-worker\.js$/;

/**
 * Writes an index into a folder that is there for as long as `use` takes. Pagefind's process holds all that it has read
 * until it ends: it is ended here, so that memory is that of one index.
 */
export function withIndex<T>(
  output: string,
  fill: (index: PagefindIndex) => Promise<{ errors: string[] }[]>,
  use: (folder: string) => Promise<T>,
  config: PagefindServiceConfig = {},
): Promise<T> {
  return withFolder(output, async (folder) => {
    try {
      await writeIndex(fill, folder, config);
      return await use(folder);
    } finally {
      await close();
    }
  });
}

/** A folder beside the output folder that is there for as long as `use` takes. */
export async function withFolder<T>(output: string, use: (folder: string) => Promise<T>): Promise<T> {
  const store = storeOf(output);
  await mkdir(store, { recursive: true });
  const folder = await mkdtemp(join(store, 'search-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As Pagefind makes it, but by our own hand: when Pagefind says that it has written its files, some are still on their way to the disk. */
export async function writeIndex(
  fill: (index: PagefindIndex) => Promise<{ errors: string[] }[]>,
  folder: string,
  config: PagefindServiceConfig = {},
): Promise<void> {
  const { index, errors } = await createIndex(config);
  if (!index) throw new Error(errors.join('\n'));
  const answers = await fill(index);
  const made = await index.getFiles();
  const failures = [...answers, made].flatMap(({ errors }) => errors);
  if (failures.length > 0) throw new Error(failures.join('\n'));
  for (const { path, content } of made.files.filter(({ path }) => !UNUSED.test(path))) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await index.deleteIndex();
}
