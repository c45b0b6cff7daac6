import type { IndexPlace } from './engine.ts';
import type { Answers, Message, WorkerQuestion } from './worker.ts';

type Asked = WorkerQuestion extends infer Q ? (Q extends WorkerQuestion ? Omit<Q, 'place'> : never) : never;

/** The thread of the search. */
export interface Thread {
  ask<A extends Asked>(question: A): Promise<Answers[A['ask']]>;
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
    ask(question) {
      if (broken) return Promise.reject(broken);
      return new Promise((resolve, reject) => {
        const id = lastId++;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, place, ...question });
      });
    },
  };
}
