import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { close, createIndex, type PagefindIndex, type PagefindServiceConfig } from 'pagefind';
import { placeFiles } from './bundle-list.ts';
import { fileIn, INDEX_ENTRY, type IndexFiles, readIndexEntry } from './index-files.ts';

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
export async function makeEngine(language: string, to: string): Promise<void> {
  await withIndex(
    // Of a language without a word Pagefind writes nothing.
    async (index) => [await index.addCustomRecord({ url: '/', content: 'word', language })],
    async (made) => {
      const { languages } = readIndexEntry(fileIn(made, INDEX_ENTRY));
      const program = `wasm.${Object.values(languages)[0]?.wasm ?? 'unknown'}.pagefind`;
      const script = Buffer.concat([fileIn(made, 'pagefind.js'), Buffer.from(WAY_IN)]);
      const files: IndexFiles = new Map([
        ['pagefind.js', script],
        [program, fileIn(made, program)],
      ]);
      const hashes = [...files.values()].map((bytes) => hash('sha256', bytes));
      rmSync(to, { recursive: true, force: true });
      placeFiles(files, join(to, hash('sha256', hashes.join()).slice(0, 10)));
    },
  );
}

/** Pagefind's own user interfaces, which come with every index: ours is in src/client/search. */
const UNUSED = /^pagefind-.*(?:ui|highlight)\.(?:js|css)$|^pagefind-worker\.js$/;

/**
 * Makes an index in memory and gives its files to `use`. Pagefind's process keeps all that it has read until it ends: it is
 * ended here, so that memory is that of one index.
 */
export async function withIndex<T>(
  fill: (index: PagefindIndex) => Promise<{ errors: string[] }[]>,
  use: (files: IndexFiles) => Promise<T>,
  config: PagefindServiceConfig = {},
): Promise<T> {
  try {
    const { index, errors } = await createIndex(config);
    if (!index) throw new Error(errors.join('\n'));
    const answers = await fill(index);
    const made = await index.getFiles();
    const failures = [...answers, made].flatMap(({ errors }) => errors);
    if (failures.length > 0) throw new Error(failures.join('\n'));
    await index.deleteIndex();
    const used = made.files.filter(({ path }) => !UNUSED.test(path));
    return await use(new Map(used.map(({ path, content }) => [path, Buffer.from(content)])));
  } finally {
    await close();
  }
}
