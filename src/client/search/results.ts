import * as messages from 'planet-messages/results';
import { type Bundle, concerned, reaching, type SearchIndex } from '../../core/search-periods.ts';
import { hasFilters, readQuery, type SearchQuery } from '../../core/search-query.ts';
import type { FoundHits } from './engine.ts';
import { facetsOf, type Parts, part, resultItem, showItems, spanText } from './search-form.ts';
import { askWorker } from './worker-client.ts';

const AT_A_TIME = 10;
/** After so many bundles a reader with at least one hit decides whether to go on. */
const MOST_BUNDLES = 12;
/**
 * Older bundles that are searched together if the reader asks for all, or no index says which have the words.
 * A compromise of speed and waste.
 */
const BUNDLES_AT_A_TIME = 5;

/** The extent of the shown results, to show the same ones again later. */
interface Reached {
  shown: number;
  bundles: number;
  /** Whether the reader asked for all bundles. */
  everything: boolean;
}

/** A search in a form: on the search page, or in the dialog. */
export function searchIn(parts: Parts) {
  const { form, words, status, help, failed, list, more, older } = parts;
  const nearLine = part<HTMLElement>(help, '.near');
  const near = part(nearLine, 'button');
  const idle = status.textContent;
  let index: SearchIndex | undefined;
  /** The number of the current search. Results of earlier ones come too late. */
  let turn = 0;
  /** The query in the form. */
  const asked = () => readQuery(new FormData(form));
  let last = asked();
  /** The query whose results are in the list. */
  let shown: SearchQuery | undefined;
  let reached: Reached;
  const showFacets = facetsOf(form, () => (index?.bundles ?? []).flatMap(({ years }) => Object.keys(years)));

  /** Searches one bundle after the other until there are enough results, and shows them. */
  async function search(query: SearchQuery, isAgain = false): Promise<void> {
    const mine = ++turn;
    try {
      failed.hidden = true;
      index = await askWorker('list');
      const { bundles, finder, reach: far } = index;
      const { everything } = reached;
      const all = concerned(query, bundles);
      let reach = reaching(all, far.first);
      const order = all.slice(0, reach);
      /** The rounds in which the finder was asked for more bundles. */
      let rounds = 0;
      for (;;) {
        const opened = order.slice(0, reach);
        // The newest first: the order of equal hits is that of their bundles.
        const some = all.filter((bundle) => opened.includes(bundle));
        const found = await askWorker('find', query, some, reached.shown);
        const { total, isWhole, isSure } = found;
        const lastRound = isWhole ? 2 : 3;
        if (mine !== turn) return;
        const isEnough = total > (reach > MOST_BUNDLES ? 0 : AT_A_TIME - 1) && !everything && reached.bundles <= reach;
        while (rounds ? reach === order.length && !isEnough && rounds < lastRound : !isEnough || !isSure) {
          const others = all.filter((bundle) => !order.includes(bundle));
          const periods = await askWorker('holding', query, others, rounds++);
          if (mine !== turn) return;
          order.push(...periods.flatMap((held) => others.filter(({ period }) => period === held)));
        }
        const isEnd = (isEnough && (isSure || rounds > 1)) || reach === order.length;
        // A longer list from before stays until it is complete again: the page does not jump.
        if (isEnd || reached.bundles <= reach) {
          const rest = all.filter((bundle) => (rounds < lastRound || order.includes(bundle)) && !some.includes(bundle));
          show(query, found, all, rest, isEnd);
        }
        if (isEnd) {
          reached.bundles = reach;
          if (!total && query.words) await suggest(query, some, mine);
          break;
        }
        reach = Math.min(reach + (everything || !finder ? BUNDLES_AT_A_TIME : 1), order.length);
      }
      const counts = await askWorker('count', query, order.slice(0, reach));
      if (mine === turn) showFacets(query, counts);
    } catch (error) {
      if (mine !== turn) return;
      // The network may be back: one more attempt, in a new thread.
      if (isAgain) fail(error);
      else await search(query, true);
    }
  }

  async function suggest(query: SearchQuery, bundles: readonly Bundle[], mine: number): Promise<void> {
    const words = await askWorker('near', query, bundles);
    if (mine !== turn || !words) return;
    near.textContent = words;
    nearLine.hidden = false;
  }

  /** @param rest the bundles that are not searched yet */
  function show(
    query: SearchQuery,
    { total, hits }: FoundHits,
    all: readonly Bundle[],
    rest: readonly Bundle[],
    isEnd: boolean,
  ): void {
    const [next] = rest;
    const some = next ? all.slice(0, all.indexOf(next)) : all;
    shown = query;
    showItems(list, hits.map(resultItem));
    more.hidden = hits.length >= total;
    older.hidden = !next || !isEnd;
    older.textContent = messages.older({ span: spanText(rest) });
    help.hidden = total > 0 || !isEnd;
    nearLine.hidden = true;
    help.classList.toggle('filtered', hasFilters(query));
    const found = query.words ? messages.found : messages.foundFiltered;
    const values = { found: found({ count: total, words: query.words }), span: spanText(some) };
    status.textContent = (isEnd ? messages.searched : messages.searchingOn)(values);
  }

  function fail(error: unknown): void {
    status.textContent = messages.failed;
    part(failed, '.why').textContent = (error as Error).message;
    clear();
    failed.hidden = false;
  }

  function clear(): void {
    for (const part of [help, failed, more, older]) part.hidden = true;
    if (shown !== last) list.replaceChildren();
  }

  /** Shows the form without results. */
  function reset(query: SearchQuery): void {
    turn++;
    status.textContent = idle;
    clear();
    showFacets(query);
  }

  /** Shows the results of a query and its filters, to the extent that they were shown before. Words and order are already in the form. */
  async function answer(query: SearchQuery, before?: Partial<Reached>): Promise<void> {
    last = query;
    reached = { shown: AT_A_TIME, bundles: 0, everything: false, ...before };
    if (!query.words && !hasFilters(query)) return reset(query);
    if (!list.childElementCount) status.textContent = messages.searching;
    await search(query);
  }

  more.addEventListener('click', async () => {
    const before = reached.shown;
    reached.shown += AT_A_TIME;
    await search(last);
    list.querySelectorAll('a')[before]?.focus();
  });
  older.addEventListener('click', () => {
    // The button disappears: the focus moves to the number of results, which changes.
    status.focus();
    reached.everything = true;
    void search(last);
  });
  part(failed, 'button').addEventListener('click', () => void answer(last, reached));
  part(help, '.drop button').addEventListener('click', () => {
    for (const box of form.querySelectorAll<HTMLInputElement>('[type=checkbox]')) box.checked = false;
    form.dispatchEvent(new Event('change'));
  });
  near.addEventListener('click', () => {
    words.value = near.textContent;
    words.focus();
    words.dispatchEvent(new Event('input'));
  });

  return {
    asked,
    answer,
    reached: () => reached,
    /** Loads the files that every search needs. It shows no error: the reader has not searched yet. */
    warm: () => void askWorker('list').catch(() => {}),
  };
}
