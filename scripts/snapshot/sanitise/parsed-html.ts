import type { Element, ElementContent, Properties } from 'hast';
import { type DefaultTreeAdapterMap, defaultTreeAdapter, html, type TreeAdapter } from 'parse5';
import { wholeCharacters } from '../parse/decode.ts';
import { PostParser } from './post-parser.ts';

export type ParsedNode = DefaultTreeAdapterMap['childNode'];
export type ParsedElement = DefaultTreeAdapterMap['element'];

/** Whether a node is a text without words. */
export function isBlank(node: ParsedNode): boolean {
  return 'value' in node && node.value.trim() === '';
}

export function attribute(element: ParsedElement, name: string): string | undefined {
  return element.attrs.find((each) => each.name === name && !each.prefix)?.value;
}

/** The value of `class`, cut: no highlighter and no loader writes a longer one. */
export function classesOf(element: ParsedElement): string {
  return attribute(element, 'class')?.slice(0, 500) ?? '';
}

export function hasClass(element: ParsedElement, ...names: readonly string[]): boolean {
  const classes = classesOf(element);
  // Most elements have none of them: to split all took a feed 6 % longer.
  if (classes === '' || !names.some((name) => classes.includes(name))) return false;
  return classes.split(/\s+/).some((each) => names.includes(each));
}

/** Styles that were read: editors repeat a few for each word. Without it a text of Google Docs took a tenth longer. */
const styles = new Map<string, ReadonlyMap<string, string>>();
const MOST_STYLES = 100;

/** The values of `style` by property, in lower case; of two the last counts. Cut: no editor writes a longer style. */
export function styleOf(element: ParsedElement): ReadonlyMap<string, string> {
  const style = attribute(element, 'style')?.slice(0, 1_000) ?? '';
  const read = () => style.toLowerCase().matchAll(DECLARATION);
  const values = styles.get(style) ?? new Map(read().map(([, name = '', value = '']) => [name, value.trim()]));
  if (styles.size >= MOST_STYLES) styles.clear();
  styles.set(style, values);
  return values;
}

/** One declaration, without the prefix of a browser and `!important`. Values that only one browser knows are none. */
const DECLARATION = /(?:^|;)\s*(?:-(?:webkit|moz|ms)-)?([\w-]+)\s*:\s*([^\s;!-][^;!]*)/g;

export function isHidden(element: ParsedElement): boolean {
  const style = styleOf(element);
  const isUnseen = style.get('display')?.startsWith('none') || style.get('visibility')?.startsWith('hidden');
  return isUnseen || attribute(element, 'hidden') !== undefined;
}

export function isButton(element: ParsedElement): boolean {
  return element.tagName === 'button' || attribute(element, 'role') === 'button';
}

/** Misnested formatting multiplies: 36 KB of unclosed `<font>` and `<p>` make two million elements and fill a gigabyte. */
const MOST_ELEMENTS = 60_000;

/** No software writes more on one element, and each element within may read them. */
const MOST_ATTRIBUTES = 1_000;

class TooMany extends Error {}

function countingAdapter(most: number): TreeAdapter<DefaultTreeAdapterMap> {
  let made = 0;
  return {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      made += 1;
      if (made > most) throw new TooMany();
      return defaultTreeAdapter.createElement(name, namespace, attributes.slice(0, MOST_ATTRIBUTES));
    },
    // No post shows its comments, and each rule that looks at what stands beside an element would have to step over them.
    appendChild(parent, node) {
      if (node.nodeName !== '#comment') defaultTreeAdapter.appendChild(parent, node);
    },
  };
}

/** The nodes that a browser makes of the source inside a `<div>`. After too many elements the rest is cut off. */
export function parseInDiv(source: string): ParsedNode[] {
  // A tag has at least three characters, so more elements than characters come from multiplication. A few come from the parser.
  const most = Math.min(MOST_ELEMENTS, source.length + 100);
  const div = defaultTreeAdapter.createElement('div', html.NS.HTML, []);
  const parser = PostParser.getFragmentParser<DefaultTreeAdapterMap>(div, {
    treeAdapter: countingAdapter(most),
    // Entries are read without scripts, so the content of <noscript> counts.
    scriptingEnabled: false,
  });
  try {
    parser.tokenizer.write(source, true);
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
  }
  return parser.getFragment().childNodes;
}

