/** Searches in its own thread: Pagefind does not block the page, and the page's policy need not allow WebAssembly. */

import { type Engine, loadEngine } from './engine.ts';

/** What a page asks: a method of the engine. */
export type Method = Exclude<keyof Engine, 'home'>;

/** A question to the thread, which answers at the port that came with it. */
export interface WorkerQuestion<M extends Method = Method> {
  method: M;
  args: Parameters<Engine[M]>;
}

export interface WorkerAnswer {
  failed: string | undefined;
  answer: unknown;
}

const networkFetch = globalThis.fetch;

/** The first failure: Pagefind ignores failed requests and would return no results. */
let failed: string | undefined;

async function fetchOrFail(input: RequestInfo | URL): Promise<Response> {
  const response = await networkFetch(input).catch((error: Error) => {
    failed ??= `${input}: ${error.message}`;
    throw error;
  });
  if (!response.ok) failed ??= `${input}: ${response.status}`;
  return response;
}

/** The response with Pagefind's WebAssembly. Pagefind requests it from every bundle; it is published once, next to the script. */
let program: Promise<Response> | undefined;

globalThis.fetch = async (input) => {
  const [name] = /wasm\.[^/]*$/.exec(String(input)) ?? [];
  if (!name) return fetchOrFail(input);
  program ??= engine.then(({ home }) => fetchOrFail(home + name));
  return (await program).clone();
};

const engine = loadEngine();

addEventListener('message', async ({ data: { method, args }, ports }: MessageEvent<WorkerQuestion>) => {
  let answer: unknown;
  try {
    // The types of a method and of its arguments belong together, which a union cannot say.
    const ask = (await engine)[method] as (...args: unknown[]) => Promise<unknown>;
    answer = await ask(...args);
  } catch (error) {
    failed ??= String(error);
  }
  ports[0]?.postMessage({ failed, answer } satisfies WorkerAnswer);
});
