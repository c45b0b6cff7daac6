import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { close, createIndex, type PagefindIndex, type PagefindServiceConfig } from 'pagefind';
import { placeFiles } from './bundle-list.ts';
import { fileIn, INDEX_ENTRY, type IndexFiles, readIndexEntry } from './index-files.ts';

/**
 * Exports Pagefind's class from its script. In its playground mode a result has the found words and the stems of the query,
 * which decide the order of hits. Pagefind 1.6.0 offers that mode only to its playground page (`writePlayground`): no option of
 * `createInstance()` turns it on.
 */
const CLASS_EXPORT = '\nexport { Pagefind };\n';

/**
 * Writes Pagefind's script and its WebAssembly once for all indexes. Their folder is named after their hash, so that browsers
 * can cache them for ever.
 */
export async function makeEngine(language: string, to: string): Promise<void> {
  await withIndex(
    // Pagefind writes no files for a language without words.
    async (index) => [await index.addCustomRecord({ url: '/', content: 'word', language })],
    async (made) => {
      const { languages } = readIndexEntry(fileIn(made, INDEX_ENTRY));
      const program = `wasm.${Object.values(languages)[0]?.wasm ?? 'unknown'}.pagefind`;
      const script = Buffer.concat([fileIn(made, 'pagefind.js'), Buffer.from(CLASS_EXPORT)]);
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

/** Pagefind's user interfaces, which are in every index: ours is in src/client/search. */
const UNUSED = /^pagefind-.*(?:ui|highlight)\.(?:js|css)$|^pagefind-worker\.js$/;

/**
 * Makes an index in memory and calls `use` with its files. Then it stops Pagefind's process, which keeps all its input in memory
 * until it ends.
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
    return await use(
      new Map(
        used.map(({ path, content }) => [path, Buffer.from(content.buffer, content.byteOffset, content.byteLength)]),
      ),
    );
  } finally {
    await close();
  }
}