/** An element of the tree that is printed. */
export function newElement(tagName: string, properties: Properties = {}, children: ElementContent[] = []): Element {
  return { type: 'element', tagName, properties, children };
}

/** Every node of a list and within it, in document order, without recursion. The children of a leaf are left out. */
function* everyNode(
  nodes: readonly ParsedNode[],
  isLeaf: (element: ParsedElement) => boolean = () => false,
): Generator<ParsedNode> {
  const waiting = nodes.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    if ('tagName' in node && !isLeaf(node)) for (const child of node.childNodes.toReversed()) waiting.push(child);
  }
}

export function everyElement(...given: Parameters<typeof everyNode>): ParsedElement[] {
  return everyNode(...given)
    .filter((node) => 'tagName' in node)
    .toArray();
}

export function childElements({ childNodes }: ParsedElement): ParsedElement[] {
  return childNodes.filter((node) => 'tagName' in node);
}

/** The text in an element that holds nothing else; empty for any other. */
export function onlyText({ childNodes }: ParsedElement): string {
  const [only] = childNodes;
  return only && childNodes.length === 1 && 'value' in only ? only.value : '';
}

/** The elements around an element, the nearest first, and at most so many. */
export function* elementsAround(
  { parentNode }: Pick<ParsedElement, 'parentNode'>,
  most: number,
): Generator<ParsedElement> {
  let box = parentNode;
  for (let left = most; left > 0 && box && 'tagName' in box; left -= 1, box = box.parentNode) yield box;
}

/** The base of addresses in a page: the first `<base>` with an address, else the address of the page. */
export function baseAddress(elements: readonly ParsedElement[], url: string): string {
  const written = elements.flatMap((each) => (each.tagName === 'base' && attribute(each, 'href')) || [])[0];
  return (written !== undefined && URL.parse(written, url)?.href) || url;
}

/** Elements near in another are read to this depth only: nested ones would be read once for each level. */
export const NEAR = 6;

export function* nearNodes({ childNodes }: Pick<ParsedElement, 'childNodes'>, depth = 0): Generator<ParsedNode> {
  for (const node of childNodes) {
    yield node;
    if ('tagName' in node && depth < NEAR) yield* nearNodes(node, depth + 1);
  }
}

/** Whether all that is in an element is near. */
export function isShallow({ childNodes }: ParsedElement, depth = 0): boolean {
  return childNodes.every(
    (node) => !('tagName' in node) || node.childNodes.length === 0 || (depth < NEAR && isShallow(node, depth + 1)),
  );
}

/** The visible text that is near. */
export function nearText(element: Pick<ParsedElement, 'childNodes'>): string {
  return joined(nearNodes(element).filter(({ parentNode }) => !UNSEEN.has(parentNode?.nodeName ?? '')));
}

function joined(nodes: Iterable<ParsedNode>): string {
  let text = '';
  for (const node of nodes) if ('value' in node) text += node.value;
  return text;
}

export const UNSEEN: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript']);
/** The most characters that are read: a hostile title may be as long as a feed. */
const LONGEST_TEXT = 100_000;

/** Tags where a browser begins a line. */
const BEGINS_LINE = /<(?=\/?(?:br|p|div|h[1-6]|li|dt|dd|tr|td|th)\b)/gi;

/** The visible text of HTML, with its white space, and a space where a line begins: `One<br>Two` are two words. */
export function plainText(html: string): string {
  if (!/[<&]/.test(html)) return html;
  const source = html.slice(0, LONGEST_TEXT).replace(BEGINS_LINE, ' <');
  return textWithin(parseInDiv(wholeCharacters(source)));
}

/** The visible text of nodes and of all elements in them. */
export function textWithin(nodes: readonly ParsedNode[]): string {
  return joined(everyNode(nodes, ({ tagName }) => UNSEEN.has(tagName)));
}
