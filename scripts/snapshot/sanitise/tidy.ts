import type { ElementContent, Root, RootContent } from 'hast';
import { addText } from './trim.ts';

/** The tree without elements that say nothing: half of the elements of a post with coloured code. */
export function tidy(root: Root): Root {
  return { type: 'root', children: tidied(root.children) as RootContent[] };
}

function tidied(nodes: readonly (RootContent | ElementContent)[]): ElementContent[] {
  const kept: ElementContent[] = [];
  for (const node of nodes) {
    if (node.type === 'text') addText(kept, node.value);
    if (node.type !== 'element') continue;
    node.children = tidied(node.children);
    if (node.tagName !== 'span' || Object.keys(node.properties).length > 0) kept.push(node);
    else for (const child of node.children) child.type === 'text' ? addText(kept, child.value) : kept.push(child);
  }
  return kept;
}
