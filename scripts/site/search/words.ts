import type { Facts } from '../../../src/core/search-periods.ts';
import { cutWords, keysOf, SIGNS, spotsOf } from '../../../src/core/search-words.ts';
import {
  append,
  appendLength,
  asList,
  CHUNKS,
  encodeArray,
  FIELDS,
  FILTERS,
  fileIn,
  INDEX_ENTRY,
  type IndexFiles,
  PAGES,
  rewriteIndex,
  unpack,
} from './index-files.ts';
import { type IndexKey, putChunks, stemsOf } from './word-chunks.ts';

/** The searched fields besides the text. */
export const META = ['title', 'author', 'feed'];
/** Pagefind's weights of a word, and of a part of a compound word. */
const [WHOLE, PART] = [24, 12];

/** A page in Pagefind's index. */
interface Fragment {
  url: string;
  content: string;
  meta: Record<string, string>;
  filters: Record<string, string[]>;
}

/** The places of a word in a page: in its text as a whole word and as a part of another, and in each field. */
type Places = (number[] | undefined)[];

/** The pages of a word in Pagefind's encoding. As objects, their garbage collection took half of the time of an index. */
interface Pages {
  last: number;
  length: number;
  bytes: number[];
}

/**
 * Replaces the words of an index by those of `src/core/search-words.ts`, and Pagefind's filters by one file with the filter
 * values of each page. Pagefind splits words by the language of the whole site, does not index `C++` or “clock” in such quotes,
 * and returns hits of a shorter word if it lacks the searched one (https://github.com/CloudCannon/pagefind/issues/780,
 * https://github.com/CloudCannon/pagefind/issues/793).
 * @param atMost bytes of a chunk of words, before gzip
 * @returns the addresses of the pages in the index
 */
export async function writeWords(files: IndexFiles, atMost: number): Promise<Set<string>> {
  const held = new Set<string>();
  const facts: Facts = { values: [], pages: {} };
  for (const path of [...files.keys()]) if (/^(?:index|filter)\//.test(path)) files.delete(path);
  const entry = await rewriteIndex(files, async (index, language) => {
    const words = new Map<string, Pages>();
    const known: Known = new Map();
    for (const [page, [hash, , group]] of asList(index[PAGES]).map(asList).entries()) {
      const fragment = readFragment(files, String(hash), String(group ?? ''));
      for (const [form, places] of placesIn(fragment, known)) addPage(words, form, page, places);
      held.add(fragment.url.replace(/^\//, ''));
      facts.pages[String(hash)] = valuesOf(facts, fragment);
    }
    const stems = await stemsOf(words.keys(), language);
    const keys: IndexKey[] = [];
    for (const [form, { length, bytes }] of words) {
      const places = encodeArray([Buffer.from(bytes)], length);
      for (const text of keysOf(form, stems.get(form) ?? form)) keys.push({ text, places });
    }
    index[CHUNKS] = putChunks(files, keys, atMost, language);
    index[FILTERS] = [];
    index[FIELDS] = META;
  });
  files.set('facts.json', Buffer.from(JSON.stringify(facts)));
  files.set(INDEX_ENTRY, Buffer.from(JSON.stringify({ ...entry, include_characters: SIGNS })));
  return held;
}

let lastGroup: { name: string; fragments: Record<string, Fragment> } | undefined;

function readFragment(files: IndexFiles, hash: string, group: string): Fragment {
  const read = (name: string) => JSON.parse(unpack(fileIn(files, `fragment/${name}.pf_fragment`)).toString('utf8'));
  if (group === '') return read(hash);
  if (lastGroup?.name !== group) lastGroup = { name: group, fragments: read(group) };
  const fragment = lastGroup.fragments[hash];
  if (fragment === undefined) throw new Error(`Pagefind's file ${group} has no ${hash}`);
  return fragment;
}

type Known = NonNullable<Parameters<typeof cutWords>[1]>;

/** The words of a page, with their places. */
function placesIn({ content, meta }: Fragment, known: Known): Map<string, Places> {
  const words = new Map<string, Places>();
  const add = (form: string, kind: number, place: number) => {
    const places = words.get(form) ?? [];
    if (places.length === 0) words.set(form, places);
    const ofKind = places[kind];
    if (ofKind) ofKind.push(place);
    else places[kind] = [place];
  };
  for (const { form, spot, isPart } of spotsOf(cutWords(content.replaceAll('\u200b', ''), known)))
    add(form, Number(isPart), spot);
  for (const [field, name] of META.entries())
    for (const { form, place } of cutWords(meta[name] ?? '', known)) add(form, field + 2, place);
  return words;
}

/** Pagefind's marks before the places of each kind: a weight, or the number of a field. */
const MARKS = [-1 - WHOLE, -1 - PART, ...META.map((_, field) => -1 - field)];

/** Adds a page: its distance from the page before, its places in the text, its places in the fields. */
function addPage(words: Map<string, Pages>, form: string, page: number, places: Places): void {
  const pages = words.get(form) ?? { last: 0, length: 0, bytes: [] };
  if (pages.length === 0) words.set(form, pages);
  appendLength(pages.bytes, 3);
  append(pages.bytes, page - pages.last);
  appendPlaces(pages.bytes, places, 0, 2);
  appendPlaces(pages.bytes, places, 2, MARKS.length);
  pages.last = page;
  pages.length++;
}

/** Encodes places as Pagefind does: after the mark of their kind, each as the distance from the one before. */
function appendPlaces(bytes: number[], places: Places, from: number, to: number): void {
  let length = 0;
  for (let kind = from; kind < to; kind++) length += 1 + (places[kind]?.length ?? -1);
  appendLength(bytes, length);
  for (let kind = from; kind < to; kind++) {
    const ofKind = places[kind];
    if (!ofKind) continue;
    append(bytes, MARKS[kind] ?? 0);
    let last = 0;
    for (const place of ofKind) {
      append(bytes, place - last);
      last = place;
    }
  }
}

/** The indexes of a page's filter values in `values`. */
function valuesOf({ values }: Facts, { filters }: Fragment): number[] {
  return Object.entries(filters).flatMap(([facet, own]) =>
    own.map((value) => {
      const at = values.findIndex(([name, known]) => name === facet && known === value);
      return at >= 0 ? at : values.push([facet, value]) - 1;
    }),
  );
}
