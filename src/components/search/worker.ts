/** Searches in a thread of its own, where Pagefind cannot make a page stutter, nor a page's policy need to let it in. */
import { type Counts, type Engine, type Hit, loadEngine, type Place } from '../../lib/search-engine.ts';
import { packOf, readPack } from '../../lib/search-packs.ts';
import type { Bundle } from '../../lib/search-periods.ts';
import type { SearchQuery } from '../../lib/search-query.ts';

/** What can be asked of it. */
export type Question = { place: Place } & (
  | { ask: 'list' }
  | { ask: 'find'; query: SearchQuery; bundles: readonly Bundle[]; show: number }
  | { ask: 'count'; query: SearchQuery; bundles: readonly Bundle[] }
);

/** What it answers, by what was asked. */
export interface Answers {
  list: readonly Bundle[];
  find: { total: number; hits: Hit[] };
  count: Counts;
}

export type Message = { id: number; answer: Answers[keyof Answers] } | { failed: string };

const send = (message: Message) => postMessage(message);

const ofTheNetwork = globalThis.fetch;
const kept = new Map<string, Promise<Response>>();

/**
 * Pagefind goes on without what it could not fetch, and would say that nothing was found: whoever asked must know better.
 * And it asks for its own program again with every bundle.
 */
async function fetchOrTell(input: RequestInfo | URL): Promise<Response> {
  try {
    const response = await ofTheNetwork(input);
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    return response;
  } catch (error) {
    send({ failed: String(error) });
    throw error;
  }
}

/** The bytes of a fragment, where those of its bundle lie in packs; null for anything else. */
async function unpacked(url: string): Promise<Response | null> {
  const at = packOf(url);
  const bundle = at && (await engine)?.bundles.find(({ period }) => url.includes(`/pagefind/${period}/`));
  if (at === null || !bundle?.packed) return null;
  // Its name says nothing of what is in it: a pack of an earlier index must not be taken for one of this.
  const address = `${at.pack}?${bundle.tag}`;
  const pack = kept.get(address) ?? fetchOrTell(address);
  kept.set(address, pack);
  return new Response(readPack(await (await pack).clone().bytes(), at.name));
}

globalThis.fetch = async (input) => {
  const url = String(input);
  const fragment = await unpacked(url);
  if (fragment !== null) return fragment;
  if (!url.includes('/pagefind/engine/')) return fetchOrTell(input);
  const response = kept.get(url) ?? fetchOrTell(input);
  kept.set(url, response);
  return (await response).clone();
};

let engine: Promise<Engine> | undefined;

async function answerTo(question: Question): Promise<Answers[keyof Answers]> {
  engine ??= loadEngine(question.place);
  const { bundles, find, count } = await engine;
  switch (question.ask) {
    case 'list':
      return bundles;
    case 'find':
      return find(question.query, question.bundles, question.show);
    case 'count':
      return count(question.query, question.bundles);
    default:
      return question satisfies never;
  }
}

addEventListener('message', async ({ data: { id, ...question } }: MessageEvent<{ id: number } & Question>) => {
  try {
    send({ id, answer: await answerTo(question as Question) });
  } catch (error) {
    send({ failed: String(error) });
  }
});
