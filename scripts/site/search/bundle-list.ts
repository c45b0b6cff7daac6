import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { slashes } from '../../../src/archive/inside.ts';
import type { Bundle, Facts, Period, SearchIndex } from '../../../src/core/search-periods.ts';
import { clearWay, foldersAbove, typeOf, writeWhole } from '../../disk/files.ts';
import { INDEX_ENTRY, type IndexFiles, languageIn } from './index-files.ts';

/** The list of the bundles, in the same folder. */
export const LIST = 'bundles.json';

/** The bundles for the list, and their language. */
export async function describeBundles(
  folder: string,
  periods: readonly Period[],
): Promise<{ language: string; bundles: Bundle[] }> {
  const bundles: Bundle[] = [];
  let language = 'unknown';
  for (const period of periods) {
    const { name, entries } = period;
    const entry = await readFile(join(folder, name, INDEX_ENTRY));
    const found = languageIn(entry);
    // An index without pages has no language, and Pagefind cannot load it.
    if (found === null) continue;
    language = found.name;
    const tag = hash('sha256', entry).slice(0, 10);
    bundles.push({ period: name, tag, entries, years: await yearsOf(join(folder, name)) });
  }
  return { language, bundles };
}

/** The number of entries of a bundle for each year. */
async function yearsOf(folder: string): Promise<Record<string, number>> {
  const { values, pages }: Facts = JSON.parse(await readFile(join(folder, 'facts.json'), 'utf8'));
  const years: Record<string, number> = {};
  for (const at of Object.values(pages).flat()) {
    const [facet, value = ''] = values[at] ?? [];
    if (facet === 'year') years[value] = (years[value] ?? 0) + 1;
  }
  return years;
}

/** Writes the list if it has changed. */
export async function writeList(folder: string, list: Omit<SearchIndex, 'engine'>): Promise<void> {
  const [engine = ''] = await readdir(join(folder, 'engine'));
  const text = JSON.stringify({ engine, ...list } satisfies SearchIndex);
  const path = join(folder, LIST);
  clearWay(folder, LIST);
  if ((await readFile(path, 'utf8').catch(() => '')) !== text) writeWhole(path, text);
}

/** Makes a folder hold these files and no others. A file with the same bytes stays, so that a host is sent only what changed. */
export function placeFiles(files: IndexFiles, to: string): void {
  const wanted = new Set([...files.keys()].flatMap((file) => [file, ...foldersAbove(file)]));
  mkdirSync(to, { recursive: true });
  for (const found of readdirSync(to, { recursive: true, encoding: 'utf8' }))
    if (!wanted.has(slashes(found))) rmSync(join(to, found), { recursive: true, force: true });
  for (const [file, bytes] of files) {
    clearWay(to, file);
    const path = join(to, file);
    if (typeOf(path) === 'file' && readFileSync(path).equals(bytes)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, bytes);
    renameSync(`${path}.new`, path);
  }
}
