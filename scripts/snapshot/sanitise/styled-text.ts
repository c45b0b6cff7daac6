import type { ElementContent } from 'hast';
import { wordSet } from '../../../src/core/text.ts';
import {
  elementsAround,
  hasClass,
  nearText,
  newElement,
  onlyText,
  type ParsedElement,
  type ParsedNode,
  styleOf,
  UNSEEN,
} from './parsed-html.ts';

// What styles say of words and lines, which we do not keep: Google Docs, Word and old editors of Blogger write no elements.

/** The element for a style of a `<span>`, unless it is within one that means the same. */
const ELEMENTS_OF_STYLES: readonly { property: string; value: RegExp; name: string; within: RegExp }[] = [
  { property: 'vertical-align', value: /^super/, name: 'sup', within: /^sup$/ },
  { property: 'vertical-align', value: /^sub\b/, name: 'sub', within: /^sub$/ },
  { property: 'text-decoration', value: /line-through/, name: 's', within: /^(?:s|del|strike)$/ },
  { property: 'text-decoration-line', value: /line-through/, name: 's', within: /^(?:s|del|strike)$/ },
  { property: 'font-weight', value: /^(?:bold|[6-9]00)/, name: 'b', within: /^(?:b|strong|th|h[1-6])$/ },
  { property: 'font-style', value: /^(?:italic|oblique)/, name: 'i', within: /^(?:i|em|cite)$/ },
];

/** The longest text that is code for its font. A longer one may be prose that somebody likes so. */
const MOST_LETTERS = 100;

export function isMonospace(element: ParsedElement): boolean {
  return /mono(?!type)|courier|consolas|menlo/.test(styleOf(element).get('font-family') ?? '');
}

/** The elements that mean the same as the style of words in a line, the outer first. */
export function namesByStyle(element: ParsedElement): string[] {
  if (isTakenBack(element, element.tagName)) return ['span'];
  const style = styleOf(element);
  if (element.tagName !== 'span' || style.size === 0) return [];
  const [parent, outer] = elementsAround(element, 2);
  const holder = parent?.tagName === 'a' ? outer : parent;
  const around = holder && !isTakenBack(holder, holder.tagName) ? holder.tagName : '';
  if (isMonospace(element) && isFewWords(element) && around !== 'code') return ['code'];
  const isKept = (name: string) => !element.childNodes.some((node) => 'tagName' in node && isTakenBack(node, name));
  const names = ELEMENTS_OF_STYLES.flatMap(({ property, value, name, within }) =>
    value.test(style.get(property) ?? '') && !within.test(around) && isKept(name) ? [name] : [],
  );
  return [...new Set(names)];
}

/** Whether a style takes an emphasis back: Google Docs lays a `<b>` that is not bold around a post, Blogger a bold span. */
function isTakenBack(element: ParsedElement, name: string): boolean {
  if (/^(?:b|strong)$/.test(name)) return /^(?:normal|lighter|[1-4]00)/.test(styleOf(element).get('font-weight') ?? '');
  return /^(?:i|em)$/.test(name) && styleOf(element).get('font-style')?.startsWith('normal') === true;
}

/** Whether an element is only a short text beside other words. */
function isFewWords(element: ParsedElement): boolean {
  const text = onlyText(element);
  return text.trim() !== '' && text.length <= MOST_LETTERS && (element.parentNode?.childNodes.length ?? 0) > 1;
}

/** Classes of words for screen readers only, in Bootstrap, Tailwind, HTML5 Boilerplate and Quarto. */
const OF_SCREEN_READERS = ['sr-only', 'visually-hidden', 'visuallyhidden', 'screen-reader-only'];

export function isForScreenReaders(node: ParsedNode): boolean {
  return 'tagName' in node && node.tagName === 'span' && hasClass(node, ...OF_SCREEN_READERS);
}

/** How the line ends of text are shown: as spaces, as lines by a style that we do not keep (also with all spaces), or as lines of `<pre>`. */
export type Lines = 'spaces' | 'lines' | 'styled' | 'pre';

/** `name` is the one under which the element is kept. */
export function linesIn(element: ParsedElement, name: string, around: Lines): Lines {
  if (around === 'pre' || name === 'pre') return 'pre';
  if (isVerse(element)) return 'styled';
  const value = element.tagName === 'table' ? 'normal' : styleOf(element).get('white-space');
  if (value === undefined) return around === 'spaces' && isIndented(element) ? 'styled' : around;
  if (/^pre-line(?![\w-])/.test(value)) return 'lines';
  return /^(?:pre|pre-wrap|break-spaces)(?![\w-])/.test(value) ? 'styled' : 'spaces';
}

/**
 * Whether lines that end with `<br>` begin with spaces on the same line of the source, more than one of them: old blogs
 * write code in this way, and a style shows its indentation. White space of a layout is on a line of its own.
 */
