import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundle } from '../../../src/core/search-periods.ts';
import { SIGNS } from '../../../src/core/search-words.ts';
import { placeFiles } from './bundle-list.ts';
import {
  asList,
  type CborItem,
  decodeCbor,
  encodeCbor,
  INDEX_ENTRY,
  type IndexFiles,
  putFile,
  readIndexEntry,
  unpack,
} from './index-files.ts';
import { type IndexKey, putChunks } from './word-chunks.ts';
import { META } from './words.ts';

/** What stands before the places of a word in titles. */
const TITLE = -1;
/** Bytes of a file of words, before gzip. */
const AT_MOST = 72_000;

/** An index whose pages are bundles: a search asks of the older ones only those that hold the word. */
export async function makeFinder(folder: string, older: readonly Bundle[], to: string): Promise<void> {
  const made: IndexFiles = new Map();
  const bundles = new Map<string, { at: number; isTitle: boolean }[]>();
  const entries = await Promise.all(
    older.map(async ({ period }) => readIndexEntry(await readFile(join(folder, period, INDEX_ENTRY)))),
  );
  for (const [at, { period }] of older.entries()) {
    const words = join(folder, period, 'index');
    for (const file of await readdir(words).catch(() => [])) {
      for (const [word, pages] of asList(asList(decodeCbor(unpack(await readFile(join(words, file)))))[0]).map(
        asList,
      )) {
        const known = bundles.get(String(word)) ?? [];
        bundles.set(String(word), known);
        known.push({ at, isTitle: asList(pages).some((page) => asList(asList(page)[2]).includes(TITLE)) });
      }
    }
  }
  // Pagefind tells of one word for each place: all stand at different ones.
  const keys = [...bundles].map(
    ([text, found], place): IndexKey => ({
      text,
      places: encodeCbor(
        found.map(({ at, isTitle }, nth) => [
          at - (found[nth - 1]?.at ?? 0),
          [-25, place],
          isTitle ? [TITLE, place] : [],
        ]),
      ),
    }),
  );
  const [[language, about] = ['unknown', undefined]] = Object.entries(entries[0]?.languages ?? {});
  const pages: CborItem[] = older.map(({ period }) => [period, 1, '']);
  const chunks = putChunks(made, keys, AT_MOST, language);
  const version = entries[0]?.version ?? '';
  const meta = encodeCbor([version, pages, chunks, [], [], META]);
  const hash = putFile(made, meta, (hash) => `pagefind.${hash}.pf_meta`, language);
  const languages = { [language]: { hash, wasm: about?.wasm ?? null, page_count: older.length } };
  made.set(INDEX_ENTRY, Buffer.from(JSON.stringify({ version, languages, include_characters: SIGNS })));
  placeFiles(made, to);
}
