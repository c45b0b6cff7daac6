import type { Engine } from './engine.ts';
import type { Method, WorkerAnswer, WorkerQuestion } from './worker.ts';

/** The thread of the search. */
let worker: Worker | undefined;
const pending = new Set<(reason: { message: string }) => void>();

function fail(reason: { message: string }): void {
  worker?.terminate();
  worker = undefined;
  for (const reject of pending) reject(reason);
  pending.clear();
}

/** Calls a method of the engine in the thread. After a failure all calls are rejected, and the next one starts another thread. */
export function askWorker<M extends Method>(method: M, ...args: Parameters<Engine[M]>): ReturnType<Engine[M]> {
  if (!worker) {
    worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.onerror = fail;
  }
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ method, args } satisfies WorkerQuestion<M>, [port2]);
  const answer = new Promise<never>((resolve, reject) => {
    pending.add(reject);
    port1.onmessage = ({ data: { failed, answer } }: MessageEvent<WorkerAnswer>) => {
      port1.close();
      // The answers of an ended thread come too late.
      if (failed && pending.has(reject)) fail(new Error(failed));
      pending.delete(reject);
      resolve(answer as never);
    };
  });
  return answer as ReturnType<Engine[M]>;
}
