import { type FeedTree, mendText, NO_SCOPE, type XmlElement, type XmlNode } from './feed-tree.ts';
import { elementName, NO_PREFIXES, namedAttributes, type Prefixes, prefixesWithin, scopeWithin } from './namespaces.ts';

type Growing = XmlElement & { content: string | XmlNode[] };
export type TreeBuilder = ReturnType<typeof treeBuilder>;

/** Deeper than any real feed. Below it only text is kept, so that recursive functions do not overflow the stack. */
const DEEPEST_ELEMENT = 400;
/** Deeper than the entries of any format. */
const DEEPEST_ENTRY = 8;
const ENTRY = new Set(['item', 'entry']);
/** Elements in which white space has no meaning. */
const LAID_OUT = new Set(['item', 'entry', 'channel', 'feed', 'rss', 'rdf:rdf', 'author', 'source', 'media:group']);

/** Builds a tree from a parser's events; resolves namespaces, bases and languages. `url` is the base of `xml:base`. */
export function treeBuilder(url: string) {
  const open: { element: Growing; prefixes: Prefixes }[] = [];
  const entries: XmlElement[] = [];
  let root: XmlElement | null = null;
  let tooDeep = 0;
  let entryDepth = 0;

  function placeInTree(element: XmlElement): void {
    root ??= element;
    const parent = open.at(-1)?.element;
    if (ENTRY.has(element.name) && entryDepth === 0 && open.length <= DEEPEST_ENTRY) {
      entryDepth = open.length + 1;
      entries.push(element);
    } else if (parent) add(parent, element);
  }

  return {
    open(name: string, attributes: Record<string, string>): void {
      if (open.length >= DEEPEST_ELEMENT) {
        tooDeep++;
        return;
      }
      const parent = open.at(-1);
      const prefixes = prefixesWithin(attributes, parent?.prefixes ?? NO_PREFIXES);
      const scope = scopeWithin(attributes, parent?.element.scope ?? NO_SCOPE, url);
      const named = namedAttributes(attributes, prefixes);
      const element = { name: elementName(name, prefixes), attributes: named, content: '', scope };
      placeInTree(element);
      open.push({ element, prefixes });
    },
    close(): void {
      if (tooDeep > 0) {
        tooDeep--;
        return;
      }
      if (open.length === entryDepth) entryDepth = 0;
      const closed = open.pop()?.element;
      // A copy has no unused capacity. In a feed of a hundred thousand entries the unused capacity would be most of the tree.
      if (typeof closed?.content === 'object') closed.content = closed.content.slice();
    },
    text(text: string): void {
      const parent = open.at(-1)?.element;
      if (!parent || (LAID_OUT.has(parent.name) && text.trim() === '')) return;
      if (typeof parent.content === 'string') parent.content += mendText(text);
      else parent.content.push(mendText(text));
    },
    complete: (): boolean => root !== null && open.length === 0,
    tree: (): FeedTree | null => root && { root, entries, partial: false },
  };
}

/** Adds a child; text that was alone so far becomes the first child. */
function add(parent: Growing, child: XmlElement): void {
  if (typeof parent.content === 'object') parent.content.push(child);
  else parent.content = parent.content === '' ? [child] : [parent.content, child];
}
