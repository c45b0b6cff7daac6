import { type DefaultTreeAdapterMap, html as names, parseFragment } from 'parse5';
import { DEEPEST, isPlainMarkup } from './body-elements.ts';
import { HTML_ATTRIBUTES, MATH_ATTRIBUTES } from './html-schema.ts';
import { isDrawing } from './svg-schema.ts';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

/**
 * The third wall: what stands in a body that the sanitiser would not have printed, in words; null where nothing does. An
 * archive is a file that others may write, and a sanitiser is a program that may be wrong.
 */
export function forbiddenMarkup(html: string): string | null {
  // Parsing is most of what a body costs a build, and tells nothing new of such as these.
  return isPlainMarkup(html, allows) ? null : forbiddenWhenParsed(html);
}

/** The same by parsing, whatever it holds. */
export function forbiddenWhenParsed(html: string): string | null {
  // As it will stand: in an element of ours.
  const source = `<div>${html}</div>`;
  const { childNodes } = parseFragment(source, { sourceCodeLocationInfo: true });
  const [box, ...more] = childNodes;
  if (box?.sourceCodeLocation?.endOffset !== source.length || more.length > 0) return MISPLACED;
  let level: Node[] = [box];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST + 1) return `elements nested more than ${DEEPEST} deep`;
    const outside = level.map((node) => inNode(node, source)).find((found) => found !== null);
    if (outside) return plainly(outside);
    level = level.flatMap((node) => ('childNodes' in node ? node.childNodes : []));
  }
  return null;
}

function inNode(node: Node, source: string): string | null {
  if ('tagName' in node) return inElement(node, source);
  return node.nodeName === '#text' ? null : 'a comment';
}

const MISPLACED = 'a tag out of place';

/** Strangers' words in one short line: it is printed where control characters are obeyed, and beginnings of lines. */
function plainly(outside: string): string {
  return outside.replaceAll(/[\p{C}\s]+/gu, ' ').slice(0, 160);
}

const SPACES: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> = new Map([
  [names.NS.HTML, HTML_ATTRIBUTES],
  [names.NS.MATHML, MATH_ATTRIBUTES],
]);

function inElement(element: Element, source: string): string | null {
  const { tagName, namespaceURI, attrs } = element;
  const allowed = SPACES.get(namespaceURI)?.get(tagName);
  if (allowed === undefined) return `the element <${tagName}>`;
  for (const { name, prefix, value } of attrs) {
    if (prefix || !allowed.has(name)) return `the attribute ${name} on <${tagName}>`;
    if (!fits(tagName, name, value)) return `the value “${value.slice(0, 80)}” in ${name} on <${tagName}>`;
  }
  const missing = (MUST.get(tagName) ?? []).find((name) => !attrs.some((each) => each.name === name));
  if (missing !== undefined) return `<${tagName}> without ${missing}`;
  return isAsWritten(element, source) ? null : MISPLACED;
}

function fits(tagName: string, name: string, value: string): boolean {
  if (tagName === 'img' && name === 'src' && value.startsWith('data:')) return isDrawing(value);
  return (VALUES.get(`${tagName} ${name}`) ?? VALUES.get(name))?.test(value) ?? true;
}

function allows(tagName: string, name: string, value: string): boolean {
  return HTML_ATTRIBUTES.get(tagName)?.has(name) === true && fits(tagName, name, value);
}

/** A frame without these is one with all rights. */
const MUST: ReadonlyMap<string, readonly string[]> = new Map([['iframe', ['src', 'sandbox']]]);

const WEB = /^https?:\/\/[^/@\s]+\//;

/** What the values must look like that could do harm. By attribute, or by element and attribute. */
const VALUES: ReadonlyMap<string, RegExp> = new Map([
  ['href', /^(https?:\/\/[^/@\s]+\/|mailto:|#)/],
  ['src', WEB],
  ['poster', WEB],
  ['cite', WEB],
  ['srcset', /^https?:\/\/[^/@\s]+\/\S*( [\d.]+[wx])?(, https?:\/\/[^/@\s]+\/\S*( [\d.]+[wx])?)*$/],
  ['class', /^language-\S+$/],
  ['tabindex', /^0$/],
  ['iframe src', /^https:\/\/(www\.youtube-nocookie\.com\/embed\/[\w-]+|player\.vimeo\.com\/video\/\d+)(\?[\w=&]*)?$/],
  ['sandbox', /^allow-scripts allow-same-origin allow-popups allow-presentation$/],
  ['allow', /^fullscreen; picture-in-picture; encrypted-media$/],
]);

type ParsedElement = DefaultTreeAdapterMap['element'];

/** The elements that have no end tag. */
export const VOID: ReadonlySet<string> = new Set('br col hr img source track wbr'.split(' '));

/**
 * Whether an element holds what its source shows, each part where it is written, and ends where its own tag stands. A
 * parser forgets, moves and closes without a word, and what it forgets within a text it need not forget within a page:
 * `</main>` ends the page's own, and a tag that never ends takes the page up to its next quotation mark.
 */
function isAsWritten({ tagName, childNodes, sourceCodeLocation }: ParsedElement, source: string): boolean {
  const { startTag, endTag } = sourceCodeLocation ?? {};
  // Without one nobody wrote it.
  if (!startTag) return false;
  if (!endTag) return childNodes.length === 0 && VOID.has(tagName);
  let end = startTag.endOffset;
  for (const { nodeName, sourceCodeLocation: place } of childNodes) {
    if (!place || !follows(place.startOffset, end, source)) return false;
    end = place.endOffset;
    // A forgotten tag between two runs of text makes one of them, and is in it.
    if (nodeName === '#text' && source.slice(place.startOffset, end).includes('<')) return false;
  }
  return follows(endTag.startOffset, end, source) && endTag.endOffset - endTag.startOffset === `</${tagName}>`.length;
}

/** The first line break in a `<pre>` is no part of it. */
function follows(start: number, end: number, source: string): boolean {
  return start === end || (start === end + 1 && source[end] === '\n');
}
