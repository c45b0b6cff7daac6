import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Facts } from '../../../src/core/search-periods.ts';
import { cutWords, keysOf, SIGNS, spotsOf } from '../../../src/core/search-words.ts';
import { append, asList, CHUNKS, encodeArray, FIELDS, FILTERS, PAGES, readBytes, rewriteIndex } from './index-files.ts';
import { type IndexKey, putChunks, stemsOf } from './word-chunks.ts';

/** What people look for beside the text. */
export const META = ['title', 'author', 'feed'];
/** As Pagefind weighs a word, and a part of one. */
const [WHOLE, PART] = [24, 12];

/** What Pagefind keeps of a page. */
interface Fragment {
  url: string;
  content: string;
  meta: Record<string, string>;
  filters: Record<string, string[]>;
}

/** Where a word stands in a page: in its text as a whole and as a part of another, and in each field. */
type Places = [whole: number[], part: number[], ...fields: number[][]];

/** The pages of a word as Pagefind writes them, encoded. As objects they took half of the time of an index to be cleared away. */
interface Pages {
  last: number;
  length: number;
  bytes: number[];
}

/**
 * Writes the words of an index anew, as `src/core/search-words.ts` takes texts apart, and in place of Pagefind's filters one
 * file that tells for each page what it can be filtered by. Pagefind cuts words by the language of the whole site, knows
 * neither `C++` nor “clock” in such quotes, and where it has not the word that is asked for it answers with a shorter one (#780, #793).
 * @param atMost bytes of a file of words, before gzip
 * @returns addresses of the pages that are in the index
 */
export async function writeWords(folder: string, atMost: number): Promise<Set<string>> {
  const held = new Set<string>();
  const facts: Facts = { values: [], pages: {} };
  const entry = await rewriteIndex(folder, async (index, language) => {
    const words = new Map<string, Pages>();
    const known: Known = new Map();
    for (const [page, [hash, , group]] of asList(index[PAGES]).map(asList).entries()) {
      const fragment = await readFragment(folder, String(hash), String(group ?? ''));
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
    for (const part of ['index', 'filter']) await rm(join(folder, part), { recursive: true, force: true });
    await mkdir(join(folder, 'index'));
    index[CHUNKS] = await putChunks(folder, keys, atMost, language);
    index[FILTERS] = [];
    index[FIELDS] = META;
  });
  await writeFile(join(folder, 'facts.json'), JSON.stringify(facts));
  await writeFile(join(folder, 'pagefind-entry.json'), JSON.stringify({ ...entry, include_characters: SIGNS }));
  return held;
}

let lastGroup: { name: string; fragments: Record<string, Fragment> } | undefined;

async function readFragment(folder: string, hash: string, group: string): Promise<Fragment> {
  const read = async (name: string) =>
    JSON.parse((await readBytes(join(folder, 'fragment', `${name}.pf_fragment`))).toString('utf8'));
  if (group === '') return read(hash);
  if (lastGroup?.name !== group) lastGroup = { name: group, fragments: await read(group) };
  const fragment = lastGroup.fragments[hash];
  if (fragment === undefined) throw new Error(`Pagefind's file ${group} has no ${hash}`);
  return fragment;
}

type Known = NonNullable<Parameters<typeof cutWords>[1]>;

/** By word, where it stands in a page. */
function placesIn({ content, meta }: Fragment, known: Known): Map<string, Places> {
  const words = new Map<string, Places>();
  const add = (form: string, kind: number, place: number) => {
    const places = words.get(form) ?? [[], [], ...META.map(() => [])];
    words.set(form, places);
    places[kind]?.push(place);
  };
  for (const { form, spot, isPart } of spotsOf(cutWords(content.replaceAll('\u200b', ''), known)))
    add(form, Number(isPart), spot);
  for (const [field, name] of META.entries())
    for (const { form, place } of cutWords(meta[name] ?? '', known)) add(form, field + 2, place);
  return words;
}

/** As Pagefind writes places: each as the step from the one before, after a negative number that is a weight or a field. */
function addPage(words: Map<string, Pages>, form: string, page: number, [whole, part, ...fields]: Places): void {
  const pages = words.get(form) ?? { last: 0, length: 0, bytes: [] };
  words.set(form, pages);
  const inText = stepsOf(-1 - WHOLE, whole).concat(stepsOf(-1 - PART, part));
  append(pages.bytes, [page - pages.last, inText, fields.flatMap((places, field) => stepsOf(-1 - field, places))]);
  pages.last = page;
  pages.length++;
}

function stepsOf(mark: number, places: readonly number[]): number[] {
  return places.length === 0 ? [] : [mark, ...places.map((place, at) => place - (places[at - 1] ?? 0))];
}

/** The numbers of a page's filter values among all. */
function valuesOf({ values }: Facts, { filters }: Fragment): number[] {
  return Object.entries(filters).flatMap(([facet, own]) =>
    own.map((value) => {
      const at = values.findIndex(([name, known]) => name === facet && known === value);
      return at >= 0 ? at : values.push([facet, value]) - 1;
    }),
  );
}
