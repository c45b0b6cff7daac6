import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { keysOf } from '../../../src/core/search-keys.ts';
import { type Bundle, type Period, periodsOf, REACH, type Reach, reaching } from '../../../src/core/search-periods.ts';
import { describeBundles, placeFiles, writeList } from './bundle-list.ts';
import { type BundleCounts, makeBundles } from './bundles.ts';
import { type CborItem, encodeCbor, wordsIn } from './cbor.ts';
import { INDEX_ENTRY, type IndexFiles, languageIn, putIndex, unpack } from './index-files.ts';
import { makeEngine } from './pagefind.ts';
import { openPieces } from './pieces.ts';
import type { SearchSource } from './search-records.ts';
import { type IndexKey, putChunks } from './word-chunks.ts';
import { META, TITLES } from './words.ts';

/** The numbers of entries, of all bundles and of the rebuilt ones, and the addresses of entries without words in the latter. */
export type SearchSummary = BundleCounts & { bundles: number };

/**
 * Builds the search: one bundle for each period whose entries changed, the finder and the list. Throws an `OperatorError` if
 * there are no entries.
 * @param inBundle the number of entries in one bundle, if the months allow it
 */
export async function search(
  output: string,
  source: SearchSource,
  { reach = REACH, inBundle }: { reach?: Reach; inBundle?: number } = {},
): Promise<SearchSummary> {
  const folder = 'pagefind';
  const sizes = new Map([...source.spans].map(([span, { entries }]) => [span, entries]));
  const periods = periodsOf(sizes, inBundle).reverse();
  if (periods.length === 0)
    throw new OperatorError('There is nothing to search: the archive has no entries. Run "npm run snapshot" first.');
  const pieces = await openPieces(output, folder);
  const isPacked = (period: Period) => source.isPacked && period !== periods[0];
  const counts = await makeBundles(pieces, source, periods, isPacked);
  const at = join(output, folder);
  const { language, bundles } = await describeBundles(at, periods);
  await pieces.ensure('engine', [language], (to) => makeEngine(language, to));
  // A search always asks the newest bundles; the finder is needed only if there are more.
  const older = reaching(bundles, reach.further) < bundles.length ? bundles.slice(reaching(bundles, reach.first)) : [];
  const inputs = older.map(({ period, tag }) => `${period} ${tag}`);
  if (older.length > 0) {
    await pieces.ensure('finder', inputs, (to) => makeFinder(at, older, to));
  }
  await writeList(at, bundles, reach, older.length > 0 ? hash('sha256', inputs.join()).slice(0, 10) : null);
  await pieces.sweep();
  return { ...counts, bundles: periods.length };
}

/** The mark before the places of a word in titles. */
const TITLE = -1;

/** Writes an index whose pages are the older bundles: with it, a search loads only those that have the word. */
async function makeFinder(folder: string, older: readonly Bundle[], to: string): Promise<void> {
  const made: IndexFiles = new Map();
  const words: FinderWords = new Map();
  const titles: FinderWords = new Map();
  for (const [at, { period }] of older.entries()) {
    const chunks = join(folder, period, 'index');
    for (const file of await readdir(chunks))
      for (const { word, isInField } of wordsIn(unpack(await readFile(join(chunks, file))), TITLE))
        addBundle(words, word, { at, isTitle: isInField });
    const forms: string[] = JSON.parse(await readFile(join(folder, period, TITLES), 'utf8'));
    for (const form of forms) addBundle(titles, keysOf(form, form)[0] ?? form, { at, isTitle: true });
  }
  const language = languageIn(await readFile(join(folder, older[0]?.period ?? '', INDEX_ENTRY)));
  if (language === null) throw new Error('The list of bundles has an index without pages');
  // Titles have their own chunks, after those of words: a search for words does not load them.
  const chunks = [words, titles].flatMap((some) => putChunks(made, finderKeys(some), language.name));
  const pages: CborItem[] = older.map(({ period }) => [period, 1, '']);
  putIndex(made, language, { pages, chunks, fields: META });
  placeFiles(made, to);
}

/** The bundles of each word, by their places in the list of older bundles. */
type FinderWords = Map<string, { at: number; isTitle: boolean }[]>;

function addBundle(words: FinderWords, word: string, bundle: { at: number; isTitle: boolean }): void {
  const known = words.get(word) ?? [];
  words.set(word, known);
  known.push(bundle);
}

function finderKeys(words: FinderWords): IndexKey[] {
  // Pagefind returns one word for each place, so each word gets its own place.
  return [...words].map(([text, found], place) => ({
    text,
    places: encodeCbor(
      found.map(({ at, isTitle }, nth) => [
        at - (found[nth - 1]?.at ?? 0),
        [-25, place],
        isTitle ? [TITLE, place] : [],
      ]),
    ),
  }));
}
