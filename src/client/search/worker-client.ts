import type { Engine, IndexPlace } from './engine.ts';
import type { Message, Method, WorkerQuestion } from './worker.ts';

/** The thread of the search. */
export interface Thread {
  /** Calls a method of the engine in the thread. */
  ask<M extends Method>(method: M, ...args: Parameters<Engine[M]>): ReturnType<Engine[M]>;
}

/** Starts the thread. After a failure every question is rejected: start another thread. */
export function startThread(place: IndexPlace): Thread {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (reason: Error) => void }>();
  let lastId = 0;
  let broken: Error | undefined;
  const fail = (why: string) => {
    broken = new Error(why);
    worker.terminate();
    for (const { reject } of waiting.values()) reject(broken);
  };
  worker.addEventListener('error', ({ message }) => fail(message));
  worker.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if ('failed' in data) return fail(data.failed);
    waiting.get(data.id)?.resolve(data.answer as never);
    waiting.delete(data.id);
  });
  return {
    ask<M extends Method>(method: M, ...args: Parameters<Engine[M]>) {
      const answer = new Promise<never>((resolve, reject) => {
        if (broken) return reject(broken);
        const id = lastId++;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, place, method, args } satisfies WorkerQuestion<M>);
      });
      return answer as ReturnType<Engine[M]>;
    },
  };
}
