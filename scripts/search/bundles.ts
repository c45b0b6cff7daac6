import type { Period } from '../../src/lib/search-periods.ts';
import { makeBundle } from './bundle.ts';
import type { Pieces } from './pieces.ts';
import type { Span } from './spans.ts';

/** What became of some periods: how many entries they have, which pages of those indexed just now cannot be found, how many bundles were made. */
export interface Tally {
  entries: number;
  unindexed: string[];
  made: number;
}

/** Makes the bundle of each period where it is not there as it should be. One at a time: each may need half a gigabyte of memory. */
export async function makeBundles(
  output: string,
  pieces: Pieces,
  spans: ReadonlyMap<string, Span>,
  periods: readonly Period[],
  isPacked: (period: Period) => boolean,
): Promise<Tally> {
  const anchored = new Set([...spans].filter(([, span]) => span.anchored).map(([name]) => name));
  const tally: Tally = { entries: 0, unindexed: [], made: 0 };
  for (const period of periods) {
    const packed = isPacked(period);
    const hashes = [String(packed), ...period.spans.map((span) => spans.get(span)?.hash ?? '')];
    const became = await pieces.ensure(period.name, hashes, async (to) => {
      tally.unindexed.push(...(await makeBundle(output, period, { anchored, packed }, to)));
    });
    tally.entries += period.entries;
    if (became === 'made') tally.made++;
  }
  return tally;
}
