import { attribute, classesOf, hasClass, type ParsedNode } from './parsed-html.ts';
import { DROPPED } from './schema.ts';

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

/** Elements are read to this depth only: nested ones would be read once for each level. */
const DEEPEST_WORDS = 6;

function shows(node: ParsedNode, depth: number): boolean {
  if ('value' in node) return node.value.trim() !== '';
  if (!('tagName' in node) || DROPPED.has(node.tagName) || hasUnseenClass(node)) return false;
  return depth < DEEPEST_WORDS && node.childNodes.some((child) => shows(child, depth + 1));
}
