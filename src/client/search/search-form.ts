import type { Choice, Facet } from '../../core/search-query.ts';
import type { Hit } from './engine.ts';

/** What the search page and the search over a page have in common, below the field for the words. */
function skeleton(base: string): string {
  const facet = (facet: string, name: string) => `<fieldset data-facet="${facet}"><legend>${name}</legend>
    <input type="search" aria-label="Find in: ${name}" placeholder="Find" hidden><ul></ul></fieldset>`;
  const order = (value: string, name: string, checked = '') =>
    `<li><label><input type="radio" name="sort" value="${value}" ${checked}> ${name}</label></li>`;
  return `<details class="facets">
    <summary>Filters and order <span class="count"></span></summary>
    <fieldset class="order"><legend>Order</legend>
      <ul>${order('', 'Best match', 'checked')}${order('date', 'Newest first')}</ul></fieldset>
    ${facet('year', 'Year')}${facet('feed', 'Feed')}${facet('author', 'Author')}
  </details>
  <div class="column">
    <div class="help" hidden>
      <p class="near" hidden>Near it: <button type="button"></button></p>
      <p>Perhaps another spelling, or fewer words? Words are also found by their beginning.</p>
      <p class="drop"><button type="button">Search without filters</button></p>
      <p>Or look through <a href="${base}archive/">the archive</a>, <a href="${base}authors/">the authors</a> and
        <a href="${base}feeds/">the feeds</a>.</p>
    </div>
    <div class="failed" hidden>
      <p>The search could not be fetched. Are you offline? <span class="why"></span></p>
      <p><button type="button">Try again</button> or look through <a href="${base}archive/">the archive</a>.</p>
    </div>
    <ol class="results"></ol>
    <button class="more" type="button" hidden>Show more</button>
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
  const told = element('span', { className: 'count' }, count === null ? '' : count.toLocaleString('en'));
  return element('li', {}, element('label', {}, box, ' ', element('bdi', {}, value), ' ', told));
}
