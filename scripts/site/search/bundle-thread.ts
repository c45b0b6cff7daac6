/** Builds one bundle in a thread (bundles.ts starts it). Answers with the addresses of entries without words. */
import { parentPort, workerData } from 'node:worker_threads';
import { placeFiles } from './bundle-list.ts';
import type { BundleJob } from './bundles.ts';
import { indexOf } from './words.ts';

const { records, form, to }: BundleJob = workerData;
const { files, unindexed } = await indexOf(records, form);
placeFiles(files, to);
parentPort?.postMessage(unindexed);
