/** Builds one bundle in a thread with its own Pagefind (bundles.ts starts it). */
import { parentPort, workerData } from 'node:worker_threads';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { makeBundle } from './bundles.ts';

/** A message to another thread does not keep the class of an error. */
export type BundleOutcome = { unindexed: string[] } | { problem: string };

async function outcome(): Promise<BundleOutcome> {
  try {
    const { output, period, form, to } = workerData;
    return { unindexed: await makeBundle(output, period, form, to) };
  } catch (error) {
    if (error instanceof OperatorError) return { problem: error.message };
    throw error;
  }
}

parentPort?.postMessage(await outcome());
