import {
  attribute,
  classesOf,
  elementsAround,
  hasClass,
  NEAR,
  type ParsedElement,
  type ParsedNode,
  styleOf,
} from './parsed-html.ts';
import { DROPPED } from './schema.ts';

// What styles and classes say of words, which we do not keep: Google Docs, Word and old editors of Blogger write no elements.

/** What the style of a `<span>` says, and the element for it; not in one that says it already. */
const SAYINGS: readonly { property: string; value: RegExp; name: string; within: RegExp }[] = [
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

/** The elements that say what the style of words in a line says, the outer first; none where the style says nothing more. */
export function namesByStyle(element: ParsedElement): string[] {
  if (isTakenBack(element, element.tagName)) return ['span'];
  const style = styleOf(element);
  if (element.tagName !== 'span' || style.size === 0) return [];
  const [parent, outer] = elementsAround(element, 2);
  const holder = parent?.tagName === 'a' ? outer : parent;
  const around = holder && !isTakenBack(holder, holder.tagName) ? holder.tagName : '';
  if (isMonospace(element) && isFewWords(element) && around !== 'code') return ['code'];
  const isKept = (name: string) => !element.childNodes.some((node) => 'tagName' in node && isTakenBack(node, name));
  const said = SAYINGS.flatMap(({ property, value, name, within }) =>
    value.test(style.get(property) ?? '') && !within.test(around) && isKept(name) ? [name] : [],
  );
  return [...new Set(said)];
}

/** Whether a style takes an emphasis back: Google Docs lays a `<b>` that is not bold around a post, Blogger a bold span. */
function isTakenBack(element: ParsedElement, name: string): boolean {
  if (/^(?:b|strong)$/.test(name)) return /^(?:normal|lighter|[1-4]00)/.test(styleOf(element).get('font-weight') ?? '');
  return /^(?:i|em)$/.test(name) && styleOf(element).get('font-style')?.startsWith('normal') === true;
}

/** Whether an element is only a short text beside other words. */
function isFewWords({ childNodes, parentNode }: ParsedElement): boolean {
  const [only, ...more] = childNodes;
  const text = only && more.length === 0 && 'value' in only ? only.value : '';
  return text.trim() !== '' && text.length <= MOST_LETTERS && (parentNode?.childNodes.length ?? 0) > 1;
}

/** Classes of Bootstrap, Tailwind, HTML5 Boilerplate and Quarto for words that only screen readers read, on all screens. */
const UNSEEN = ['sr-only', 'visually-hidden', 'visuallyhidden', 'screen-reader-only'];

/**
 * Whether words are out of sight on the blog and stand beside words that are not: here they would show, double or
 * without a space (https://github.com/DIYgod/RSSHub/pull/21206). Alone they name a link with a picture. WordPress'
 * `screen-reader-text` ends "Continue reading", and stays. `around` are the nearest nodes.
 */
export function isUnseen(node: ParsedNode, around: readonly ParsedNode[]): boolean {
  return hasUnseenClass(node) && around.some((each) => shows(each, 0)) && !standsForIcon(node, around);
}

/** Beside an icon of a font or a drawing, which do not show here, or a picture without `alt`, the words are all that says it. */
function standsForIcon(node: ParsedNode, around: readonly ParsedNode[]): boolean {
  const others = around.filter((each) => !('value' in each) || each.value.trim() !== '');
  const at = others.indexOf(node);
  return [others[at - 1], others[at + 1]].some((each) => each !== undefined && isIcon(each));
}

const ICON = new Set(['canvas', 'i', 'img', 'span', 'svg', 'time']);

function isIcon(node: ParsedNode): boolean {
  return 'tagName' in node && ICON.has(node.tagName) && !attribute(node, 'alt') && !shows(node, 0);
}

/** Only in a line: a description in paragraphs or in a table may be all that is left of a drawing. */
function hasUnseenClass(node: ParsedNode): boolean {
  if (!('tagName' in node) || node.tagName !== 'span') return false;
  return hasClass(node, ...UNSEEN) && !classesOf(node).includes('not-sr-only');
}

function shows(node: ParsedNode, depth: number): boolean {
  if ('value' in node) return node.value.trim() !== '';
  if (!('tagName' in node) || DROPPED.has(node.tagName) || hasUnseenClass(node)) return false;
  return depth < NEAR && node.childNodes.some((child) => shows(child, depth + 1));
}

/** The fragments by which GitHub and MkDocs tell pictures apart: https://github.com/pypi/warehouse/issues/11219 */
const FOR_DARK = /#(?:gh-dark-mode-only|only-dark)$/;
const FOR_LIGHT = /#(?:gh-light-mode-only|only-light)$/;

/** Whether the blog shows a picture only on a dark page, in place of one that is near: here both would show. */
export function isForDark(element: ParsedElement, around: readonly ParsedNode[]): boolean {
  return isPictureFor(element, FOR_DARK) && around.some((each) => isPictureFor(each, FOR_LIGHT));
}

function isPictureFor(node: ParsedNode, theme: RegExp): boolean {
  return 'tagName' in node && node.tagName === 'img' && theme.test(attribute(node, 'src') ?? '');
}
