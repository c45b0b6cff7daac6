/** Builds one bundle in a thread (build-search.ts starts it), and sends a message when its files are written. */
import { parentPort, workerData } from 'node:worker_threads';
import type { BundleJob } from './build-search.ts';
import { placeFiles } from './index-files.ts';
import { buildIndex } from './index-words.ts';

const { records, form, to }: BundleJob = workerData;
placeFiles(await buildIndex(records, form), to);
parentPort?.postMessage('done');
