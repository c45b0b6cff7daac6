import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { decode, encode, type Item } from './cbor.ts';

/** What stands before the data in every file of the index. */
const MAGIC = Buffer.from('pagefind_dcd');

interface Manifest {
  languages: Record<string, { hash: string; page_count: number }>;
}

/** Place of the list of filters in the index of a language: `[name, hash of its file]` each. */
const FILTERS = 3;

/**
 * Pagefind lists filters and their values in an order that is another one in every run, and names the files after what is
 * in them. Puts them in order and names them anew, so that one archive gives one index, to the byte.
 * @returns how many pages the index holds
 */
export async function settle(folder: string): Promise<number> {
  const path = join(folder, 'pagefind-entry.json');
  const manifest: Manifest = JSON.parse(await readFile(path, 'utf8'));
  let pages = 0;
  for (const [language, about] of Object.entries(manifest.languages)) {
    const index = await take(join(folder, `pagefind.${about.hash}.pf_meta`));
    index[FILTERS] = await settleFilters(join(folder, 'filter'), language, listOf(index[FILTERS]));
    about.hash = await put(index, (hash) => join(folder, `pagefind.${hash}.pf_meta`), language);
    pages += about.page_count;
  }
  manifest.languages = Object.fromEntries(Object.entries(manifest.languages).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(path, JSON.stringify(manifest));
  return pages;
}

async function settleFilters(folder: string, language: string, filters: Item[]): Promise<Item[]> {
  const settled: Item[] = [];
  for (const filter of filters.sort(byName)) {
    const [name = '', hash = ''] = listOf(filter);
    const [, values] = await take(join(folder, `${hash}.pf_filter`));
    const inOrder = listOf(values).sort(byName);
    settled.push([name, await put([name, inOrder], (hash) => join(folder, `${hash}.pf_filter`), language)]);
  }
  return settled;
}

async function take(path: string): Promise<Item[]> {
  const bytes = gunzipSync(await readFile(path));
  await rm(path);
  return listOf(decode(bytes.subarray(MAGIC.length)));
}

/** Writes what was taken under a name of its own, and tells that name. */
async function put(item: Item, path: (hash: string) => string, language: string): Promise<string> {
  const bytes = Buffer.concat([MAGIC, encode(item)]);
  const hash = `${language}_${createHash('sha256').update(bytes).digest('hex').slice(0, 10)}`;
  await writeFile(path(hash), gzipSync(bytes, { level: 9 }));
  return hash;
}

function listOf(item: Item | undefined): Item[] {
  if (!Array.isArray(item)) throw new Error('Pagefind wrote an index of a shape that is not known here');
  return item;
}

function byName(a: Item, b: Item): number {
  const [first, second] = [String(listOf(a)[0]), String(listOf(b)[0])];
  return first < second ? -1 : first > second ? 1 : 0;
}
