import type { Element, ElementContent, Root, RootContent } from 'hast';
import { addText } from './trim.ts';

/** The tree without elements and lines that say nothing, and with the marks of notes raised as their own style shows them. */
export function tidy(root: Root): Root {
  return { type: 'root', children: tidied(root.children, true) as RootContent[] };
}

/** Elements in which a number is no mark of a note, or is raised already. */
const PLAIN: ReadonlySet<string> = new Set('sup sub a code kbd samp pre math h5 h6'.split(' '));

function tidied(nodes: readonly (RootContent | ElementContent)[], raises: boolean): ElementContent[] {
  const kept: ElementContent[] = [];
  for (const node of nodes) {
    if (node.type === 'text') addText(kept, node.value);
    if (node.type !== 'element') continue;
    node.children = tidied(node.children, raises && !PLAIN.has(node.tagName));
    if (node.tagName === 'pre') trimCode(node);
    if (node.tagName !== 'span' || Object.keys(node.properties).length > 0)
      kept.push(raises && isNoteMark(node, kept.at(-1)) ? raised(node) : node);
    else for (const child of node.children) child.type === 'text' ? addText(kept, child.value) : kept.push(child);
  }
  return kept;
}

/** Substack and older docutils raise these by style. Without it, "30" and note 1 are "301". */
function isNoteMark({ tagName, properties, children }: Element, before: ElementContent | undefined): boolean {
  const [text, ...more] = children;
  if (tagName !== 'a' || !String(properties['href']).startsWith('#') || text?.type !== 'text') return false;
  // A note leads back to the id of its mark. Another number may be a figure's: Japanese writes no space before it.
  const sign = properties['id'] === undefined ? /^\s*[*†‡]\s*$/ : /^\s*(?:\d{1,3}|[*†‡])\s*$/;
  if (more.length > 0 || !sign.test(text.value)) return false;
  if (before?.type === 'text') return /[\p{L}\p{M}\p{N}.,;:!?)\]"'”’»›…%]$/u.test(before.value);
  return before?.type === 'element' && /^(?:sup|b|strong|i|em|q|cite|s|abbr|code)$/.test(before.tagName);
}

function raised(mark: Element): Element {
  return { type: 'element', tagName: 'sup', properties: {}, children: [mark] };
}

/** Without the layout of the page around an only `<code>` (https://github.com/movim/movim/issues/927), and without blank lines before the code. */
function trimCode(pre: Element): void {
  const shown = pre.children.filter((child) => child.type !== 'text' || child.value.trim() !== '');
  const [code] = shown;
  const isOnly = shown.length === 1 && code?.type === 'element' && code.tagName === 'code';
  if (isOnly) pre.children = [code];
  const { children } = isOnly ? code : pre;
  const [first] = children;
  // Parsers drop the first line feed: https://html.spec.whatwg.org/multipage/grouping-content.html#the-pre-element
  if (first?.type === 'text') first.value = first.value.replace(/^(?:[^\S\n]*\n)+/, '');
  if (first?.type === 'text' && first.value === '') children.shift();
}
