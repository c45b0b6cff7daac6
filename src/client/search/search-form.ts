import * as messages from 'planet-messages/results';
import type { Bundle } from '../../core/search-periods.ts';
import {
  byFacet,
  type Choice,
  choicesOf,
  type Facet,
  facets,
  hasMore,
  type SearchQuery,
  yearChoices,
} from '../../core/search-query.ts';
import type { Counts } from './hits.ts';
import type { Hit } from './one-index.ts';

/** English dates have the day before the month, as on all pages. */
const locale = messages.locale === 'en' ? 'en-GB' : messages.locale;

/** The elements of a search, in its form. */
export type Parts = ReturnType<typeof formParts>;

/** Finds the elements of the search form, and shows those that need script. */
export function formParts(form: HTMLFormElement) {
  part<HTMLElement>(form, '.finds').hidden = false;
  // Safari empties a form without autocompletion when the reader comes back to its page.
  addEventListener('pagehide', () => {
    form.autocomplete = 'on';
  });
  return {
    form,
    words: part<HTMLInputElement>(form, 'input[name=q]'),
    status: part<HTMLElement>(form, '[role=status]'),
    help: part<HTMLElement>(form, '.help'),
    failed: part<HTMLElement>(form, '.failed'),
    list: part<HTMLOListElement>(form, '.results'),
    more: part<HTMLButtonElement>(form, '.more'),
    older: part<HTMLButtonElement>(form, '.older'),
  };
}

/** An element that must exist. Throws if it is missing. */
export function part<E extends Element>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (!found) throw new Error(`No ${selector}`);
  return found;
}

/** An element with these properties and this content; strings become text. */
export function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  properties: Partial<HTMLElementTagNameMap[T]>,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[T] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...content);
  return made;
}

/** A result as an item of the list. Titles, names and excerpts come from feeds: they are set as text, never as HTML. */
export function resultItem({ url, excerpt, meta }: Hit): HTMLElement {
  const own = { dir: 'auto', ...(meta.lang && { lang: meta.lang }) };
  const about = [meta.author, meta.feed, meta.date].flatMap((text) => text ?? []);
  const pieces = excerpt.map(({ text, marked }) => (marked ? element('mark', {}, text) : text));
  return element(
    'li',
    {},
    element('h2', {}, element('a', { href: url, ...own }, meta.title ?? url)),
    element('p', { className: 'about' }, ...about.map((text) => element('span', {}, element('bdi', {}, text)))),
    element('p', { className: 'excerpt', ...own }, '… ', ...pieces, ' …'),
    avatar(meta.face),
  );
}

/** The avatar of the entry's page: `face` is the address of the picture, or the classes of the letter, with the letter behind them. */
function avatar(face = ''): HTMLElement {
  if (face[0] === '/') return element('img', { className: 'avatar', src: face, alt: '' });
  return element('span', { className: face, ariaHidden: 'true' }, face.split(' ')[2] ?? '');
}

/**
 * Returns a function that shows the filters of a search on the page.
 * @param years all years of the planet
 */
export function facetsOf(
  form: HTMLFormElement,
  years: () => Iterable<string>,
): (query: SearchQuery, counts?: Counts) => void {
  let query: SearchQuery;
  let counts: Counts;
  const shows = facets.map((facet) => {
    const box = part(form, `[data-facet="${facet}"]`);
    const finder = part<HTMLInputElement>(box, 'input');
    const list = part(box, 'ul');
    const show = () => {
      const chosen = query.chosen[facet];
      const choices =
        facet === 'year' ? yearChoices(counts.year, chosen, years()) : choicesOf(counts[facet], chosen, finder.value);
      finder.hidden = facet === 'year' || !hasMore(counts[facet]);
      showItems(
        list,
        choices.map((choice) => choiceItem(facet, choice, chosen.includes(choice.value))),
      );
    };
    finder.addEventListener('input', show);
    return show;
  });
  return (newQuery, newCounts = byFacet(() => new Map())) => {
    [query, counts] = [newQuery, newCounts];
    const count = facets.flatMap((facet) => query.chosen[facet]).length;
    part(form, 'summary .count').textContent = count ? messages.chosen({ count }) : '';
    for (const show of shows) show();
  };
}

/** Replaces the items of a list. A focused link or choice that is still there keeps the focus. */
export function showItems(list: Element, items: readonly HTMLElement[]): void {
  const focused = list.querySelector(':focus');
  list.replaceChildren(...items);
  for (const each of list.querySelectorAll<HTMLElement>('a, input')) if (each.isEqualNode(focused)) each.focus();
}

function choiceItem(facet: Facet, { value, count }: Choice, checked: boolean): HTMLElement {
  const box = element('input', { type: 'checkbox', name: facet, value, checked });
  const text = facet === 'year' ? Number(value).toLocaleString(locale, { useGrouping: false }) : value;
  const number = element('span', { className: 'count' }, count?.toLocaleString(locale) ?? '');
  return element('li', {}, element('label', {}, box, ' ', element('bdi', {}, text), ' ', number));
}

/** The period of bundles, newest first: `March 2009 – January 2026`. */
export function spanText(bundles: readonly Bundle[]): string {
  const spans = [...bundles].reverse().flatMap(({ period }) => period.split('_'));
  const [from = '', to = ''] = [spans[0], spans.at(-1)];
  if (!to) return to;
  // Bundles of days have longer names than those of months.
  const isByDays = from.length + to.length > 2 * '2026-01'.length;
  const options = { day: isByDays ? 'numeric' : undefined, month: 'long', year: 'numeric' } as const;
  const format = new Intl.DateTimeFormat(locale, { calendar: 'gregory', timeZone: 'UTC', ...options });
  return format.formatRange(new Date(from), new Date(to));
}

/** Milliseconds: avoids a search for every letter, without a noticeable delay. */
const PAUSE_IN_TYPING = 150;

/** Calls `typed` at a pause in typing, and `chosen` when a filter or the order changes. The arrow keys move the focus. */
export function listen(parts: Parts, typed: () => void, chosen = typed): void {
  const { form, words } = parts;
  let typing: ReturnType<typeof setTimeout> | undefined;
  words.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(typed, PAUSE_IN_TYPING);
  });
  // Enter starts the search at once: a second search would undo later actions of the reader.
  form.addEventListener('submit', () => clearTimeout(typing));
  form.addEventListener('change', ({ target }) => {
    // Not for the text fields that find a filter.
    if ((target as HTMLInputElement).type !== 'search') chosen();
  });
  form.addEventListener('keydown', (event) => walk(parts, event));
}

/** Moves the focus with the arrow keys between the search field and the results. */
function walk({ words, list }: Parts, event: KeyboardEvent): void {
  const stops: HTMLElement[] = [words, ...list.querySelectorAll('a')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const step = Number(event.key === 'ArrowDown') - Number(event.key === 'ArrowUp');
  const to = stops[at + step];
  if (step === 0 || at < 0 || !to || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  to.focus();
  to.closest('li')?.scrollIntoView({ block: 'nearest' });
}
