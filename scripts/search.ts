/** The last step of a build: indexes the entry pages of the site, a bundle a period, puts the bundles beside them, and writes `digest.txt`. */
import { join } from 'node:path';
import { type Period, periodsOf } from '../src/lib/search-periods.ts';
import { OperatorError } from '../src/operator-error.ts';
import { outputFolder } from '../src/root.ts';
import { run } from './cli.ts';
import { print, printError } from './print.ts';
import { makeBundles } from './search/bundles.ts';
import { makeEngine } from './search/engine.ts';
import { describe, writeList } from './search/list.ts';
import { openPieces } from './search/pieces.ts';
import { readSpans } from './search/spans.ts';
import { writeDigest } from './site/digest.ts';

await run(async () => {
  const output = outputFolder();
  const folder = 'pagefind';

  const spans = await readSpans(output);
  const periods = periodsOf(new Map([...spans].map(([span, { entries }]) => [span, entries]))).reverse();
  const pieces = await openPieces(output, folder);
  /** Who has no room for a file an entry has none for a fragment an entry either; the newest is made anew too often for it. */
  const isAnchored = [...spans.values()].some(({ anchored }) => anchored);
  const isPacked = (period: Period) => isAnchored && period !== periods[0];

  const tally = await makeBundles(output, pieces, spans, periods, isPacked);
  if (tally.entries === 0)
    throw new OperatorError(`There is nothing to search: ${output} holds no entry page. Run "npm run site" first.`);
  const at = join(output, folder);
  const { language, bundles } = await describe(at, periods, isPacked);
  await pieces.ensure('engine', [language], (to) => makeEngine(output, language, to));
  await writeList(at, bundles);
  await pieces.sweep();
  await writeDigest(output);
  const { entries, unindexed, made } = tally;
  for (const page of unindexed) printError(`search: ${page} is published, but holds no word to be found by`);
  print(
    `search: ${entries - unindexed.length} of ${entries} entries indexed, ${made} of ${periods.length} bundles made anew`,
  );
});
