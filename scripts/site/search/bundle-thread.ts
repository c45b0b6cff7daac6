/** Builds one bundle in a thread (build-search.ts starts it). Answers with the addresses of entries without words. */
import { parentPort, workerData } from 'node:worker_threads';
import type { BundleJob } from './build-search.ts';
import { placeFiles } from './index-files.ts';
import { indexOf } from './words.ts';

const { records, form, to }: BundleJob = workerData;
const { files, unindexed } = await indexOf(records, form);
placeFiles(files, to);
parentPort?.postMessage(unindexed);
