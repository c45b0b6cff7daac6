/** Searches in its own thread: Pagefind does not block the page, and the page's policy need not allow WebAssembly. */

import { type Engine, type IndexPlace, loadEngine } from './engine.ts';

/** What a page asks: a method of the engine. */
export type Method = Exclude<keyof Engine, 'home'>;

/** A question to the thread. */
export interface WorkerQuestion<M extends Method = Method> {
  id: number;
  place: IndexPlace;
  method: M;
  args: Parameters<Engine[M]>;
}

export type Message = { id: number; answer: unknown } | { failed: string };

const send = (message: Message) => postMessage(message);

const networkFetch = globalThis.fetch;

/** Fetches a file, and reports a failure to the page: Pagefind ignores failed requests and would return no results. */
async function fetchOrReport(input: RequestInfo | URL): Promise<Response> {
  try {
    const response = await networkFetch(input);
    if (!response.ok) throw new Error(String(response.status));
    return response;
  } catch (error) {
    send({ failed: `${String(input)}: ${error instanceof Error ? error.message : error}` });
    throw error;
  }
}

/** Responses with Pagefind's WebAssembly. Pagefind requests it from every bundle; it is published once, next to the script. */
const programs = new Map<string, Promise<Response>>();

globalThis.fetch = async (input) => {
  const program = /\/wasm\.[^/]*$/.exec(String(input))?.[0].slice(1);
  if (program === undefined || engine === undefined) return fetchOrReport(input);
  const response = programs.get(program) ?? engine.then(({ home }) => fetchOrReport(home + program));
  programs.set(program, response);
  return (await response).clone();
};

let engine: Promise<Engine> | undefined;

addEventListener('message', async ({ data: { id, place, method, args } }: MessageEvent<WorkerQuestion>) => {
  try {
    engine ??= loadEngine(place);
    // The types of a method and of its arguments belong together, which a union cannot say.
    const answer = (await engine)[method] as (...args: unknown[]) => Promise<unknown>;
    send({ id, answer: await answer(...args) });
  } catch (error) {
    send({ failed: String(error) });
  }
});
