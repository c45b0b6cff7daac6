import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Facts } from '../../src/lib/search-hits.ts';
import type { Bundle, Period, SearchIndex } from '../../src/lib/search-periods.ts';
import { clearWay } from '../files/checked.ts';
import { writeWhole } from '../files/write-whole.ts';
import { readEntry } from './index-files.ts';

/** The list of the bundles, beside them. */
export const LIST = 'bundles.json';

/** What the bundles hold, and the language that most of the newest one is in. */
export async function describe(
  folder: string,
  periods: readonly Period[],
): Promise<{ language: string; bundles: Bundle[] }> {
  const bundles: Bundle[] = [];
  const found: string[] = [];
  for (const period of periods) {
    const { name, entries } = period;
    const { languages } = await readEntry(join(folder, name));
    const most = Object.entries(languages).sort(([, a], [, b]) => b.page_count - a.page_count)[0];
    // An index without a page has no language, and no program can be started for it.
    if (most === undefined) continue;
    const tag = hash('sha256', await readFile(join(folder, name, 'pagefind-entry.json'))).slice(0, 10);
    bundles.push({ period: name, tag, entries, years: await yearsOf(join(folder, name)) });
    found.push(most[0]);
  }
  return { language: found[0] ?? 'unknown', bundles };
}

/** How many entries of a bundle are under which year. */
async function yearsOf(folder: string): Promise<Record<string, number>> {
  const { values, pages }: Facts = JSON.parse(await readFile(join(folder, 'facts.json'), 'utf8'));
  const years: Record<string, number> = {};
  for (const at of Object.values(pages).flat()) {
    const [facet, value = ''] = values[at] ?? [];
    if (facet === 'year') years[value] = (years[value] ?? 0) + 1;
  }
  return years;
}

/** Writes the list, and leaves it untouched where it would say the same. */
export async function writeList(folder: string, bundles: Bundle[], finder: string | null): Promise<void> {
  const [engine = ''] = await readdir(join(folder, 'engine'));
  const list: SearchIndex = { engine, bundles, ...(finder === null ? {} : { finder }) };
  const text = JSON.stringify(list);
  const path = join(folder, LIST);
  clearWay(folder, LIST);
  if ((await readFile(path, 'utf8').catch(() => '')) !== text) writeWhole(path, text);
}
