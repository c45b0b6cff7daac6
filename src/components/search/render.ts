import type { Hit } from '../../lib/search-engine.ts';
import { piecesOf } from '../../lib/search-query.ts';

/** One element of the page that must be there: the page and this script are made for each other. */
export function part<E extends Element>(root: ParentNode, selector: string): E {
  const found = root.querySelector<E>(selector);
  if (found === null) throw new Error(`The search page has no ${selector}`);
  return found;
}

/** A copy of what a template of the page holds. */
export function copyOf(id: string): HTMLElement {
  const template = part<HTMLTemplateElement>(document, `template#${id}`);
  return template.content.firstElementChild?.cloneNode(true) as HTMLElement;
}

/** What was found, as an item of the list. Titles, names and excerpts are strangers' words: text, never HTML. */
export function resultItem({ url, excerpt, meta }: Hit): HTMLElement {
  const item = copyOf('result');
  const title = part<HTMLAnchorElement>(item, 'a');
  title.href = url;
  title.textContent = meta.title ?? url;
  const about = [meta.author, meta.feed, meta.date].filter((text) => text !== undefined);
  part(item, '.about').append(
    ...about.flatMap((text, index) => (index > 0 ? [' · ', isolated(text)] : [isolated(text)])),
  );
  const pieces = piecesOf(excerpt).map(({ text, marked }) => (marked ? withText('mark', text) : text));
  part(item, '.excerpt').append('… ', ...pieces, ' …');
  return item;
}

function isolated(text: string): HTMLElement {
  return withText('bdi', text);
}

function withText(tag: 'bdi' | 'mark', text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
