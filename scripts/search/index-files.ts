import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { decode, encode, type Item } from './cbor.ts';

/** What stands before the data in every file of the index. */
export const MAGIC = Buffer.from('pagefind_dcd');

/** `pagefind-entry.json`: an index for each language, and the name of the program that searches it. */
interface Entry {
  version: string;
  languages: Record<string, { hash: string; wasm: string | null; page_count: number }>;
}

/** What stands where in the index of a language. Filters are `[name, hash of its file]` each, chunks `[first word, last word, hash of its file]`. */
export const [PAGES, CHUNKS, FILTERS, FIELDS] = [1, 2, 3, 5] as const;

export async function readEntry(folder: string): Promise<Entry> {
  return JSON.parse(await readFile(join(folder, 'pagefind-entry.json'), 'utf8'));
}

/** Changes the index of each language, and names it anew after what is in it. */
export async function rewrite(
  folder: string,
  change: (index: Item[], language: string) => Promise<void>,
): Promise<Entry> {
  const entry = await readEntry(folder);
  for (const [language, about] of Object.entries(entry.languages)) {
    const path = join(folder, `pagefind.${about.hash}.pf_meta`);
    const index = await read(path);
    await rm(path);
    await change(index, language);
    about.hash = await put(encode(index), (hash) => join(folder, `pagefind.${hash}.pf_meta`), language);
    about.page_count = listOf(index[PAGES]).length;
  }
  entry.languages = Object.fromEntries(Object.entries(entry.languages).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(join(folder, 'pagefind-entry.json'), JSON.stringify(entry));
  return entry;
}

async function read(path: string): Promise<Item[]> {
  return listOf(decode(await readBytes(path)));
}

export async function readBytes(path: string): Promise<Buffer> {
  return gunzipSync(await readFile(path)).subarray(MAGIC.length);
}

/** Writes a file under a name of its own, and tells that name. */
export async function put(item: Buffer, path: (hash: string) => string, language: string): Promise<string> {
  const bytes = Buffer.concat([MAGIC, item]);
  const hash = `${language}_${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}`;
  await writeFile(path(hash), gzipSync(bytes));
  return hash;
}

export function listOf(item: Item | undefined): Item[] {
  if (!Array.isArray(item)) throw new Error('Pagefind wrote an index of a shape that is not known here');
  return item;
}
