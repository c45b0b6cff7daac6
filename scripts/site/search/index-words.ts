import { hash } from 'node:crypto';
import { keysOf, spotOf, titleForm } from '../../../src/core/search-keys.ts';
import type { Facts, SearchMeta } from '../../../src/core/search-periods.ts';
import { facets } from '../../../src/core/search-query.ts';
import { type CborItem, CborWriter } from './cbor.ts';
import { cutWords, type Word } from './cut-words.ts';
import {
  type IndexFiles,
  type IndexKey,
  putChunks,
  putFile,
  putIndex,
  putNamed,
  SHORTEST_NAME,
} from './index-files.ts';
import { stemsOf } from './pagefind.ts';
import { searchedText } from './record-text.ts';
import type { SearchRecord } from './search-records.ts';

export const META: ('title' | 'author' | 'feed')[] = ['title', 'author', 'feed'];
/** The file of a bundle with the forms of its titles, of each page one. Only the build reads it, for the finder. */
export const TITLES = 'titles.json';

/** Pagefind's weights of a word, and of a part of a compound word. */
const [WHOLE, PART] = [24, 12];

/**
 * The pages of a word, in one list: of each its distance from the page before, the numbers of its places in the text and in the
 * fields, then these, as Pagefind writes them: after the mark of their kind, each as the distance from the one before. As objects,
 * their garbage collection took half of the time of an index. `page`, `kind` and `place` are the last ones; `at` is where `page` begins.
 */
type PageList = { list: number[]; at: number; page: number; kind: number; place: number };

type WordCache = Map<string, Word[]>;

/** Characters for the excerpt of a result: all of a longer post (one in six) would take up to 30 KB of a search. */
const EXCERPT_TEXT = 8000;

export interface IndexForm {
  language: string;
  /** Whether files must be few: then fragments are together in groups. */
  packed: boolean;
}

/** Bytes of a chunk of words before gzip, if files must be few: 64 KB after it. */
const LARGE = 144_000;

/** The number of groups in a full bundle: each has sixteen entries, and ten results need at most ten. */
const GROUPS = 32;

/**
 * An index of records, oldest first, in the format of Pagefind 1.6. Its own indexer splits words by the language of the
 * whole site, does not index `C++` or “clock” in such quotes, returns hits of a shorter word if it lacks the searched
 * one (https://github.com/CloudCannon/pagefind/issues/780, https://github.com/CloudCannon/pagefind/issues/793), and
 * took half of the processor time. tests/e2e/search.test.ts compares the answers of both. Every record has a
 * word (`searchedText`).
 */
export async function buildIndex(records: readonly SearchRecord[], form: IndexForm): Promise<IndexFiles> {
  const files: IndexFiles = new Map();
  const facts: Facts = { values: [], pages: {} };
  const words = new Map<string, PageList>();
  const cache: WordCache = new Map();
  const fragments = records.map((record): [string, Indexed] => [searchedText(record), record]);
  for (const [page, [content, { meta }]] of fragments.entries()) addPage(words, page, content, meta, cache);
  const { stems, language } = await stemsOf(words.keys(), form.language);
  const pages = putFragments(files, fragments, form.packed, language.name, facts);
  const writer = new CborWriter();
  const keys = [...words].flatMap(([word, { list }]) => {
    const places = writer.encode(pagesIn(list));
    return keysOf(word, stems.get(word) ?? word).map((text): IndexKey => ({ text, places }));
  });
  const chunks = putChunks(files, keys, language.name, form.packed ? LARGE : undefined);
  const oldestFirst: CborItem = ['date', pages.map((_, page) => page)];
  putIndex(files, language, { pages, chunks, fields: META, sorts: [oldestFirst] });
  files.set('facts.json', Buffer.from(JSON.stringify(facts)));
  files.set(TITLES, Buffer.from(JSON.stringify(records.map(({ meta }) => titleForm(meta.title ?? '')))));
  return files;
}

type Indexed = Pick<SearchRecord, 'url' | 'meta' | 'facets'>;

