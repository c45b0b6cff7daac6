import { escapeText } from '../../../src/core/clean-text.ts';
import { wordSet } from '../../../src/core/text.ts';
import type { XmlElement } from '../parse/feed-tree.ts';
import { srcsetCandidates } from '../sanitise/images.ts';

/** Elements of HTML, with obsolete ones. Other words between `<` and `>` are text. */
const KNOWN = wordSet(
  'a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body br button ' +
    'canvas caption center cite code col colgroup command data datagrid datalist dd del details dfn dialog dir div dl dt em embed ' +
    'event-source fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe ' +
    'img input ins kbd keygen label legend li link listing main map mark marquee math menu meta meter multicol nav nextid nobr ' +
    'noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script ' +
    'search section select slot small source spacer span strike strong style sub summary sup svg table tbody td template textarea ' +
    'tfoot th thead time title tr track tt u ul var video wbr xmp',
);
/** Elements without an end tag (https://html.spec.whatwg.org/multipage/syntax.html#void-elements), with obsolete ones. */
export const WITHOUT_END = wordSet('area base br col embed hr img input link meta param source spacer track wbr');
/** Elements whose end tag may be left out. */
const LEFT_OPEN = wordSet('p li dt dd tr td th thead tbody tfoot option colgroup rt rp body html');
/** Attributes without a value. */
const BARE = wordSet(
  'allowfullscreen async autoplay checked compact controls default defer disabled download hidden ismap itemscope loop ' +
    'mozallowfullscreen multiple muted noshade novalidate nowrap open playsinline readonly required reversed selected ' +
    'webkitallowfullscreen',
);

const ATTRIBUTE = String.raw`\s+([^\s=<>"'/]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s<>"']+))?`;
/**
 * After an attribute in quotation marks, all up to the end belongs to the tag, as in a browser: `<img src="a"alt="b">`,
 * `<img alt="15" wide">`. The lookaheads keep the time linear: a name and attributes that were found are not taken apart again.
 */
const ATTRIBUTES = String.raw`(?=(?<whole>(?:${ATTRIBUTE})*))\k<whole>(?:(?<=["'][^<>"']*)[^<>]*|\s*\/?)`;
const TAG = new RegExp(String.raw`<(\/?)([a-z][\w:-]*)(?![\w:-])(${ATTRIBUTES})>`, 'gi');
const NAMES = new RegExp(ATTRIBUTE, 'g');

interface Tag {
  name: string;
  closing: boolean;
  attributes: string;
  start: number;
  end: number;
}

/** The tags in a text that are written like tags of HTML: `<b>` and `<b class=x>`, but not `<b and c>` or `<T>`. */
export function tagsIn(text: string): Tag[] {
  const tags: Tag[] = [];
  for (const { 0: tag, 1: slash, 2: name = '', 3: attributes = '', index } of text.matchAll(TAG)) {
    const lower = name.toLowerCase();
    const [start, end] = [index, index + tag.length];
    if ((KNOWN.has(lower) || lower.includes(':')) && hasRealNames(attributes))
      tags.push({ name: lower, closing: slash === '/', attributes, start, end });
  }
  return tags;
}

