/** Searches in its own thread: Pagefind does not block the page, and the page's policy need not allow WebAssembly. */

import type { Bundle, SearchIndex } from '../../core/search-periods.ts';
import type { SearchQuery } from '../../core/search-query.ts';
import { type Engine, type FoundHits, type IndexPlace, loadEngine } from './engine.ts';
import type { Counts } from './hits.ts';

/** A question to the thread. */
export type WorkerQuestion = { place: IndexPlace } & (
  | { ask: 'list' }
  | { ask: 'holding'; query: SearchQuery; bundles: readonly Bundle[]; isBetter: boolean }
  | { ask: 'near'; query: SearchQuery; bundles: readonly Bundle[] }
  | { ask: 'find'; query: SearchQuery; bundles: readonly Bundle[]; show: number }
  | { ask: 'count'; query: SearchQuery; bundles: readonly Bundle[] }
);

/** The types of answers. */
export interface Answers {
  list: SearchIndex;
  holding: readonly Bundle[];
  near: string | null;
  find: FoundHits;
  count: Counts;
}

export type Message = { id: number; answer: Answers[keyof Answers] } | { failed: string };

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

async function answerTo(question: WorkerQuestion): Promise<Answers[keyof Answers]> {
  engine ??= loadEngine(question.place);
  const { index, holding, find, count, near } = await engine;
  switch (question.ask) {
    case 'list':
      return index;
    case 'holding':
      return holding(question.query, question.bundles, question.isBetter);
    case 'near':
      return near(question.query, question.bundles);
    case 'find':
      return find(question.query, question.bundles, question.show);
    case 'count':
      return count(question.query, question.bundles);
    default:
      return question satisfies never;
  }
}

addEventListener('message', async ({ data: { id, ...question } }: MessageEvent<{ id: number } & WorkerQuestion>) => {
  try {
    send({ id, answer: await answerTo(question as WorkerQuestion) });
  } catch (error) {
    send({ failed: String(error) });
  }
});
