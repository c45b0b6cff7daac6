import { locale } from 'planet-messages/results';
import * as messages from 'planet-messages/search?html';
import type { Choice, Facet } from '../../core/search-query.ts';
import type { Hit } from './engine.ts';

/** What the search page and the search over a page have in common, below the field for the words. */
function skeleton(base: string): string {
  const to = (folder: string) => (text: string) => `<a href="${base}${folder}/">${text}</a>`;
  const [archive, authors, feeds] = [to('archive'), to('authors'), to('feeds')];
  const button = (text: string) => `<button type="button">${text}</button>`;
  const facet = (facet: string, name: string) => `<fieldset data-facet="${facet}"><legend>${name}</legend>
    <input type="search" aria-label="${messages.findIn({ name })}" placeholder="${messages.find}" hidden><ul></ul></fieldset>`;
  const order = (value: string, name: string, checked = '') =>
    `<li><label><input type="radio" name="sort" value="${value}" ${checked}> ${name}</label></li>`;
  return `<details class="facets">
    <summary>${messages.filters({ count: () => '<span class="count"></span>' })}</summary>
    <fieldset class="order"><legend>${messages.order}</legend>
      <ul>${order('', messages.best, 'checked')}${order('date', messages.newest)}</ul></fieldset>
    ${facet('year', messages.year)}${facet('feed', messages.feed)}${facet('author', messages.author)}
  </details>
  <div class="column">
    <div class="help" hidden>
      <p class="near" hidden>${messages.near({ word: button })}</p>
      <p>${messages.help}</p>
      <p class="drop">${button(messages.drop)}</p>
      <p>${messages.browse({ archive, authors, feeds })}</p>
    </div>
    <div class="failed" hidden>
      <p>${messages.offline({ why: () => '<span class="why"></span>' })}</p>
      <p>${messages.retry({ again: button, archive })}</p>
    </div>
    <ol class="results"></ol>
    <button class="more" type="button" hidden>${messages.more}</button>
    <button class="more older" type="button" hidden></button>
  </div>`;
}

/** The elements of a search, in its form. */
export interface Parts {
  form: HTMLFormElement;
  words: HTMLInputElement;
  status: HTMLElement;
  filters: HTMLDetailsElement;
  help: HTMLElement;
  failed: HTMLElement;
  list: HTMLOListElement;
  more: HTMLButtonElement;
  older: HTMLButtonElement;
}

/** Fills the form, whose field for the words and whose status line are there already. */
export function fill(form: HTMLFormElement, base: string): Parts {
  const finds = document.createElement('div');
  finds.className = 'finds';
  finds.innerHTML = skeleton(base);
  form.append(finds);
  return {
    form,
    words: part(form, 'input[name="q"]'),
    status: part(form, '[role="status"]'),
    filters: part(form, 'details'),
    help: part(form, '.help'),
    failed: part(form, '.failed'),
    list: part(form, '.results'),
    more: part(form, '.more'),
    older: part(form, '.older'),
  };
}

/** One element that must be there. */
export function part<E extends Element>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (found === null) throw new Error(`The search has no ${selector}`);
  return found;
}

type Content = Node | string;

function element<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  properties: Partial<HTMLElementTagNameMap[T]>,
  ...content: Content[]
): HTMLElementTagNameMap[T] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...content);
  return made;
}

/** What was found, as an item of the list. Titles, names and excerpts are strangers' words: text, never HTML. */
export function resultItem({ url, excerpt, meta }: Hit): HTMLElement {
  const about = [meta.author, meta.feed, meta.date].filter((text) => text !== undefined);
  const pieces = excerpt.map(({ text, marked }) => (marked ? element('mark', {}, text) : text));
  return element(
    'li',
    {},
    element('h2', {}, element('a', { href: url, dir: 'auto' }, meta.title ?? url)),
    element(
      'p',
      { className: 'about' },
      ...about.flatMap((text, at) => [at > 0 ? ' · ' : '', element('bdi', {}, text)]),
    ),
    element('p', { className: 'excerpt', dir: 'auto' }, '… ', ...pieces, ' …'),
  );
}

export function choiceItem(facet: Facet, { value, count }: Choice, checked: boolean): HTMLElement {
  const box = element('input', { type: 'checkbox', name: facet, value, checked });
  const told = element('span', { className: 'count' }, count === null ? '' : count.toLocaleString(locale));
  return element('li', {}, element('label', {}, box, ' ', element('bdi', {}, value), ' ', told));
}
