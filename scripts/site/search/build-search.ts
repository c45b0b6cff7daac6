import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { type Bundle, type Period, periodsOf, REACH, type Reach, reaching } from '../../../src/core/search-periods.ts';
import { SIGNS } from '../../../src/core/search-words.ts';
import { print, printError } from '../../cli.ts';
import { describeBundles, placeFiles, writeList } from './bundle-list.ts';
import { makeBundles } from './bundles.ts';
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
import { readSpans } from './indexed-pages.ts';
import { makeEngine } from './pagefind.ts';
import { openPieces } from './pieces.ts';
import { type IndexKey, putChunks } from './word-chunks.ts';
import { META } from './words.ts';

/**
 * Builds the search: one bundle for each period whose entry pages changed, the finder and the list. Prints a summary. Throws an
 * `OperatorError` if the site has no entry pages.
 * @param inBundle the number of entries in one bundle, if the months allow it
 */
export async function search(output: string, reach: Reach = REACH, inBundle?: number): Promise<void> {
  const folder = 'pagefind';
  const spans = await readSpans(output);
  const counts = new Map([...spans].map(([span, { entries }]) => [span, entries]));
  const periods = periodsOf(counts, inBundle).reverse();
  if (periods.length === 0)
    throw new OperatorError(`There is nothing to search: ${output} has no entry pages. Run "npm run site" first.`);
  const pieces = await openPieces(output, folder);
  // With few files: a site with pages by month gets fragments for many entries, but not in the newest bundle, which changes often.
  const isAnchored = [...spans.values()].some(({ anchored }) => anchored);
  const isPacked = (period: Period) => isAnchored && period !== periods[0];
  const { entries, unindexed, made } = await makeBundles(output, pieces, spans, periods, isPacked);
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
  for (const page of unindexed) printError(`search: ${page} is published, but has no words to search`);
  print(
    `search: ${entries - unindexed.length} of ${entries} entries indexed, ${made} of ${periods.length} bundles rebuilt`,
  );
}

/** The mark before the places of a word in titles. */
const TITLE = -1;
/** Bytes of a chunk of words, before gzip. */
const FINDER_CHUNK = 72_000;

/** Writes an index whose pages are the older bundles: with it, a search loads only those that have the word. */
async function makeFinder(folder: string, older: readonly Bundle[], to: string): Promise<void> {
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
  // Pagefind returns one word for each place, so each word gets its own place.
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
  const chunks = putChunks(made, keys, FINDER_CHUNK, language);
  const version = entries[0]?.version ?? '';
  const meta = encodeCbor([version, pages, chunks, [], [], META]);
  const metaHash = putFile(made, meta, (name) => `pagefind.${name}.pf_meta`, language);
  const languages = { [language]: { hash: metaHash, wasm: about?.wasm ?? null, page_count: older.length } };
  made.set(INDEX_ENTRY, Buffer.from(JSON.stringify({ version, languages, include_characters: SIGNS })));
  placeFiles(made, to);
}
