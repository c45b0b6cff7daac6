/** Makes one bundle in a thread, with a Pagefind of its own: told which by `workerData`, it answers with what came of it. */
import { parentPort, workerData } from 'node:worker_threads';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { makeBundle } from './bundles.ts';

/** What a thread throws arrives as a copy, which has forgotten its class. */
export type BundleOutcome = { unindexed: string[] } | { mend: string };

async function outcome(): Promise<BundleOutcome> {
  try {
    const { output, period, form, to } = workerData;
    return { unindexed: await makeBundle(output, period, form, to) };
  } catch (error) {
    if (error instanceof OperatorError) return { mend: error.message };
    throw error;
  }
}

parentPort?.postMessage(await outcome());
