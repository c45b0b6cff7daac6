import type { Lines } from './dialects.ts';
import { ENDS_LINE } from './long-lines.ts';
import { nearText, type ParsedNode, styleOf } from './parsed-html.ts';

/**
 * Whether a node begins a line only by a style, its own or that of the node before it: verses and captions in
 * `<span style="display: block">`. Without a line end their words would be one.
 */
export function beginsLine(nodes: readonly ParsedNode[], at: number, lines: Lines): boolean {
  const node = nodes[at];
  if (!node || !isInLine(node, lines)) return false;
  const before = nodes.slice(Math.max(0, at - 3), at).findLast((each) => isShown(each, lines));
  if (!before || !isInLine(before, lines) || !(isOwnLine(node) || isOwnLine(before))) return false;
  return lines !== 'pre' || !textOf(before).endsWith('\n');
}

function isShown(node: ParsedNode, lines: Lines): boolean {
  if ('tagName' in node) return node.tagName !== 'noscript';
  return 'value' in node && (lines === 'pre' || node.value.trim() !== '');
}

/** Whether a node is text, or an element that does not end its line. */
export function isInLine(node: ParsedNode, lines: Lines): boolean {
  return isShown(node, lines) && !('tagName' in node && ENDS_LINE.has(node.tagName));
}

function isOwnLine(node: ParsedNode): boolean {
  if (!('tagName' in node)) return false;
  const style = styleOf(node);
  // A first letter in large type, or a picture with the text beside it.
  const isBeside = /^(?:left|right)/.test(style.get('float') ?? '');
  return OF_A_BLOCK.test(style.get('display') ?? '') && !isBeside;
}

const OF_A_BLOCK = /^(?:block|flex|grid|table|list-item)$/;

function textOf(node: ParsedNode): string {
  return 'tagName' in node ? nearText(node) : 'value' in node ? node.value : '';
}
