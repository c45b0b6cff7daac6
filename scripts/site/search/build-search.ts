import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { type Period, periodsOf, REACH, type Reach, reaching } from '../../../src/core/search-periods.ts';
import { describeBundles, writeList } from './bundle-list.ts';
import { type BundleCounts, makeBundles } from './bundles.ts';
import { makeFinder } from './make-finder.ts';
import { makeEngine } from './pagefind.ts';
import { openPieces } from './pieces.ts';
import type { SearchSource } from './search-records.ts';

/** The numbers of entries, of all bundles and of the rebuilt ones, and the addresses of entries without words in the latter. */
export type SearchSummary = BundleCounts & { bundles: number };

/**
 * Builds the search: one bundle for each period whose entries changed, the finder and the list. Throws an `OperatorError` if
 * there are no entries.
 * @param inBundle the number of entries in one bundle, if the months allow it
 */
export async function search(
  output: string,
  source: SearchSource,
  { reach = REACH, inBundle }: { reach?: Reach; inBundle?: number } = {},
): Promise<SearchSummary> {
  const folder = 'pagefind';
  const sizes = new Map([...source.spans].map(([span, { entries }]) => [span, entries]));
  const periods = periodsOf(sizes, inBundle).reverse();
  if (periods.length === 0)
    throw new OperatorError('There is nothing to search: the archive has no entries. Run "npm run snapshot" first.');
  const pieces = await openPieces(output, folder);
  const isPacked = (period: Period) => source.isPacked && period !== periods[0];
  const counts = await makeBundles(pieces, source, periods, isPacked);
  const at = join(output, folder);
  const { language, bundles } = await describeBundles(at, periods);
  await pieces.ensure('engine', [language], (to) => makeEngine(language, to));
  // A search always asks the newest bundles; the finder is needed only if there are more.
  const older = reaching(bundles, reach.further) < bundles.length ? bundles.slice(reaching(bundles, reach.first)) : [];
  const inputs = older.map(({ period, tag }) => `${period} ${tag}`);
  const finder = hash('sha256', inputs.join()).slice(0, 10);
  if (older.length > 0)
    await pieces.ensure('finder', inputs, async (to) => {
      // In a folder with its tag: a reader with the list of an earlier build gets no words of this one.
      rmSync(to, { recursive: true, force: true });
      await makeFinder(at, older, join(to, finder));
    });
  await writeList(at, { bundles, reach, ...(older.length > 0 && { finder }) });
  await pieces.sweep();
  return { ...counts, bundles: periods.length };
}
