/** The content of an element: blocks, text, list items or terms. */
type Content = 'flow' | 'phrase' | 'items' | 'terms';

const PHRASES = 'a abbr b bdi cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var';
const BLOCKS = 'article aside blockquote details div figcaption figure footer header section summary';

interface Element {
  /** The kinds of content that may contain it. */
  in: readonly Content[];
  holds: Content | 'nothing';
}

const ELEMENTS: ReadonlyMap<string, Element> = new Map<string, Element>([
  ...PHRASES.split(' ').map((name): [string, Element] => [name, { in: ['flow', 'phrase'], holds: 'phrase' }]),
  ...'p h1 h2 h3 h4 h5 h6 pre'.split(' ').map((name): [string, Element] => [name, { in: ['flow'], holds: 'phrase' }]),
  ...BLOCKS.split(' ').map((name): [string, Element] => [name, { in: ['flow'], holds: 'flow' }]),
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

/** The deepest nesting of elements. The sanitiser keeps 200 levels; more would overflow the stack of recursive readers. */
export const DEEPEST = 250;

/** A text and the tag after it, or the end, without characters that a parser replaces. */
const TOKEN = /[^<\0\r]*(?:<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<\0\r]*")*)>|$)/y;
const ATTRIBUTE = / ([a-z-]+)="([^"]*)"/g;

/**
 * Whether a text fits a small grammar that every parser reads as written: tags of few elements, each closed in order and each
 * where HTML allows it, so that no tag closes, moves or repeats another. Most posts fit it; others need a parser.
 * `tests/core/body-check.test.ts` compares the two.
 * @param allows whether an element may have an attribute with this value
 */
export function isPlainMarkup(
  html: string,
  allows: (element: string, attribute: string, value: string) => boolean,
): boolean {
  const open: string[] = [];
  const contents: (Content | 'nothing')[] = ['flow'];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < html.length) {
    const [token, slash, name, attributes = ''] = TOKEN.exec(html) ?? [];
    if (token === undefined) return false;
    if (name === undefined) break;
    if (slash === '/') {
      if (open.pop() !== name || attributes !== '') return false;
      contents.pop();
      continue;
    }
    const element = ELEMENTS.get(name);
    if (!element?.in.some((content) => content === contents.at(-1))) return false;
    if ((name === 'a' && open.includes('a')) || !hasAllowed(name, attributes, allows)) return false;
    if (element.holds === 'nothing') continue;
    if (open.push(name) > DEEPEST) return false;
    contents.push(element.holds);
  }
  return open.length === 0;
}

function hasAllowed(
  name: string,
  attributes: string,
  allows: (element: string, attribute: string, value: string) => boolean,
): boolean {
  for (const [, attribute = '', written = ''] of attributes.matchAll(ATTRIBUTE)) {
    // The sanitiser writes no other character reference here; those need a parser.
    const value = written.replaceAll('&#x26;', '');
    if (value.includes('&') || !allows(name, attribute, written.replaceAll('&#x26;', '&'))) return false;
  }
  return true;
}
