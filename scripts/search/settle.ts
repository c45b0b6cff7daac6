import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { decode, encode, type Item } from './cbor.ts';

/** What stands before the data in every file of the index. */
const MAGIC = Buffer.from('pagefind_dcd');

/** `pagefind-entry.json`: an index for each language, and the name of the program that searches it. */
interface Entry {
  languages: Record<string, { hash: string; wasm: string | null; page_count: number }>;
}

/** What stands where in the index of a language. Filters are `[name, hash of its file]` each. */
const [PAGES, CHUNKS, FILTERS, SORTS] = [1, 2, 3, 4];

/**
 * Pagefind lists filters and their values in an order that is another one in every run, and names the files after what is
 * in them. Puts them in order and names them anew, so that one archive gives one index, to the byte.
 * @returns how many pages the index holds
 */
export async function settle(folder: string): Promise<number> {
  const { languages } = await rewrite(folder, async (index, language) => {
    index[FILTERS] = await settleFilters(join(folder, 'filter'), language, listOf(index[FILTERS]));
  });
  return Object.values(languages).reduce((sum, { page_count }) => sum + page_count, 0);
}

/**
 * Takes every page out of an index.
 * @returns the name of the program for its language
 */
export async function empty(folder: string): Promise<string> {
  const { languages } = await rewrite(folder, async (index) => {
    for (const place of [PAGES, CHUNKS, FILTERS, SORTS]) index[place] = [];
  });
  return Object.values(languages)[0]?.wasm ?? 'unknown';
}

/** The language that most pages of an index are in, and how many pages each value of a filter has. */
export async function look(folder: string, filter: string): Promise<{ language: string; counts: Map<string, number> }> {
  const { languages } = await readEntry(folder);
  const counts = new Map<string, number>();
  for (const { hash } of Object.values(languages)) {
    const index = await read(join(folder, `pagefind.${hash}.pf_meta`));
    const [, file] =
      listOf(index[FILTERS])
        .map(listOf)
        .find(([name]) => name === filter) ?? [];
    const [, values] = file === undefined ? [] : await read(join(folder, 'filter', `${file}.pf_filter`));
    for (const value of listOf(values ?? [])) {
      const [name, pages] = listOf(value);
      counts.set(String(name), (counts.get(String(name)) ?? 0) + listOf(pages).length);
    }
  }
  const most = Object.entries(languages).sort(([, a], [, b]) => b.page_count - a.page_count);
  return { language: most[0]?.[0] ?? 'unknown', counts };
}

async function readEntry(folder: string): Promise<Entry> {
  return JSON.parse(await readFile(join(folder, 'pagefind-entry.json'), 'utf8'));
}

async function rewrite(folder: string, change: (index: Item[], language: string) => Promise<void>): Promise<Entry> {
  const entry = await readEntry(folder);
  for (const [language, about] of Object.entries(entry.languages)) {
    const path = join(folder, `pagefind.${about.hash}.pf_meta`);
    const index = await read(path);
    await rm(path);
    await change(index, language);
    about.hash = await put(index, (hash) => join(folder, `pagefind.${hash}.pf_meta`), language);
    about.page_count = listOf(index[PAGES]).length;
  }
  entry.languages = Object.fromEntries(Object.entries(entry.languages).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(join(folder, 'pagefind-entry.json'), JSON.stringify(entry));
  return entry;
}

async function settleFilters(folder: string, language: string, filters: Item[]): Promise<Item[]> {
  const settled: Item[] = [];
  for (const filter of filters.sort(byName)) {
    const [name = '', hash = ''] = listOf(filter);
    const path = join(folder, `${hash}.pf_filter`);
    const [, values] = await read(path);
    await rm(path);
    const inOrder = listOf(values).sort(byName);
    settled.push([name, await put([name, inOrder], (hash) => join(folder, `${hash}.pf_filter`), language)]);
  }
  return settled;
}

async function read(path: string): Promise<Item[]> {
  return listOf(decode(gunzipSync(await readFile(path)).subarray(MAGIC.length)));
}

/** Writes a file under a name of its own, and tells that name. */
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
