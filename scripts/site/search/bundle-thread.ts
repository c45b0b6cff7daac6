/** Builds bundles in a thread (build-search.ts starts it), one for each message, and answers when its files are written. */
import { parentPort } from 'node:worker_threads';
import { freeMemory } from '../free-memory.ts';
import type { BundleJob } from './build-search.ts';
import { placeFiles } from './index-files.ts';
import { buildIndex } from './index-words.ts';

let isFirst = true;
parentPort?.on('message', async (job: BundleJob) => {
  // What is left of the bundle before took 70 MB. Behind the last bundle it would be in vain.
  if (!isFirst) freeMemory();
  isFirst = false;
  await makeBundle(job);
  parentPort?.postMessage('done');
});

export async function makeBundle({ records, form, to }: BundleJob): Promise<void> {
  placeFiles(await buildIndex(records, form), to);
}
