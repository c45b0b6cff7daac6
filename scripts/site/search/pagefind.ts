import { hash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { close, createIndex, type PagefindIndex, type PagefindServiceConfig } from 'pagefind';
import { stateFolder } from '../output-files.ts';
import { placeFiles } from './bundle-list.ts';
import { readIndexEntry } from './index-files.ts';

/**
 * Gives us the class behind Pagefind's own way in. In its playground mode an answer tells the words that were found and the
 * stems of those asked for, which decide what is a hit. Pagefind 1.6.0 offers that mode to its playground page alone
 * (`writePlayground`): `createInstance()` answers with search, filters, preload, options, init, destroy and mergeIndex, and no
 * option or argument of theirs turns it on.
 */
const WAY_IN = '\nexport { Pagefind };\n';

/**
 * Puts Pagefind itself beside the indexes, once for all of them: its script and its program. They lie in a folder that is
 * named after them, so that browsers may keep them for ever.
 */
export async function makeEngine(output: string, language: string, to: string): Promise<void> {
  await withIndex(
    output,
    // Of a language without a word Pagefind writes nothing.
    async (index) => [await index.addCustomRecord({ url: '/', content: 'word', language })],
    async (made) => {
      const { languages } = await readIndexEntry(made);
      const files = ['pagefind.js', `wasm.${Object.values(languages)[0]?.wasm ?? 'unknown'}.pagefind`];
      await appendFile(join(made, 'pagefind.js'), WAY_IN);
      const hashes = await Promise.all(files.map(async (file) => hash('sha256', await readFile(join(made, file)))));
      await rm(to, { recursive: true, force: true });
      await placeFiles(made, join(to, hash('sha256', hashes.join()).slice(0, 10)), files);
    },
  );
}

/** Pagefind's own user interfaces, which come with every index: ours is in src/client/search. */
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
  const store = stateFolder(output);
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
