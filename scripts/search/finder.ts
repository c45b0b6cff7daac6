import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundle } from '../../src/lib/search-periods.ts';
import { SIGNS } from '../../src/lib/search-words.ts';
import { decode, encode, type Item } from './cbor.ts';
import { type Key, putChunks } from './chunks.ts';
import { listOf, put, readBytes, readEntry } from './index-files.ts';
import { filesOf, place } from './place.ts';

/** Bytes of a file of words, before gzip. */
const AT_MOST = 72_000;
/** Of words that begin alike, as many as this can be told apart in one bundle. */
const TOLD_APART = 200;

/** An index whose pages are bundles: a search asks of the older ones only those that hold the word. */
export async function makeFinder(folder: string, older: readonly Bundle[], made: string, to: string): Promise<void> {
  await mkdir(join(made, 'index'), { recursive: true });
  const bundles = new Map<string, number[]>();
  const entries = await Promise.all(older.map(({ period }) => readEntry(join(folder, period))));
  for (const [at, { period }] of older.entries()) {
    const words = join(folder, period, 'index');
    for (const file of await readdir(words).catch(() => [])) {
      for (const [word] of listOf(listOf(decode(await readBytes(join(words, file))))[0]).map(listOf)) {
        const known = bundles.get(String(word));
        if (known === undefined) bundles.set(String(word), [at]);
        else known.push(at);
      }
    }
  }
  const keys = [...bundles.keys()].sort().map((text, number): Key => {
    const found = bundles.get(text) ?? [];
    // Pagefind tells of one word for each place: those that begin alike must stand at different ones.
    return { text, places: found.map((at, nth) => [at - (found[nth - 1] ?? 0), [-25, number % TOLD_APART], []]) };
  });
  const [[language, about] = ['unknown', undefined]] = Object.entries(entries[0]?.languages ?? {});
  const pages: Item[] = older.map(({ period }) => [period, 1, '']);
  const chunks = await putChunks(made, keys, AT_MOST, language);
  const version = entries[0]?.version ?? '';
  const meta = encode([version, pages, chunks, [], [], []]);
  const hash = await put(meta, (hash) => join(made, `pagefind.${hash}.pf_meta`), language);
  const languages = { [language]: { hash, wasm: about?.wasm ?? null, page_count: older.length } };
  await writeFile(join(made, 'pagefind-entry.json'), JSON.stringify({ version, languages, include_characters: SIGNS }));
  await place(made, to, await filesOf(made));
}
