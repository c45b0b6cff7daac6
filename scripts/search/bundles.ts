import { availableParallelism, freemem } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Period } from '../../src/lib/search-periods.ts';
import { OperatorError } from '../../src/operator-error.ts';
import type { Form } from './bundle.ts';
import type { Outcome } from './bundle-thread.ts';
import type { Pieces } from './pieces.ts';
import type { Span } from './spans.ts';

/** What became of some periods: how many entries they have, which pages of those indexed just now cannot be found, how many bundles were made. */
export interface Tally {
  entries: number;
  unindexed: string[];
  made: number;
}

/** Bytes of memory that Pagefind may need for a full bundle. */
const OF_A_BUNDLE = 600e6;

/** Makes the bundle of each period where it is not there as it should be: as many at once as there are processors and memory. */
export async function makeBundles(
  output: string,
  pieces: Pieces,
  spans: ReadonlyMap<string, Span>,
  periods: readonly Period[],
  isPacked: (period: Period) => boolean,
): Promise<Tally> {
  const anchored = new Set([...spans].filter(([, span]) => span.anchored).map(([name]) => name));
  const tally: Tally = { entries: 0, unindexed: [], made: 0 };
  const waiting = [...periods];
  const work = async () => {
    for (let period = waiting.shift(); period !== undefined; period = waiting.shift()) {
      const { name, entries } = period;
      const form: Form = { anchored, packed: isPacked(period) };
      const hashes = [String(form.packed), ...period.spans.map((span) => spans.get(span)?.hash ?? '')];
      const became = await pieces.ensure(name, hashes, async (to) => {
        tally.unindexed.push(...(await inThread({ output, period, form, to })));
      });
      tally.entries += entries;
      if (became === 'made') tally.made++;
    }
  };
  const atOnce = Math.max(1, Math.min(availableParallelism(), Math.floor(freemem() / OF_A_BUNDLE), periods.length));
  await Promise.all(Array.from({ length: atOnce }, work));
  tally.unindexed.sort();
  return tally;
}

/** Pagefind holds all that it has read until it ends, and runs once in a thread. */
function inThread(workerData: { output: string; period: Period; form: Form; to: string }): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./bundle-thread.ts', import.meta.url), { workerData });
    thread.once('message', (outcome: Outcome) =>
      'mend' in outcome ? reject(new OperatorError(outcome.mend)) : resolve(outcome.unindexed),
    );
    thread.once('error', reject);
  });
}