function isIndented({ childNodes }: ParsedElement): boolean {
  let lines = 0;
  for (const [index, node] of childNodes.entries()) {
    if (!('value' in node)) continue;
    if (node.value.includes('\n')) return false;
    lines += Number(/^(?: {2}|\t)/.test(node.value) && (index === 0 || childNodes[index - 1]?.nodeName === 'br'));
  }
  return lines > 1;
}

/** Tables and trees drawn with signs, which only letters of one width show. */
const DRAWING = /[|+][-=]{2}|[-=]{2}[|+]|[\u2502-\u259f]/;

/**
 * A poem of WordPress (https://wordpress.org/documentation/article/verse-block/), Asciidoctor
 * (https://docs.asciidoctor.org/asciidoc/latest/blocks/verses/) or Substack: text in lines, and no code.
 */
export function isVerse(element: ParsedElement): boolean {
  if (element.tagName !== 'pre') return false;
  const [box] = elementsAround(element, 1);
  const isMarked = hasClass(element, 'wp-block-verse') || (box && hasClass(box, 'verseblock', 'preformatted-block'));
  return isMarked === true && !DRAWING.test(nearText(element));
}

/** Docutils indents lines of a poem by a block in a block (https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#line-blocks). */
export function indentOfLine(line: ParsedElement): string {
  const blocks = [...elementsAround(line, 6)].filter((each) => hasClass(each, 'line-block')).length;
  return '\u00a0'.repeat(4 * Math.max(0, blocks - 1));
}

/** Elements that end the line around them. */
export const ENDS_LINE = wordSet(
  'address article aside blockquote br caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header ' +
    'hr li math ol p pre section summary table td th tr ul wbr',
);

/**
 * Whether a node begins a line only by a style, its own or that of the node before it: verses and captions in
 * `<span style="display: block">`. Without a line end their words would be one.
 */
export function beginsLine(nodes: readonly ParsedNode[], at: number, lines: Lines): boolean {
  const [node, last, secondLast] = [nodes[at], nodes[at - 1], nodes[at - 2]];
  const before = last && isShown(last, lines) ? last : secondLast;
  if (!node || !before || !isInLine(node, lines) || !isInLine(before, lines)) return false;
  if (!isOwnLine(node) && !isOwnLine(before)) return false;
  return lines !== 'pre' || !(/\n[ \t]*$|^[ \t]+$/.test(textOf(before)) || /^[ \t]*\n/.test(textOf(node)));
}

function isShown(node: ParsedNode, lines: Lines): boolean {
  if ('tagName' in node) return !UNSEEN.has(node.tagName);
  return 'value' in node && (lines === 'pre' || node.value.trim() !== '');
}

/** Whether a node is text, or an element that does not end its line. */
export function isInLine(node: ParsedNode, lines: Lines): boolean {
  return isShown(node, lines) && !('tagName' in node && ENDS_LINE.has(node.tagName));
}

function isOwnLine(node: ParsedNode | undefined): boolean {
  if (!node || !('tagName' in node) || node.attrs.length === 0) return false;
  const style = styleOf(node);
  // A first letter in large type, or a picture with the text beside it.
  const isBeside = /^(?:left|right)/.test(style.get('float') ?? '');
  return OF_A_BLOCK.test(style.get('display') ?? '') && !isBeside;
}

const OF_A_BLOCK = /^(?:block|flex|grid|table|list-item)$/;

function textOf(node: ParsedNode): string {
  return 'tagName' in node ? nearText(node) : 'value' in node ? node.value : '';
}

/** A line of text, through all its elements: the letters of complex scripts since its last place for a break. */
export interface TextLine {
  letters: number;
}

/** Joined or stacked letters: Chromium takes quadratic time for a line, 16 s for 100,000 Khmer ones, also in `<b>`. */
const COMPLEX =
  /(?:[\u0590-\u1CFF\uA800-\uABFF\uFB1D-\uFDFF\uFE70-\uFEFC]|[\u{10800}-\u{11FFF}\u{1E900}-\u{1E95F}])[\p{M}\u200C\u200D]*/gu;

const MOST_UNBROKEN = 2_000;

/** Characters before the last letter, in which a break is put behind a space. */
const NEAR = 200;

/** The text, with a `<wbr>` after each `MOST_UNBROKEN`. Text that has them stays as it is. */
export function withBreaks(value: string, line: TextLine): ElementContent[] {
  const parts: ElementContent[] = [];
  let from = 0;
  for (const { index } of value.matchAll(COMPLEX)) {
    if (line.letters === MOST_UNBROKEN) {
      const near = Math.max(from, index - NEAR);
      const at = near + (/^.*\s/su.exec(value.slice(near, index))?.[0].length ?? index - near);
      if (at > from) parts.push({ type: 'text', value: value.slice(from, at) });
      parts.push(newElement('wbr'));
      line.letters = value.slice(at, index).match(COMPLEX)?.length ?? 0;
      from = at;
    }
    line.letters += 1;
  }
  return [...parts, { type: 'text', value: value.slice(from) }];
}
