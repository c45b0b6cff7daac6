import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Crowded, fileOfWord, firstLetters, keysOf, PARTS, readKey } from '../../../src/core/search-keys.ts';
import type { Bundle, FinderList } from '../../../src/core/search-periods.ts';
import { wordsIn } from './cbor.ts';
import { INDEX_ENTRY, type IndexFiles, indexLanguage, placeFiles, putIndex, unpack } from './index-files.ts';
import { META, TITLES } from './index-words.ts';

/** The mark before the places of a word in titles. */
const TITLE = -1;

/** Bytes before gzip of a file, and most of words with one beginning in it: with fewer, the list of these grows. */
const [FILE_BYTES, MOST_BYTES] = [8000, 24_000];

/**
 * Writes the finder: for each word the parts of older bundles with it, so that a search loads only bundles that may
 * have all its words in one entry. `older` is newest first, but numbered from the oldest. A word is in the file for its
 * first letters and in that for those of its stem. An index without words is there too: Pagefind returns the stems of a
 * query only for a search in some index.
 */
export async function makeFinder(folder: string, older: readonly Bundle[], to: string): Promise<void> {
  const words: Parts = new Map();
  for (const [bundle, { period }] of older.toReversed().entries()) {
    const titles: string[] = JSON.parse(await readFile(join(folder, period, TITLES), 'utf8'));
    /** `pages` as in `ChunkWord`. */
    const add = (key: string, pages: readonly number[]) => {
      const places = words.get(key) ?? [];
      if (places.length === 0) words.set(key, places);
      for (const page of pages) {
        const part = 2 * (PARTS * bundle + Math.floor(((page >> 1) * PARTS) / titles.length));
        if ((places.at(-1) ?? -1) < part) places.push(part);
        places[places.length - 1] = (places.at(-1) ?? 0) | (page & 1);
      }
    };
    const chunks = join(folder, period, 'index');
    for (const file of await readdir(chunks))
      for (const { word, pages } of wordsIn(unpack(await readFile(join(chunks, file))), TITLE)) {
        const { form, stem } = readKey(word);
        // The first key of a form is enough: it also has the stem.
        if (word === keysOf(form, stem)[0]) add(word, pages);
      }
    for (const [page, title] of titles.entries()) for (const key of keysOf(title, title)) add(key, [2 * page + 1]);
  }
  const rows = [...words].sort(([a], [b]) => (a < b ? -1 : 1)).map(finderRow);
  const bytes = rows.reduce((sum, { text }) => sum + text.length, 0);
  const files = Array.from({ length: Math.ceil(bytes / FILE_BYTES) }, (): string[] => []);
  const crowded = crowdedIn(rows);
  for (const { text, names } of [...rows, ...beginningRows(words, crowded)])
    for (const file of new Set(names.map((word) => fileOfWord(word, files.length, crowded)))) files[file]?.push(text);
  const list: FinderList = { files: files.length, crowded };
  const made: IndexFiles = new Map([
    ['finder.json', Buffer.from(JSON.stringify(list))],
    ...files.map((rows, file): [string, Buffer] => [`${file}.json`, Buffer.from(`{${rows.join()}}`)]),
  ]);
  const language = indexLanguage(await readFile(join(folder, older[0]?.period ?? '', INDEX_ENTRY)));
  putIndex(made, language, { pages: [['none', 1, '']], chunks: [], fields: META });
  placeFiles(made, to);
}

/** The parts of bundles with each word, in ascending order: twice their numbers, and one more if a title has the word. */
type Parts = Map<string, number[]>;

/** A word in a file: its text in JSON, and its form and stem, under which it is looked up. */
type FinderRow = { text: string; names: string[] };

function finderRow([key, places]: [string, readonly number[]]): FinderRow {
  const { form, stem } = readKey(key);
  const steps = places.map((place, at) => place - (places[at - 1] ?? 0));
  return { text: `${JSON.stringify(key)}:${JSON.stringify(steps)}`, names: [form, stem] };
}

/** The beginnings of too many words, those that are still such with one more letter included. */
function crowdedIn(rows: readonly FinderRow[]): Crowded {
  const crowded: Crowded = {};
  for (;;) {
    const sizes = new Map<string, number>();
    for (const { text, names } of rows)
      for (const beginning of new Set(names.map((word) => firstLetters(word, crowded))))
        sizes.set(beginning, (sizes.get(beginning) ?? 0) + text.length);
    const more = [...sizes].filter(([beginning, size]) => size > MOST_BYTES && crowded[beginning] !== 1);
    if (more.length === 0) return crowded;
    for (const [beginning] of more) crowded[beginning] = 1;
  }
}

/** A row for each crowded beginning, with the parts of all its words, which are in other files. Its key is no word. */
function beginningRows(words: Parts, crowded: Crowded): FinderRow[] {
  const parts = new Map(Object.keys(crowded).map((beginning) => [beginning, new Set<number>()]));
  for (const [key, places] of words) {
    const { form } = readKey(key);
    let beginning = firstLetters(form, {});
    for (const letter of [...form.slice(beginning.length), '']) {
      const found = parts.get(beginning);
      if (found === undefined) break;
      for (const place of places) found.add(place - (place % 2));
      beginning += letter;
    }
  }
  return [...parts].map(([beginning, places]) => {
    const [key = ''] = keysOf(`${beginning}\u{f0000}`, `${beginning}\u{f0000}`);
    const { text } = finderRow([key, [...places].sort((a, b) => a - b)]);
    return { text, names: [beginning] };
  });
}
