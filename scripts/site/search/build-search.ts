import { hash } from 'node:crypto';
import { join } from 'node:path';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { type Period, periodsOf, REACH, type Reach, reaching } from '../../../src/core/search-periods.ts';
import { print, printError } from '../../cli.ts';
import { describeBundles, writeList } from './bundle-list.ts';
import { makeBundles } from './bundles.ts';
import { makeFinder } from './finder.ts';
import { readSpans } from './indexed-pages.ts';
import { makeEngine } from './pagefind.ts';
import { openPieces } from './pieces.ts';

/**
 * Indexes the entry pages of a site, a bundle a period, where they are others than last time, and says what became of it.
 * Throws an `OperatorError` where there is none.
 * @param inBundle entries that are indexed as one, where months allow
 */
export async function search(output: string, reach: Reach = REACH, inBundle?: number): Promise<void> {
  const folder = 'pagefind';
  const spans = await readSpans(output);
  const counts = new Map([...spans].map(([span, { entries }]) => [span, entries]));
  const periods = periodsOf(counts, inBundle).reverse();
  if (periods.length === 0)
    throw new OperatorError(`There is nothing to search: ${output} holds no entry page. Run "npm run site" first.`);
  const pieces = await openPieces(output, folder);
  /** Who has no room for a file an entry has none for a fragment an entry either; the newest is made anew too often for it. */
  const isAnchored = [...spans.values()].some(({ anchored }) => anchored);
  const isPacked = (period: Period) => isAnchored && period !== periods[0];
  const { entries, unindexed, made } = await makeBundles(output, pieces, spans, periods, isPacked);
  const at = join(output, folder);
  const { language, bundles } = await describeBundles(at, periods);
  await pieces.ensure('engine', [language], (to) => makeEngine(language, to));
  // The newest are asked in any case; where that is all there is to ask nobody need find the others.
  const older = reaching(bundles, reach.further) < bundles.length ? bundles.slice(reaching(bundles, reach.first)) : [];
  const inputs = older.map(({ period, tag }) => `${period} ${tag}`);
  if (older.length > 0) {
    await pieces.ensure('finder', inputs, (to) => makeFinder(at, older, to));
  }
  await writeList(at, bundles, reach, older.length > 0 ? hash('sha256', inputs.join()).slice(0, 10) : null);
  await pieces.sweep();
  for (const page of unindexed) printError(`search: ${page} is published, but holds no word to be found by`);
  print(
    `search: ${entries - unindexed.length} of ${entries} entries indexed, ${made} of ${periods.length} bundles made anew`,
  );
}
