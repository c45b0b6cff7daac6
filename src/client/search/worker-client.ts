import type { Engine, IndexPlace } from './engine.ts';
import type { Method, WorkerAnswer, WorkerQuestion } from './worker.ts';

/** The thread of the search. */
export interface Thread {
  /** Calls a method of the engine in the thread. After a failure all calls are rejected: start another thread. */
  ask<M extends Method>(method: M, ...args: Parameters<Engine[M]>): ReturnType<Engine[M]>;
}

export function startThread(place: IndexPlace): Thread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  return {
    ask<M extends Method>(method: M, ...args: Parameters<Engine[M]>) {
      const answer = new Promise<never>((resolve, reject) => {
        const { port1, port2 } = new MessageChannel();
        const fail = (message: string) => {
          worker.terminate();
          reject(new Error(message));
        };
        worker.addEventListener('error', ({ message }) => fail(message));
        port1.onmessage = ({ data }: MessageEvent<WorkerAnswer>) =>
          data.failed ? fail(data.failed) : resolve(data.answer as never);
        worker.postMessage({ place, method, args } satisfies WorkerQuestion<M>, [port2]);
      });
      return answer as ReturnType<Engine[M]>;
    },
  };
}
