import { availableParallelism, freemem } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Period } from '../../../src/core/search-periods.ts';
import type { Pieces } from './pieces.ts';
import type { SearchRecord, SearchSource } from './search-records.ts';
import type { IndexForm } from './words.ts';

/** The result of building the bundles. */
export interface BundleCounts {
  entries: number;
  /** Addresses of entries without words, in the rebuilt bundles. */
  unindexed: string[];
  /** The number of rebuilt bundles. */
  made: number;
}

/** The work of a thread. */
export interface BundleJob {
  records: SearchRecord[];
  form: IndexForm;
  /** The folder of the bundle. */
  to: string;
}

/** Bytes of memory that a thread needs for a full bundle. */
const MEMORY_PER_BUNDLE = 400e6;

/** Builds the bundles that are missing or have changed, as many at once as processors and memory allow. */
export async function makeBundles(
  pieces: Pieces,
  { language, spans, records }: SearchSource,
  periods: readonly Period[],
  isPacked: (period: Period) => boolean,
): Promise<BundleCounts> {
  const counts: BundleCounts = { entries: 0, unindexed: [], made: 0 };
  const waiting = [...periods];
  const work = async () => {
    for (let period = waiting.shift(); period !== undefined; period = waiting.shift()) {
      const form: IndexForm = { language, packed: isPacked(period) };
      const own = period.spans;
      const inputs = [String(form.packed), ...own.map((span) => spans.get(span)?.hash ?? '')];
      const result = await pieces.ensure(period.name, inputs, async (to) => {
        counts.unindexed.push(...(await inThread({ records: own.flatMap(records), form, to })));
      });
      counts.entries += period.entries;
      if (result === 'made') counts.made++;
    }
  };
  const threads = Math.min(availableParallelism(), Math.floor(freemem() / MEMORY_PER_BUNDLE), periods.length);
  await Promise.all(Array.from({ length: Math.max(1, threads) }, work));
  counts.unindexed.sort();
  return counts;
}

/** With the usual 48 MB for new objects, of which a growing index keeps most, a thread took 160 MB more. */
const resourceLimits = { maxYoungGenerationSizeMb: 12 };

/** In its own thread: Pagefind's service runs once in a thread. */
function inThread(workerData: BundleJob): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./bundle-thread.ts', import.meta.url), { workerData, resourceLimits });
    thread.once('message', resolve);
    thread.once('error', reject);
  });
}