function putFragments(
  files: IndexFiles,
  pages: readonly [content: string, record: Indexed][],
  isPacked: boolean,
  language: string,
  facts: Facts,
): CborItem[] {
  const made = pages.map(([content, { url, meta, facets }]) => {
    const word_count = content.split(/\s+/).length;
    const text = content.slice(0, EXCERPT_TEXT).toWellFormed();
    const fragment = { url, content: text, word_count, filters: facets, meta, anchors: [] };
    return { fragment, hash: hash('sha256', JSON.stringify(fragment)), facets };
  });
  // As short as possible: every search loads the ids of all pages.
  let digits = SHORTEST_NAME;
  while (digits < 64 && new Set(made.map(({ hash }) => hash.slice(0, digits))).size < made.length) digits++;
  const indexes = new Map<string, number>();
  const fragments = made.map(({ fragment, hash, facets }) => {
    const id = `${language}_${hash.slice(0, digits)}`;
    facts.pages[id] = valueIndexes(facts, facets, indexes);
    return { id, fragment };
  });
  if (!isPacked)
    return fragments.map(({ id, fragment }) => {
      putNamed(files, Buffer.from(JSON.stringify(fragment)), `fragment/${id}.pf_fragment`);
      return [id, fragment.word_count, ''];
    });
  const size = Math.ceil(fragments.length / GROUPS);
  const rows: CborItem[] = [];
  for (let at = 0; at < fragments.length; at += size) {
    const group = fragments.slice(at, at + size);
    const all = Object.fromEntries(group.map(({ id, fragment }) => [id, fragment]));
    const name = putFile(files, Buffer.from(JSON.stringify(all)), (hash) => `fragment/${hash}.pf_fragment`, language);
    rows.push(...group.map(({ id, fragment }): CborItem => [id, fragment.word_count, name]));
  }
  return rows;
}

/** Pagefind's marks before the places of each kind: for the text a weight, of whole words and of parts of words, then a number for each field. */
const MARKS = [-1 - WHOLE, -1 - PART, ...META.map((_, field) => -1 - field)];

function addPage(words: Map<string, PageList>, page: number, content: string, meta: SearchMeta, cache: WordCache) {
  const add = (form: string, kind: number, place: number) => {
    const word = words.get(form) ?? { list: [], at: 0, page: 0, kind: -1, place: 0 };
    const { list } = word;
    if (list.length === 0) words.set(form, word);
    if (list.length === 0 || word.page !== page) {
      word.at = list.push(page - word.page, 0, 0) - 3;
      [word.page, word.kind] = [page, -1];
    }
    const size = word.at + (kind < 2 ? 1 : 2);
    const isFirst = word.kind !== kind;
    list[size] = (list[size] ?? 0) + (isFirst ? 2 : 1);
    if (isFirst) list.push(MARKS[kind] ?? 0);
    list.push(isFirst ? place : place - word.place);
    [word.kind, word.place] = [kind, place];
  };
  const text = cutWords(content, cache);
  for (const kind of [0, 1])
    for (const [place, cut] of text.entries())
      for (const [nth, { form, isPart }] of cut.entries())
        if (Number(isPart) === kind) add(form, kind, spotOf(place, nth));
  for (const [field, name] of META.entries())
    for (const [place, cut] of cutWords(meta[name] ?? '', cache).entries())
      for (const { form } of cut) add(form, field + 2, place);
}

/** The pages of a word as Pagefind has them. */
function pagesIn(list: readonly number[]): CborItem[] {
  const pages: CborItem[] = [];
  for (let at = 0, end = 0; at < list.length; at = end) {
    const fields = at + 3 + (list[at + 1] ?? 0);
    end = fields + (list[at + 2] ?? 0);
    pages.push([list[at] ?? 0, list.slice(at + 3, fields), list.slice(fields, end)]);
  }
  return pages;
}

/** The indexes of a page's filter values in `values`; `indexes` has those that are there. */
function valueIndexes({ values }: Facts, facetValues: SearchRecord['facets'], indexes: Map<string, number>): number[] {
  return facets.flatMap((facet) =>
    (facetValues[facet] ?? []).map((value) => {
      const key = `${facet} ${value}`;
      const at = indexes.get(key) ?? values.push([facet, value]) - 1;
      indexes.set(key, at);
      return at;
    }),
  );
}
