import type { Lines } from './dialects.ts';
import { ENDS_LINE } from './long-lines.ts';
import { nearText, type ParsedNode, styleOf, UNSEEN } from './parsed-html.ts';

/**
 * Whether a node begins a line only by a style, its own or that of the node before it: verses and captions in
 * `<span style="display: block">`. Without a line end their words would be one.
 */
export function beginsLine(nodes: readonly ParsedNode[], at: number, lines: Lines): boolean {
  if (at === 0) return false;
  const node = nodes[at];
  const last = nodes[at - 1];
  const secondLast = at > 1 ? nodes[at - 2] : undefined;
  if (!isOwnLine(node) && !isOwnLine(last) && !isOwnLine(secondLast)) return false;
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
