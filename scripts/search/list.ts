import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundle, Period, SearchIndex } from '../../src/lib/search-periods.ts';
import { clearWay } from '../files/checked.ts';
import { writeWhole } from '../files/write-whole.ts';
import { look } from './settle.ts';

/** The list of the bundles, beside them. */
export const LIST = 'bundles.json';

/** What the bundles hold, and the language that most of the newest one is in. */
export async function describe(
  folder: string,
  periods: readonly Period[],
  isPacked: (period: Period) => boolean,
): Promise<{ language: string; bundles: Bundle[] }> {
  const bundles: Bundle[] = [];
  const languages: string[] = [];
  for (const period of periods) {
    const { name, entries } = period;
    const { language, counts } = await look(join(folder, name), 'year');
    // An index without a page has no language, and no program can be started for it.
    if (language === null) continue;
    const tag = hash('sha256', await readFile(join(folder, name, 'pagefind-entry.json'))).slice(0, 10);
    const packed = isPacked(period) ? { packed: true } : {};
    bundles.push({ period: name, tag, entries, years: Object.fromEntries(counts), ...packed });
    languages.push(language);
  }
  return { language: languages[0] ?? 'unknown', bundles };
}

/** Writes the list, and leaves it untouched where it would say the same. */
export async function writeList(folder: string, bundles: Bundle[]): Promise<void> {
  const [engine = ''] = await readdir(join(folder, 'engine'));
  const list: SearchIndex = { engine, bundles };
  const text = JSON.stringify(list);
  const path = join(folder, LIST);
  clearWay(folder, LIST);
  if ((await readFile(path, 'utf8').catch(() => '')) !== text) writeWhole(path, text);
}
