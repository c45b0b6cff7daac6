/** Searches in a thread of its own, where Pagefind cannot make a page stutter, nor a page's policy need to let it in. */

import type { Bundle, SearchIndex } from '../../core/search-periods.ts';
import type { SearchQuery } from '../../core/search-query.ts';
import { type Engine, type FoundHits, type IndexPlace, loadEngine } from './engine.ts';
import type { Counts } from './hits.ts';

/** What can be asked of it. */
export type WorkerQuestion = { place: IndexPlace } & (
  | { ask: 'list' }
  | { ask: 'holding'; query: SearchQuery; bundles: readonly Bundle[]; isBetter: boolean }
  | { ask: 'near'; query: SearchQuery; bundles: readonly Bundle[] }
  | { ask: 'find'; query: SearchQuery; bundles: readonly Bundle[]; show: number }
  | { ask: 'count'; query: SearchQuery; bundles: readonly Bundle[] }
);

/** What it answers, by what was asked. */
export interface Answers {
  list: SearchIndex;
  holding: readonly Bundle[];
  near: string | null;
  find: FoundHits;
  count: Counts;
}

export type Message = { id: number; answer: Answers[keyof Answers] } | { failed: string };

const send = (message: Message) => postMessage(message);

const ofTheNetwork = globalThis.fetch;

/** Pagefind goes on without what it could not fetch, and would say that nothing was found: whoever asked must know better. */
async function fetchOrTell(input: RequestInfo | URL): Promise<Response> {
  try {
    const response = await ofTheNetwork(input);
    if (!response.ok) throw new Error(String(response.status));
    return response;
  } catch (error) {
    send({ failed: `${String(input)}: ${error instanceof Error ? error.message : error}` });
    throw error;
  }
}

/** Pagefind looks for its program in every bundle: it lies beside its script, once. */
const kept = new Map<string, Promise<Response>>();

globalThis.fetch = async (input) => {
  const program = /\/wasm\.[^/]*$/.exec(String(input))?.[0].slice(1);
  if (program === undefined || engine === undefined) return fetchOrTell(input);
  const response = kept.get(program) ?? engine.then(({ home }) => fetchOrTell(home + program));
  kept.set(program, response);
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
