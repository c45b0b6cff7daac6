import { type DefaultTreeAdapterMap, html as names, parseFragment } from 'parse5';
import { HTML_ATTRIBUTES, MATH_ATTRIBUTES } from './html-schema.ts';
import { isPlayer } from './players.ts';
import { isDrawing } from './svg-schema.ts';
import { wordSet } from './text.ts';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/** Markup in a body that the sanitiser never writes; null if there is none. The sanitiser may have a bug, and other programs may write to the archive. */
export function forbiddenMarkup(html: string): string | null {
  // Parsing is the most expensive step for a body, and most bodies do not need it.
  return isPlainMarkup(html) ? null : forbiddenWhenParsed(html);
}

/** The same, but parses every body. */
export function forbiddenWhenParsed(html: string): string | null {
  // Inside another element, as on a page.
  const source = `<div>${html}</div>`;
  const { childNodes } = parseFragment(source, { sourceCodeLocationInfo: true });
  const [box, ...more] = childNodes;
  if (box?.sourceCodeLocation?.endOffset !== source.length || more.length > 0) return MISPLACED;
  let level: Node[] = [box];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST_BODY + 1) return `elements nested more than ${DEEPEST_BODY} deep`;
    const forbidden = level.map((node) => inNode(node, source)).find((found) => found !== null);
    // One short line without control characters: terminals and workflows obey those.
    if (forbidden) return forbidden.replaceAll(/[\p{C}\s]+/gu, ' ').slice(0, 160);
    level = level.flatMap((node) => ('childNodes' in node ? node.childNodes : []));
  }
  return null;
}

function inNode(node: Node, source: string): string | null {
  if ('tagName' in node) return inElement(node, source);
  return node.nodeName === '#text' ? null : 'a comment';
}

const MISPLACED = 'a tag out of place';

const ATTRIBUTES: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> = new Map([
  [names.NS.HTML, HTML_ATTRIBUTES],
  [names.NS.MATHML, MATH_ATTRIBUTES],
]);

function inElement(element: Element, source: string): string | null {
  const { tagName, namespaceURI, attrs } = element;
  const allowed = ATTRIBUTES.get(namespaceURI)?.get(tagName);
  if (allowed === undefined) return `the element <${tagName}>`;
  for (const { name, prefix, value } of attrs) {
    if (prefix || !allowed.has(name)) return `the attribute ${name} on <${tagName}>`;
    if (!isAllowedValue(tagName, name, value)) return `the value “${value.slice(0, 80)}” in ${name} on <${tagName}>`;
  }
  const missing = (REQUIRED.get(tagName) ?? []).find((name) => !attrs.some((each) => each.name === name));
  if (missing !== undefined) return `<${tagName}> without ${missing}`;
  return isAsWritten(element, source) ? null : MISPLACED;
}

function isAllowedValue(tagName: string, name: string, value: string): boolean {
  if (tagName === 'img' && name === 'src' && value.startsWith('data:')) return isDrawing(value);
  if (tagName === 'iframe' && name === 'src') return isPlayer(value);
  return VALUES.get(name)?.test(value) ?? true;
}

/** A frame without `sandbox` has all rights of a page. */
const REQUIRED: ReadonlyMap<string, readonly string[]> = new Map([['iframe', ['src', 'sandbox']]]);

/** `limitSpans` has shortened the longer ones. */
const SPAN = /^(\d{1,2}|100)$/;
const WEB = /^https?:\/\/[^/@\s]+\//;

