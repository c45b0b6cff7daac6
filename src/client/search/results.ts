import * as messages from 'planet-messages/results';
import { type Bundle, concerned, reaching, type SearchIndex, spanOf } from '../../core/search-periods.ts';
import { asksNothing, byFacet, readQuery, type SearchQuery } from '../../core/search-query.ts';
import type { Hit, IndexPlace } from './engine.ts';
import { facetsOf } from './facets.ts';
import type { Counts } from './hits.ts';
import type { Parts } from './search-form.ts';
import { part, resultItem } from './search-form.ts';
import { startThread, type Thread } from './worker-client.ts';

const AT_A_TIME = 10;
/** How many older bundles are fetched together when they are asked for, or nothing is found yet: enough to be quick, few enough to stop when the reader has seen enough. */
const BUNDLES_AT_A_TIME = 5;

const NOTHING: Counts = byFacet(() => ({}));

/** How far an answer was read: what brings it back as it was left. */
interface Reached {
  shown: number;
  bundles: number;
}

/** A search in a form: on its own page, or over another. */
export interface Search {
  /** What the form says. */
  asked(): SearchQuery;
  /** Answers a question as far as it was read before, and lets the form say it. */
  answer(query: SearchQuery, reached?: Partial<Reached>): Promise<void>;
  reached(): Reached;
  /** Fetches what every search needs. */
  warm(): void;
}

