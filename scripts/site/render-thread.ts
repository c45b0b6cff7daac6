/** Renders folders of the site beside the main thread; see publish.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { operatorError } from '../cli.ts';
import { readData, renderFolders, type Work } from './render.ts';

const work: Work = workerData;
try {
  parentPort?.postMessage(await renderFolders(await readData(work.output, work.now), work));
} catch (error) {
  // The class of an error is lost on its way to another thread.
  const { message, exitCode } = operatorError(error);
  parentPort?.postMessage({ message, exitCode });
}
