import type { FeedTree, XmlElement, XmlNode } from './feed-tree.ts';
import { mendText } from './feed-tree.ts';
import { scopesOf } from './namespaces.ts';

interface Growing extends XmlElement {
  content: string | XmlNode[];
}

/** Grows a tree, namespaces, bases and languages resolved, from what a parser sees one after the other. */
export interface TreeBuilder {
  open(name: string, attributes: Record<string, string>): void;
  close(): void;
  text(text: string): void;
  /** Whether the outermost element has ended. */
  complete(): boolean;
  /** What has grown; null while there is no element. */
  tree(): FeedTree | null;
}

/** Deeper than any feed means to be: below this only text is kept, so that nothing that walks the tree runs out of stack. */
const DEEPEST = 400;
/** Deeper than entries stand in any format. */
const DEEPEST_ENTRY = 8;
const ENTRY = new Set(['item', 'entry']);
/** Elements in which white space is layout. */
const LAID_OUT = new Set(['item', 'entry', 'channel', 'feed', 'rss', 'rdf:rdf', 'author', 'source', 'media:group']);

/** `url` is what the outermost `xml:base` is relative to. */
export function treeBuilder(url: string): TreeBuilder {
  const open: Growing[] = [];
  const scopes = scopesOf(url);
  const entries: XmlElement[] = [];
  let root: XmlElement | null = null;
  let tooDeep = 0;
  let entryDepth = 0;

  function place(element: XmlElement): void {
    root ??= element;
    const parent = open.at(-1);
    if (ENTRY.has(element.name) && entryDepth === 0 && open.length <= DEEPEST_ENTRY) {
      entryDepth = open.length + 1;
      entries.push(element);
    } else if (parent) add(parent, element);
  }

  return {
    open(name, attributes) {
      if (open.length >= DEEPEST) {
        tooDeep++;
        return;
      }
      const scope = scopes.enter(attributes);
      const element = { name: scopes.name(name), attributes: scopes.attributes(attributes), content: '', scope };
      place(element);
      open.push(element);
    },
    close() {
      if (tooDeep > 0) {
        tooDeep--;
        return;
      }
      if (open.length === entryDepth) entryDepth = 0;
      const closed = open.pop();
      // An array that grew has room for many more; of a hundred thousand entries that room is most of the tree.
      if (typeof closed?.content === 'object') closed.content = closed.content.slice();
      scopes.leave();
    },
    text(text) {
      const parent = open.at(-1);
      if (!parent || (LAID_OUT.has(parent.name) && text.trim() === '')) return;
      if (typeof parent.content === 'string') parent.content += mendText(text);
      else parent.content.push(mendText(text));
    },
    complete: () => root !== null && open.length === 0,
    tree: () => root && { root, entries, partial: false },
  };
}

/** Text that stood alone so far becomes the first child. */
function add(parent: Growing, child: XmlElement): void {
  if (typeof parent.content === 'object') parent.content.push(child);
  else parent.content = parent.content === '' ? [child] : [parent.content, child];
}
