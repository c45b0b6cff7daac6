import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decode, encode, type Item, placesIn } from './cbor.ts';
import { CHUNKS, FILTERS, listOf, PAGES, put, read, readBytes, readEntry, rewrite, SORTS } from './index-files.ts';

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

/** The language that most pages of an index are in, null where there is no page, and how many pages each value of a filter has. */
export async function look(
  folder: string,
  filter: string,
): Promise<{ language: string | null; counts: Map<string, number> }> {
  const { languages } = await readEntry(folder);
  const counts = new Map<string, number>();
  for (const { hash } of Object.values(languages)) {
    const bytes = await readBytes(join(folder, `pagefind.${hash}.pf_meta`));
    const places = placesIn(bytes, 0);
    const filters = listOf(decode(bytes.subarray(places[FILTERS], places[FILTERS + 1])));
    const [, file] = filters.map(listOf).find(([name]) => name === filter) ?? [];
    const [, values] = file === undefined ? [] : await read(join(folder, 'filter', `${file}.pf_filter`));
    for (const value of listOf(values ?? [])) {
      const [name, pages] = listOf(value);
      counts.set(String(name), (counts.get(String(name)) ?? 0) + listOf(pages).length);
    }
  }
  const most = Object.entries(languages).sort(([, a], [, b]) => b.page_count - a.page_count);
  return { language: most[0]?.[0] ?? null, counts };
}

async function settleFilters(folder: string, language: string, filters: Item[]): Promise<Item[]> {
  const settled: Item[] = [];
  for (const filter of filters.sort(byName)) {
    const [name = '', hash = ''] = listOf(filter);
    const path = join(folder, `${hash}.pf_filter`);
    const [, values] = await read(path);
    await rm(path);
    const inOrder = listOf(values).sort(byName);
    settled.push([name, await put(encode([name, inOrder]), (hash) => join(folder, `${hash}.pf_filter`), language)]);
  }
  return settled;
}

function byName(a: Item, b: Item): number {
  const [first, second] = [String(listOf(a)[0]), String(listOf(b)[0])];
  return first < second ? -1 : first > second ? 1 : 0;
}
