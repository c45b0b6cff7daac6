/** Renders folders of the site in another thread (publish.ts starts it). */
import { parentPort, workerData } from 'node:worker_threads';
import { operatorError } from '../cli.ts';
import { type RenderJob, readData, renderFolders } from './render.ts';

const job: RenderJob = workerData;
try {
  parentPort?.postMessage(await renderFolders(await readData(job.output, job.now), job));
} catch (error) {
  // A message to another thread does not keep the class of an error.
  const { message, exitCode } = operatorError(error);
  parentPort?.postMessage({ message, exitCode });
}