export function searchIn(parts: Parts, place: IndexPlace): Search {
  const { form, words, status, help, failed, list, more, older } = parts;
  const nearLine = part<HTMLElement>(help, '.near');
  const near = part(nearLine, 'button');
  const idle = status.textContent;
  let thread: Thread | undefined;
  let index: SearchIndex | undefined;
  /** The question whose answer is wanted: answers to earlier ones come too late. */
  let turn = 0;
  let last: SearchQuery = readQuery(new URLSearchParams());
  let reached: Reached = { shown: AT_A_TIME, bundles: 0 };
  const facets = facetsOf(form, () => (index?.bundles ?? []).flatMap(({ years }) => Object.keys(years)));

  async function begin(): Promise<Thread & SearchIndex> {
    thread ??= startThread(place);
    index = await thread.ask({ ask: 'list' });
    return { ...thread, ...index };
  }

  /** Asks bundle after bundle until there is enough, and shows what there is. */
  async function search(query: SearchQuery, everything: boolean, isAgain = false): Promise<void> {
    const mine = ++turn;
    try {
      failed.hidden = true;
      const { ask, bundles, finder, reach: far } = await begin();
      const all = concerned(query, bundles);
      const first = reaching(all, far.first);
      let order = all;
      let reach = first;
      let end = first;
      /** Whether older ones are asked only for what is better than ten hits. */
      let isNarrow = false;
      for (;;) {
        const some = order.slice(0, reach);
        const { total, hits, isSure } = await ask({ ask: 'find', query, bundles: some, show: reached.shown });
        if (mine !== turn) return;
        const goesOn = everything || total < AT_A_TIME || !isSure || reached.bundles > reach;
        if (goesOn && order === all) {
          // Of the older only those need be asked that hold the words.
          isNarrow = total >= AT_A_TIME && !everything && reached.bundles <= reach;
          order = [...some, ...(await ask({ ask: 'holding', query, bundles: all.slice(first), isBetter: isNarrow }))];
          if (mine !== turn) return;
          end = everything || finder ? order.length : Math.max(reaching(all, far.further), reached.bundles);
        }
        const isEnd = !goesOn || reach >= Math.min(end, order.length);
        // A list that was read further stays until it is whole again, and does not jump.
        if (isEnd || reached.bundles <= reach) {
          show(query, {
            total,
            hits,
            all,
            rest: (isNarrow ? all : order).filter((bundle) => !some.includes(bundle)),
            isEnd,
          });
        }
        if (isEnd) {
          reached.bundles = reach;
          if (total === 0 && query.words !== '') await suggest(query, some, mine);
          break;
        }
        reach = Math.min(reach + (everything || total === 0 ? BUNDLES_AT_A_TIME : 1), order.length);
      }
      const counts = await ask({ ask: 'count', query, bundles: order.slice(0, reach) });
      if (mine === turn) facets.show(counts, query);
    } catch (error) {
      // The next attempt may find the network again; the first of them is ours.
      thread = undefined;
      if (mine !== turn) return;
      if (isAgain) fail(error);
      else await search(query, everything, true);
    }
  }

  async function suggest(query: SearchQuery, bundles: readonly Bundle[], mine: number): Promise<void> {
    const word = await thread?.ask({ ask: 'near', query, bundles });
    if (mine !== turn || !word) return;
    near.textContent = word;
    nearLine.hidden = false;
  }

  interface Shown {
    total: number;
    hits: readonly Hit[];
    all: readonly Bundle[];
    /** Those that are left to be asked. */
    rest: readonly Bundle[];
    isEnd: boolean;
  }

  function show(query: SearchQuery, { total, hits, all, rest, isEnd }: Shown): void {
    const [next] = rest;
    const some = next === undefined ? all : all.slice(0, all.indexOf(next));
    const at = list.querySelector('a:focus')?.getAttribute('href');
    list.replaceChildren(...hits.map(resultItem));
    for (const link of list.querySelectorAll('a')) if (link.getAttribute('href') === at) link.focus();
    more.hidden = hits.length >= total;
    older.hidden = rest.length === 0 || !isEnd;
    older.textContent = messages.older({ span: spanText(rest) });
    help.hidden = total > 0 || !isEnd;
    nearLine.hidden = true;
    help.classList.toggle(
      'filtered',
      Object.values(query.chosen).some(({ length }) => length > 0),
    );
    const said = { found: told(query, total), span: spanText(some) };
    status.textContent = isEnd ? messages.searched(said) : messages.searchingOn(said);
  }

  function fail(error: unknown): void {
    console.error(error);
    status.textContent = messages.failed;
    part(failed, '.why').textContent = error instanceof Error ? error.message : String(error);
    clear();
    failed.hidden = false;
  }

  function clear(): void {
    for (const part of [help, failed, more, older]) part.hidden = true;
    list.replaceChildren();
  }

  function rest(query: SearchQuery): void {
    turn++;
    status.textContent = idle;
    clear();
    facets.show(NOTHING, query);
  }

  async function answer(query: SearchQuery, { shown = AT_A_TIME, bundles = 0 }: Partial<Reached> = {}): Promise<void> {
    last = query;
    reached = { shown, bundles };
    words.value = query.words;
    for (const box of form.querySelectorAll<HTMLInputElement>('input[name="sort"]')) {
      box.checked = (box.value === 'date') === query.newestFirst;
    }
    if (asksNothing(query)) return rest(query);
    if (list.childElementCount === 0) status.textContent = messages.searching;
    await search(query, false);
  }

  more.addEventListener('click', async () => {
    const before = reached.shown;
    reached.shown += AT_A_TIME;
    await search(last, false);
    list.querySelectorAll('a')[before]?.focus();
  });
  older.addEventListener('click', () => {
    // The button goes; whoever was on it goes on from the number that it changes.
    status.focus();
    void search(last, true);
  });
  failed.querySelector('button')?.addEventListener('click', () => void answer(last));
  near.addEventListener('click', () => {
    words.value = near.textContent;
    words.focus();
    words.dispatchEvent(new Event('input'));
  });
  status.tabIndex = -1;

  return {
    asked: () => readQuery(new FormData(form)),
    answer,
    reached: () => reached,
    // Who searches will be told if it fails; who only came by need not be.
    warm: () => void begin().catch(() => (thread = undefined)),
  };
}

function told({ words }: SearchQuery, count: number): string {
  return words === '' ? messages.foundFiltered({ count }) : messages.found({ count, words });
}

/** The time that bundles, newest first, are of: `March 2009 – January 2026`. */
function spanText(bundles: readonly Bundle[]): string {
  const { from, to } = spanOf(bundles);
  if (to === '') return '';
  const isByDays = from.length + to.length > 2 * '2026-01'.length;
  const options = {
    day: isByDays ? 'numeric' : undefined,
    month: isByDays ? 'short' : 'long',
    year: 'numeric',
  } as const;
  const format = new Intl.DateTimeFormat(locale, { calendar: 'gregory', timeZone: 'UTC', ...options });
  return format.formatRange(new Date(from), new Date(to));
}

/** The day comes before the month in our English. */
const locale = messages.locale === 'en' ? 'en-GB' : messages.locale;
