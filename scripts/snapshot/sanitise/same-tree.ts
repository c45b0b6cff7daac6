import type { Element, Root } from 'hast';
import type { ParsedElement, ParsedNode } from './parse.ts';

/** Whether a reader of what was printed sees the tree that was meant. Where not, markup could change its meaning on the way. */
export function sameTree(parsed: readonly ParsedNode[], meant: Root | Element): boolean {
  if (parsed.length !== meant.children.length) return false;
  return meant.children.every((child, index) => {
    const node = parsed[index];
    if (node === undefined) return false;
    if (child.type === 'text') return node.nodeName === '#text' && 'value' in node && node.value === child.value;
    return (
      child.type === 'element' &&
      'tagName' in node &&
      node.tagName === child.tagName &&
      sameAttributes(node, child) &&
      sameTree(node.childNodes, child)
    );
  });
}

function sameAttributes({ attrs }: ParsedElement, { properties }: Element): boolean {
  return (
    attrs.length === Object.keys(properties).length &&
    attrs.every(({ name, value }) => {
      const meant = properties[name];
      return value === (meant === true ? '' : Array.isArray(meant) ? meant.join(' ') : meant);
    })
  );
}