function hasRealNames(attributes: string): boolean {
  // With a quoted value any other word may be an attribute, as frameworks have their own.
  if (/=\s*["']/.test(attributes)) return true;
  for (const [written, name = ''] of attributes.matchAll(NAMES)) {
    if (!written.includes('=') && !BARE.has(name.toLowerCase()) && !name.startsWith('data-')) return false;
  }
  return true;
}

/** Elements within a line of text. */
export const WITHIN_LINES = wordSet(
  'a abbr b big cite code del em font i img ins mark q s small span strike strong sub sup tt u',
);

type Piece = { piece: string; isOuter: boolean };

/** The tags and texts of HTML. A text is outer if it is in no block, without the white space beside one. */
export function piecesOf(html: string): Piece[] {
  let open = 0;
  return html.split(/(<[^<>]*>)/).flatMap((piece, index, all): Piece | Piece[] => {
    if (index % 2 === 1) open = Math.max(0, open + blockDepth(piece));
    if (index % 2 === 1 || open > 0) return { piece, isOuter: false };
    const from = blockOf(all[index - 1]) ? piece.length - piece.trimStart().length : 0;
    const to = blockOf(all[index + 1]) ? Math.max(from, piece.trimEnd().length) : piece.length;
    const [before, text, after] = [piece.slice(0, from), piece.slice(from, to), piece.slice(to)];
    return [before, text, after].map((part, at) => ({ piece: part, isOuter: at === 1 }));
  });
}

/** The name of the block that a tag begins or ends; undefined for anything else. */
function blockOf(tag: string | undefined): string | undefined {
  const name = /^<\/?([a-z][\w:-]*)/i.exec(tag ?? '')?.[1]?.toLowerCase();
  return name !== undefined && WITHIN_LINES.has(name) ? undefined : name;
}

/** By how much a tag changes the number of open blocks. */
function blockDepth(tag: string): number {
  const name = blockOf(tag);
  if (name === undefined || WITHOUT_END.has(name) || tag.endsWith('/>')) return 0;
  return tag.startsWith('</') ? -1 : 1;
}

/** Whether every start tag has its end tag if one is needed, and every end tag its start tag. */
export function areBalanced(tags: readonly Tag[]): boolean {
  const open: string[] = [];
  for (const { name, closing } of tags) {
    if (WITHOUT_END.has(name)) continue;
    if (!closing) open.push(name);
    else {
      while (open.at(-1) !== name && LEFT_OPEN.has(open.at(-1) ?? '')) open.pop();
      if (open.pop() !== name) return false;
    }
  }
  return open.every((name) => LEFT_OPEN.has(name));
}

/** Whether a text that may be HTML is HTML: it has a comment, a tag that is no example for readers, or the start of one. */
export function holdsMarkup(text: string): boolean {
  if (/<!(?:--|doctype)|<\?xml/i.test(text)) return true;
  const tags = tagsIn(text);
  const closed = new Set(tags.filter(({ closing }) => closing).map(({ name }) => name));
  const meant = tags.some(
    ({ name, closing, attributes, start, end }) =>
      !closing &&
      (WITHOUT_END.has(name) ||
        LEFT_OPEN.has(name) ||
        closed.has(name) ||
        attributes.includes('=') ||
        // The end tag may be cut off: `<b>Words`, but not `if a<b>c` or `the <b> element`.
        (/^$|[\s>]/.test(text.slice(0, start).at(-1) ?? '') && /\S/.test(text[end] ?? ''))),
  );
  return meant || isCutWithinTag(text);
}

function isCutWithinTag(text: string): boolean {
  const last = text.slice(text.lastIndexOf('<'));
  const name = /^<([a-z][\w:-]*)\s[^<>]*=[^<>]*$/i.exec(last.slice(0, 10_000))?.[1];
  return name !== undefined && KNOWN.has(name.toLowerCase());
}

const ADDRESSES = new Set(['href', 'src', 'cite', 'poster', 'longdesc', 'background', 'action', 'data']);

/** The markup in an element as HTML, without the `div` that Atom puts around XHTML (https://www.rfc-editor.org/rfc/rfc4287#section-3.1.1.3). */
export function innerHtml(element: XmlElement): string {
  const { content } = element;
  const nodes = typeof content === 'string' ? [] : content.filter((node) => typeof node === 'object' || node.trim());
  const [only] = nodes;
  const wrapped = nodes.length === 1 && typeof only === 'object' && /^(?:xhtml:)?div$/.test(only.name) ? only : element;
  const out: string[] = [];
  printWithin(wrapped, element.scope.base, out);
  return out.join('').trim();
}

/** Prints into one list: strings joined at each level would be copied at each above. `base` is that of the result. */
function printWithin({ name, content, attributes }: XmlElement, base: string | null, out: string[]): void {
  // A formula of MathJax 2: a `<script>` has no character references in HTML.
  const isFormula = /^(?:xhtml:)?script$/.test(name) && attributes['type']?.startsWith('math/');
  for (const node of typeof content === 'string' ? [content] : content)
    if (typeof node === 'object') printElement(node, base, out);
    else out.push(isFormula && !/<[!/]/.test(node) ? node : escapeText(node));
}

function printElement(node: XmlElement, base: string | null, out: string[]): void {
  const name = node.name.slice(node.name.indexOf(':') + 1);
  out.push(`<${name}${printedAttributes(node, base)}>`);
  printWithin(node, base, out);
  if (!WITHOUT_END.has(name)) out.push(`</${name}>`);
}

function printedAttributes(element: XmlElement, base: string | null): string {
  const elementBase = element.scope.base;
  let html = '';
  for (const [name, value] of Object.entries(element.attributes)) {
    if (name.startsWith('xmlns') || name === 'xml:base') continue;
    const resolved = elementBase === base || elementBase === null ? value : resolvedValue(name, value, elementBase);
    const escaped = resolved.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    html += ` ${name}="${escaped}"`;
  }
  return html;
}

function resolvedValue(name: string, value: string, base: string): string {
  if (name === 'srcset') return srcsetCandidates(value, URL.parse(base), true) ?? value;
  return ADDRESSES.has(name) ? (URL.parse(value, base)?.href ?? value) : value;
}
