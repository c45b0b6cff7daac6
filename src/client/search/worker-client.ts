import type { Engine, IndexPlace } from './engine.ts';
import type { Method, WorkerAnswer, WorkerQuestion } from './worker.ts';

/** The thread of the search. */
export interface Thread {
  /** Calls a method of the engine in the thread. After a failure all calls are rejected: start another thread. */
  ask<M extends Method>(method: M, ...args: Parameters<Engine[M]>): ReturnType<Engine[M]>;
}

export function startThread(place: IndexPlace): Thread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const pending = new Set<(reason: Error) => void>();
  let broken: Error | undefined;
  const fail = (message: string) => {
    broken = new Error(message);
    worker.terminate();
    for (const reject of pending) reject(broken);
  };
  worker.onerror = ({ message }) => fail(message);
  return {
    ask<M extends Method>(method: M, ...args: Parameters<Engine[M]>) {
      const answer = new Promise<never>((resolve, reject) => {
        if (broken) return reject(broken);
        const { port1, port2 } = new MessageChannel();
        pending.add(reject);
        port1.onmessage = ({ data: { failed, answer } }: MessageEvent<WorkerAnswer>) => {
          if (failed) return fail(failed);
          pending.delete(reject);
          port1.close();
          resolve(answer as never);
        };
        worker.postMessage({ place, method, args } satisfies WorkerQuestion<M>, [port2]);
      });
      return answer as ReturnType<Engine[M]>;
    },
  };
}
