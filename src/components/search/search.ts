import type { Counts, Hit, Place } from '../../lib/search-engine.ts';
import type { Bundle } from '../../lib/search-periods.ts';
import { asksNothing, readQuery, type SearchQuery } from '../../lib/search-query.ts';
import { concerned, firstReach, ownReach, spanOf } from '../../lib/search-reach.ts';
import { facetsOf } from './facets.ts';
import { resultItem } from './render.ts';
import type { Parts } from './skeleton.ts';
import { startThread, type Thread } from './thread.ts';

const AT_A_TIME = 10;
/** How many older bundles are fetched together when they are asked for: enough to be quick, few enough to stop when the reader has seen enough. */
const BUNDLES_AT_A_TIME = 5;

const NOTHING: Counts = { feed: {}, author: {}, year: {} };

/** A search in a form: on its own page, or over another. */
export interface Search {
  /** What the form says. */
  asked(): SearchQuery;
  /** Answers a question, and lets the form say it. */
  answer(query: SearchQuery): Promise<void>;
  /** Fetches what every search needs. */
  warm(): void;
}

export function searchIn(parts: Parts, place: Place): Search {
  const { form, words, status, help, failed, list, more, older } = parts;
  const idle = status.textContent;
  let thread: Thread | undefined;
  let bundles: readonly Bundle[] = [];
  /** The question whose answer is wanted: answers to earlier ones come too late. */
  let turn = 0;
  let last: SearchQuery = readQuery(new URLSearchParams());
  let shown = AT_A_TIME;
  /** What was fetched costs nothing to ask again. */
  const searched = new Set<string>();
  const facets = facetsOf(form, () => bundles.flatMap(({ years }) => Object.keys(years)));

  async function begin(): Promise<Thread> {
    thread ??= startThread(place);
    bundles = await thread.ask({ ask: 'list' });
    return thread;
  }

  /** Asks bundle after bundle until there is enough, and shows what there is. */
  async function search(query: SearchQuery, everything: boolean): Promise<void> {
    const mine = ++turn;
    try {
      failed.hidden = true;
      const { ask } = await begin();
      const all = concerned(query, bundles);
      const known = all.findIndex(({ period }) => !searched.has(period));
      let reach = Math.max(firstReach(all), known === -1 ? all.length : known);
      for (;;) {
        const some = all.slice(0, reach);
        const { total, hits } = await ask({ ask: 'find', query, bundles: some, show: shown });
        if (mine !== turn) return;
        for (const { period } of some) searched.add(period);
        const goesOn = reach < (everything ? all.length : total < AT_A_TIME ? ownReach(all) : 0);
        show(query, { total, hits, some, rest: all.slice(reach), goesOn });
        if (!goesOn) break;
        reach = Math.min(reach + (everything ? BUNDLES_AT_A_TIME : 1), all.length);
      }
      const counts = await ask({ ask: 'count', query, bundles: all.slice(0, reach) });
      if (mine === turn) facets.show(counts, query);
    } catch (error) {
      // The next attempt may find the network again.
      thread = undefined;
      searched.clear();
      if (mine === turn) fail(error);
    }
  }

  interface Shown {
    total: number;
    hits: readonly Hit[];
    some: readonly Bundle[];
    rest: readonly Bundle[];
    goesOn: boolean;
  }

  function show(query: SearchQuery, { total, hits, some, rest, goesOn }: Shown): void {
    const at = list.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : null;
    list.replaceChildren(...hits.map(resultItem));
    for (const link of list.querySelectorAll('a')) if (link.getAttribute('href') === at) link.focus();
    more.hidden = hits.length >= total;
    older.hidden = rest.length === 0 || goesOn;
    older.textContent = `Search ${spanOf(rest)} as well`;
    help.hidden = total > 0 || goesOn;
    help.classList.toggle(
      'filtered',
      Object.values(query.chosen).some(({ length }) => length > 0),
    );
    status.textContent = `${told(query, total)}. ${goesOn ? 'Searching on before' : 'Searched'} ${spanOf(some)}${goesOn ? ' …' : '.'}`;
  }

  function fail(error: unknown): void {
    console.error(error);
    status.textContent = 'The search could not be fetched.';
    failed.hidden = false;
    help.hidden = true;
    more.hidden = true;
    older.hidden = true;
    list.replaceChildren();
  }

  function rest(query: SearchQuery): void {
    turn++;
    status.textContent = idle;
    for (const part of [help, failed, more, older]) part.hidden = true;
    list.replaceChildren();
    facets.show(NOTHING, query);
  }

  async function answer(query: SearchQuery): Promise<void> {
    last = query;
    shown = AT_A_TIME;
    words.value = query.words;
    for (const box of form.querySelectorAll<HTMLInputElement>('input[name="sort"]')) {
      box.checked = (box.value === 'date') === query.newestFirst;
    }
    if (asksNothing(query)) return rest(query);
    if (list.childElementCount === 0) status.textContent = 'Searching …';
    await search(query, false);
  }

  more.addEventListener('click', async () => {
    const before = shown;
    shown += AT_A_TIME;
    await search(last, false);
    list.querySelectorAll('a')[before]?.focus();
  });
  older.addEventListener('click', () => {
    // The button goes; whoever was on it goes on from the number that it changes.
    status.focus();
    void search(last, true);
  });
  failed.querySelector('button')?.addEventListener('click', () => void answer(last));
  status.tabIndex = -1;

  return {
    asked: () => readQuery(new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]))),
    answer,
    // Who searches will be told if it fails; who only came by need not be.
    warm: () => void begin().catch(() => (thread = undefined)),
  };
}

function told({ words }: SearchQuery, count: number): string {
  const entries = count === 0 ? 'No entry' : count === 1 ? '1 entry' : `${count.toLocaleString('en')} entries`;
  return words === '' ? `${entries} with these filters` : `${entries} for “${words}”`;
}