/** Forms of the values that could do harm, by attribute. */
const VALUES: ReadonlyMap<string, RegExp> = new Map([
  ['href', /^(https?:\/\/[^/@\s]+\/|mailto:|#)/],
  ['src', WEB],
  ['poster', WEB],
  ['cite', WEB],
  ['srcset', /^https?:\/\/[^/@\s]+\/\S*( [\d.]+[wx])?(, https?:\/\/[^/@\s]+\/\S*( [\d.]+[wx])?)*$/],
  ['class', /^language-\S+$/],
  ['colspan', SPAN],
  ['columnspan', SPAN],
  ['rowspan', SPAN],
  ['span', SPAN],
  ['tabindex', /^0$/],
  ['sandbox', /^allow-scripts allow-same-origin allow-popups allow-presentation$/],
  ['allow', /^fullscreen; picture-in-picture; encrypted-media$/],
]);

export const VOID = wordSet('br col hr img source track wbr');

/**
 * Whether the parser kept every tag of an element in its place. Parsers drop, move and close tags in silence, and in a
 * whole page perhaps differently: `</main>` in a body closes the element of the page, and a tag without an end swallows
 * the page up to the next quotation mark.
 */
function isAsWritten({ tagName, childNodes, sourceCodeLocation }: Element, source: string): boolean {
  const { startTag, endTag } = sourceCodeLocation ?? {};
  // The parser has added the element.
  if (!startTag) return false;
  if (!endTag) return childNodes.length === 0 && VOID.has(tagName);
  let end = startTag.endOffset;
  for (const { nodeName, sourceCodeLocation: place } of childNodes) {
    if (!place || !isAdjacent(place.startOffset, end, source)) return false;
    end = place.endOffset;
    // A dropped tag between two texts is part of one joined text.
    if (nodeName === '#text' && source.slice(place.startOffset, end).includes('<')) return false;
  }
  return (
    isAdjacent(endTag.startOffset, end, source) && endTag.endOffset - endTag.startOffset === `</${tagName}>`.length
  );
}

/** Whether there is nothing between two positions. HTML ignores the first line break in a `<pre>`. */
function isAdjacent(start: number, end: number, source: string): boolean {
  return start === end || (start === end + 1 && source[end] === '\n');
}

type Content = 'flow' | 'phrase' | 'items' | 'terms';

const PHRASES = 'a abbr b bdi cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var';
const BLOCKS = 'article aside blockquote details div figcaption figure footer header section summary';

/** `in` are the kinds of content that may contain it. */
type Nesting = { in: readonly Content[]; holds: Content | 'nothing' };

const ELEMENTS: ReadonlyMap<string, Nesting> = new Map<string, Nesting>([
  ...PHRASES.split(' ').map((name): [string, Nesting] => [name, { in: ['flow', 'phrase'], holds: 'phrase' }]),
  ...'p h1 h2 h3 h4 h5 h6 pre'.split(' ').map((name): [string, Nesting] => [name, { in: ['flow'], holds: 'phrase' }]),
  ...BLOCKS.split(' ').map((name): [string, Nesting] => [name, { in: ['flow'], holds: 'flow' }]),
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
export const DEEPEST_BODY = 250;

/** A text and the tag after it, or the end, without characters that a parser replaces. */
const TOKEN = /[^<\0\r]*(?:<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<\0\r]*")*)>|$)/y;
const ATTRIBUTE = / ([a-z-]+)="([^"]*)"/g;

/** Whether every parser reads a text as written. Most posts fit this small grammar (tests/core/body-check.test.ts). */
function isPlainMarkup(html: string): boolean {
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
    if ((name === 'a' && open.includes('a')) || !hasAllowed(name, attributes)) return false;
    if (element.holds === 'nothing') continue;
    if (open.push(name) > DEEPEST_BODY) return false;
    contents.push(element.holds);
  }
  return open.length === 0;
}

function hasAllowed(name: string, attributes: string): boolean {
  for (const [, attribute = '', written = ''] of attributes.matchAll(ATTRIBUTE)) {
    // The sanitiser writes no other character reference here; those need a parser.
    const value = written.replaceAll('&#x26;', '');
    if (value.includes('&') || HTML_ATTRIBUTES.get(name)?.has(attribute) !== true) return false;
    if (!isAllowedValue(name, attribute, written.replaceAll('&#x26;', '&'))) return false;
  }
  return true;
}
