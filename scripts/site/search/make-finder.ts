import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Crowded, fileOfWord, firstLetters, keysOf, PARTS, readKey } from '../../../src/core/search-keys.ts';
import type { Bundle, FinderList } from '../../../src/core/search-periods.ts';
import { wordsIn } from './cbor.ts';
import {
  chunkFiles,
  INDEX_ENTRY,
  type IndexFiles,
  indexLanguage,
  placeFiles,
  putIndex,
  unpack,
} from './index-files.ts';
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
export function makeFinder(folder: string, older: readonly Bundle[], to: string): void {
  const oldestFirst = older.toReversed().map(({ period }) => wordList(join(folder, period)));
  const rows: FinderRow[] = [];
  for (const [word, places] of joined(oldestFirst)) {
    const key = Buffer.from(word, 'latin1').toString();
    const { form, stem } = readKey(key);
    // The first key of a form is enough: it also has the stem.
    if (key === keysOf(form, stem)[0]) rows.push(finderRow(key, places));
  }
  const bytes = rows.reduce((sum, { text }) => sum + text.length, 0);
  const files = Array.from({ length: Math.ceil(bytes / FILE_BYTES) }, (): string[] => []);
  const crowded = crowdedIn(rows);
  for (const { text, names } of [...rows, ...beginningRows(rows, crowded, older.length)])
    for (const file of new Set(names.map((word) => fileOfWord(word, files.length, crowded)))) files[file]?.push(text);
  const list: FinderList = { files: files.length, crowded };
  const made: IndexFiles = new Map([
    ['finder.json', Buffer.from(JSON.stringify(list))],
    ...files.map((rows, file): [string, Buffer] => [`${file}.json`, Buffer.from(`{${rows.join()}}`)]),
  ]);
  const language = indexLanguage(readFileSync(join(folder, older[0]?.period ?? '', INDEX_ENTRY)));
  putIndex(made, language, { pages: [['none', 1, '']], chunks: [], fields: META });
  placeFiles(made, to);
}

/** All keys of a bundle and those of its titles, sorted, and the number of its pages. A title of several pages is there several times. */
function wordList(folder: string) {
  const titles: string[] = JSON.parse(readFileSync(join(folder, TITLES), 'utf8'));
  const words = function* () {
    for (const file of chunkFiles(folder)) yield* wordsIn(unpack(readFileSync(join(folder, file))), TITLE);
    // They sort behind all words.
    yield* titles
      .flatMap((title, page) =>
        keysOf(title, title).map((key) => ({ word: Buffer.from(key).toString('latin1'), pages: [2 * page + 1] })),
      )
      .sort((a, b) => (a.word < b.word ? -1 : Number(a.word > b.word)));
  };
  return { words: words(), pages: titles.length };
}

/**
 * The keys of all bundles, oldest first, in one sorted list, each with its parts of bundles in ascending order: twice their
 * numbers, and one more if a title has the word. Only words with the same two first bytes are in memory at a time: all of
 * 50,000 entries took 0.25 GB more.
 */
function* joined(bundles: readonly ReturnType<typeof wordList>[]): Generator<[key: string, places: number[]]> {
  const heads = bundles.map(({ words }) => words.next());
  for (;;) {
    const starts = heads.flatMap(({ done, value }) => (done ? [] : [value.word.slice(0, 2)]));
    if (starts.length === 0) return;
    const start = starts.reduce((least, other) => (other < least ? other : least));
    const found = new Map<string, number[]>();
    for (const [bundle, { words, pages: all }] of bundles.entries()) {
      let head = heads[bundle];
      for (; head && !head.done && head.value.word.startsWith(start); head = words.next()) {
        const { word, pages } = head.value;
        const places = found.get(word) ?? [];
        if (places.length === 0) found.set(word, places);
        for (const page of pages) {
          const part = 2 * (PARTS * bundle + Math.floor(((page >> 1) * PARTS) / all));
          if ((places.at(-1) ?? -1) < part) places.push(part);
          places[places.length - 1] = (places.at(-1) ?? 0) | (page & 1);
        }
      }
      if (head) heads[bundle] = head;
    }
    yield* [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** A word in a file: its text in JSON, and its form and stem, under which it is looked up. */
type FinderRow = { text: string; names: string[] };

function finderRow(key: string, places: readonly number[]): FinderRow {
  const { form, stem } = readKey(key);
  const steps = places.map((place, at) => place - (places[at - 1] ?? 0));
  return { text: `${JSON.stringify(key)}:${JSON.stringify(steps)}`, names: form === stem ? [form] : [form, stem] };
}

/** The beginnings of too many words, those that are still such with one more letter included. */
function crowdedIn(rows: readonly FinderRow[]): Crowded {
  const crowded: Crowded = {};
  for (let left = rows; left.length > 0; ) {
    const sizes = new Map<string, number>();
    for (const row of left)
      for (const beginning of beginningsOf(row, crowded))
        sizes.set(beginning, (sizes.get(beginning) ?? 0) + row.text.length);
    const more = [...sizes].flatMap(([beginning, size]) =>
      size > MOST_BYTES && crowded[beginning] !== 1 ? [beginning] : [],
    );
    const found = new Set(more);
    left = left.filter((row) => !beginningsOf(row, crowded).isDisjointFrom(found));
    for (const beginning of more) crowded[beginning] = 1;
  }
  return crowded;
}

function beginningsOf({ names }: FinderRow, crowded: Crowded): Set<string> {
  return new Set(names.map((name) => firstLetters(name, crowded)));
}

/** A row for each crowded beginning, with the parts of all its words, which are in other files. Its key is no word. */
function beginningRows(rows: readonly FinderRow[], crowded: Crowded, bundles: number): FinderRow[] {
  const parts = new Map(Object.keys(crowded).map((beginning) => [beginning, new Uint8Array(PARTS * bundles)]));
  for (const {
    text,
    names: [form = ''],
  } of rows) {
    let beginning = firstLetters(form, {});
    if (!parts.has(beginning)) continue;
    const steps: number[] = JSON.parse(text.slice(text.lastIndexOf('[')));
    for (const letter of [...form.slice(beginning.length), '']) {
      const found = parts.get(beginning);
      if (found === undefined) break;
      let place = 0;
      for (const step of steps) {
        place += step;
        found[place >> 1] = 1;
      }
      beginning += letter;
    }
  }
  return [...parts].map(([beginning, found]) => {
    const end = `${beginning}\u{f0000}`;
    const places = [...found].flatMap((has, part) => (has ? [2 * part] : []));
    return { ...finderRow(keysOf(end, end)[0] ?? '', places), names: [beginning] };
  });
}
