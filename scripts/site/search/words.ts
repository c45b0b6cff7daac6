import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Facts } from '../../../src/core/search-periods.ts';
import { keysOf, SIGNS, spotsOf, wordsOf } from '../../../src/core/search-words.ts';
import type { CborItem } from './index-files.ts';
import { asList, CHUNKS, FIELDS, FILTERS, PAGES, readBytes, rewriteIndex } from './index-files.ts';
import { type Key, putChunks, stemsOf } from './word-chunks.ts';

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

/** Where a word stands in a page. */
interface Places {
  whole: number[];
  part: number[];
  /** By field, and there. */
  meta: [field: number, place: number][];
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
    const words = new Map<string, Map<number, Places>>();
    const known: Known = new Map();
    for (const [page, [hash, , group]] of asList(index[PAGES]).map(asList).entries()) {
      const fragment = await readFragment(folder, String(hash), String(group ?? ''));
      addWords(words, page, fragment, known);
      held.add(fragment.url.replace(/^\//, ''));
      facts.pages[String(hash)] = valuesOf(facts, fragment);
    }
    const stems = await stemsOf(words.keys(), language);
    const keys: Key[] = [];
    for (const [form, pages] of words) {
      const places = itemOf(pages);
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

type Known = NonNullable<Parameters<typeof wordsOf>[1]>;

function addWords(
  words: Map<string, Map<number, Places>>,
  page: number,
  { content, meta }: Fragment,
  known: Known,
): void {
  const placesOf = (form: string): Places => {
    const pages = words.get(form) ?? new Map<number, Places>();
    words.set(form, pages);
    const places = pages.get(page) ?? { whole: [], part: [], meta: [] };
    pages.set(page, places);
    return places;
  };
  for (const { form, spot, isPart } of spotsOf(wordsOf(content.replaceAll('\u200b', ''), known))) {
    const { whole, part } = placesOf(form);
    (isPart ? part : whole).push(spot);
  }
  for (const [field, name] of META.entries()) {
    for (const { form, place } of wordsOf(meta[name] ?? '', known)) placesOf(form).meta.push([field, place]);
  }
}

/** As Pagefind writes places: each as the step from the one before, after a negative number that is a weight or a field. */
function itemOf(pages: ReadonlyMap<number, Places>): CborItem[] {
  let last = 0;
  return [...pages].map(([page, { whole, part, meta }]) => {
    const step = page - last;
    last = page;
    const inText = [...stepsOf(-1 - WHOLE, whole), ...stepsOf(-1 - PART, part)];
    const fields = META.flatMap((_, at) =>
      stepsOf(
        -1 - at,
        meta.flatMap(([field, place]) => (field === at ? [place] : [])),
      ),
    );
    return [step, inText, fields];
  });
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
