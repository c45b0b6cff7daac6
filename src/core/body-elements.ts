/** What may stand in an element: anything, words only, or items or terms only. */
type Holds = 'flow' | 'phrase' | 'items' | 'terms';

const WORDS = 'a abbr b bdi cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var';
const BOXES = 'article aside blockquote details div figcaption figure footer header section summary';

interface Element {
  in: readonly Holds[];
  holds: Holds | 'nothing';
}

const ELEMENTS: ReadonlyMap<string, Element> = new Map<string, Element>([
  ...WORDS.split(' ').map((name): [string, Element] => [name, { in: ['flow', 'phrase'], holds: 'phrase' }]),
  ...'p h1 h2 h3 h4 h5 h6 pre'.split(' ').map((name): [string, Element] => [name, { in: ['flow'], holds: 'phrase' }]),
  ...BOXES.split(' ').map((name): [string, Element] => [name, { in: ['flow'], holds: 'flow' }]),
  ['ul', { in: ['flow'], holds: 'items' }],
  ['ol', { in: ['flow'], holds: 'items' }],
  ['li', { in: ['items'], holds: 'flow' }],
  ['dl', { in: ['flow'], holds: 'terms' }],
  ['dt', { in: ['terms'], holds: 'flow' }],
  ['dd', { in: ['terms'], holds: 'flow' }],
  ['hr', { in: ['flow'], holds: 'nothing' }],
  ['br', { in: ['flow', 'phrase'], holds: 'nothing' }],
  ['img', { in: ['flow', 'phrase'], holds: 'nothing' }],
]);

/** The sanitiser keeps 200 levels. What reads a text later walks down it by recursion, and would have no stack left. */
export const DEEPEST = 250;

/** A run of text, and the tag after it, or the end. Without what a parser reads as something else. */
const TOKEN = /[^<\0\r]*(?:<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<\0\r]*")*)>|$)/y;
const ATTRIBUTE = / ([a-z-]+)="([^"]*)"/g;

/**
 * Whether a text is of a grammar so small that every parser reads it as it is written: tags of few elements, each closed
 * where it was opened and each where HTML lets it stand, so that none closes, moves or repeats another. Most posts are. Of
 * anything else a parser must tell what it is; `tests/core/body-check.test.ts` compares the two.
 * @param allows whether an element may have an attribute with this value
 */
export function isPlainMarkup(
  html: string,
  allows: (element: string, attribute: string, value: string) => boolean,
): boolean {
  const open: string[] = [];
  const holds: (Holds | 'nothing')[] = ['flow'];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < html.length) {
    const [token, slash, name, attributes = ''] = TOKEN.exec(html) ?? [];
    if (token === undefined) return false;
    if (name === undefined) break;
    if (slash === '/') {
      if (open.pop() !== name || attributes !== '') return false;
      holds.pop();
      continue;
    }
    const element = ELEMENTS.get(name);
    if (!element?.in.some((where) => where === holds.at(-1))) return false;
    if ((name === 'a' && open.includes('a')) || !hasOnly(name, attributes, allows)) return false;
    if (element.holds === 'nothing') continue;
    if (open.push(name) > DEEPEST) return false;
    holds.push(element.holds);
  }
  return open.length === 0;
}

function hasOnly(
  name: string,
  attributes: string,
  allows: (element: string, attribute: string, value: string) => boolean,
): boolean {
  for (const [, attribute = '', written = ''] of attributes.matchAll(ATTRIBUTE)) {
    // As a parser reads it; of other references a parser must tell what they are.
    const value = written.replaceAll('&#x26;', '');
    if (value.includes('&') || !allows(name, attribute, written.replaceAll('&#x26;', '&'))) return false;
  }
  return true;
}
