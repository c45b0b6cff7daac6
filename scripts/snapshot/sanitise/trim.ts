import type { ElementContent, Root, RootContent } from 'hast';
import { html as names } from 'parse5';
import { HTML_ATTRIBUTES, MATH_ATTRIBUTES } from '../../../src/core/html-schema.ts';
import { endOfLine, isCodeLayout } from './code-lines.ts';
import { marksAround, readAttributes, renamed } from './dialects.ts';
import { EMBEDS } from './embeds.ts';
import { isLayoutTable, withLabel } from './layout-elements.ts';
import { isLeftOut } from './left-out.ts';
import { type Noscripts, readNoscripts } from './noscript.ts';
import { isBlank, newElement, type ParsedElement, type ParsedNode, parseInDiv } from './parsed-html.ts';
import { replacement } from './replacements.ts';
import { DROPPED, MATH_LEAVES } from './schema.ts';
import { beginsLine, isInLine, type Lines, linesIn } from './styled-text.ts';

const DEEPEST_NODE = 200;
const MOST_NODES = 20_000;
/** A browser takes a second for 200 nested ones. More than two have no meaning. */
const DEEPEST_RUBY = 3;

/** The place of code that Crayon did not put back into a feed: https://github.com/aramk/crayon-syntax-highlighter/issues/227 */
const CRAYON = /\[crayon-[\da-f]+(?:-i)?\/\]/g;

interface Frame {
  nodes: readonly ParsedNode[];
  next: number;
  into: (RootContent | ElementContent)[];
  depth: number;
  rubies: number;
  inside: 'html' | 'math' | 'math leaf';
  /** Inside `<noscript>`: only words stay, and pictures that the rest of the post does not show. */
  fallback: boolean;
  lines: Lines;
  isLaidOut: boolean;
  /** Text to add after the element. */
  behind: string;
}

const STYLED: ReadonlySet<Lines> = new Set(['lines', 'styled']);
const MEDIA: ReadonlySet<string> = new Set(['audio', 'iframe', 'img', 'picture', 'video']);

/** Whether safe HTML is the beginning of a post that was cut. A short text may end in this way by itself. */
export function isCut(html: string): boolean {
  return html.length > MOST_NODES / 2 && html.endsWith('>…</a></p>');
}

/** parse5's tree as hast, cut without recursion so that later steps may be recursive: below the deepest level only words stay. */
export function trim(nodes: readonly ParsedNode[]): Root {
  const root: Root = { type: 'root', children: [] };
  const state = { inside: 'html', fallback: false, lines: 'spaces', isLaidOut: false, behind: '' } as const;
  const frames: Frame[] = [{ nodes, next: 0, into: root.children, depth: 0, rubies: 0, ...state }];
  const noscripts = readNoscripts(nodes);
  let left = MOST_NODES;
  for (let frame = frames.at(-1); frame && left > 0; frame = frames.at(-1)) {
    const node = frame.nodes[frame.next];
    frame.next += 1;
    if (frame.inside === 'html' && beginsLine(frame.nodes, frame.next - 1, frame.lines)) left -= addLineEnd(frame);
    if (node === undefined) addText(frame.into, frames.pop()?.behind ?? '');
    else if ('tagName' in node) {
      if (noscripts.doubles.has(node)) continue;
      const inner = enter(node, frame, noscripts);
      if (inner) frames.push(inner);
      // A frame may become a link, which is an element and its text. A `<span>` for the colour of words is left out.
      const least = node.tagName === 'iframe' ? 2 : Number(node.tagName !== 'span' || inner?.into !== frame.into);
      left -= Math.max(least, inner ? inner.depth - frame.depth : 0);
    } else if (node.nodeName === '#text' && 'value' in node) {
      const isStyled = STYLED.has(frame.lines) && frame.inside === 'html' && !isBetweenBlocks(frame);
      const text = node.value.replace(CRAYON, '[code]');
      left -= isStyled ? addLines(frame, text, Math.ceil(left / 2)) : addText(frame.into, text);
    }
  }
  // A post that was cut ends with a link to all of it.
  const linkToAll = newElement('a', { href: '' }, [{ type: 'text', value: '…' }]);
  if (frames.some(({ nodes, next }) => next < nodes.length)) root.children.push(newElement('p', {}, [linkToAll]));
  return root;
}

/** Adds the element, and returns the frame for its children; null where they go too. */
function enter(element: ParsedElement, frame: Frame, noscripts: Noscripts): Frame | null {
  if (frame.inside === 'html') {
    const instead = replacement(element, frame.nodes[frame.next - 2]);
    if (instead?.type === 'text') addText(frame.into, instead.value);
    else if (instead) frame.into.push(instead);
    if (instead) return null;
    const isInFallback = frame.fallback && element.tagName === 'iframe';
    const embed = isInFallback ? undefined : EMBEDS.get(element.tagName)?.(element);
    if (embed !== undefined) return { ...frame, nodes: parseInDiv(embed), next: 0, fallback: false, behind: '' };
  }
  return isDropped(element, frame, noscripts) ? null : keep(element, frame, noscripts);
}

/** Adds an element that is not replaced or dropped, or only its marks, and returns the frame for its children. */
function keep(element: ParsedElement, frame: Frame, noscripts: Noscripts): Frame | null {
  const [before, after] = marksAround(element, frame.nodes[frame.next]);
  const behind = after || endOfLine(element, frame.nodes[frame.next]);
  const fallback = frame.fallback || element.tagName === 'noscript';
  const nodes = noscripts.contents.get(element) ?? withLabel(element);
  const isLaidOut = element.tagName === 'table' ? isLayoutTable(element, frame.isLaidOut) : frame.isLaidOut;
  const [current, ...others] = renamed(element, frame.lines, isLaidOut);
  const lines = linesIn(element, current, frame.lines);
  const within: Frame = { ...frame, nodes, next: 0, fallback, lines, isLaidOut, behind };
  const name = keptName(element, current, frame);
  const properties = name === null ? {} : readAttributes(element, name);
  if (name === null || (name === 'span' && Object.keys(properties).length === 0)) {
    addText(frame.into, before);
    return within;
  }
  let [into, depth] = [frame.into, frame.depth];
  for (const tagName of [name, ...others]) {
    const kept = newElement(tagName, tagName === name ? properties : {});
    into.push(kept);
    [into, depth] = [kept.children, depth + 1];
  }
  addText(into, before);
  // The content of an iframe is text for browsers without iframes.
  if (name === 'iframe') return null;
  const rubies = frame.rubies + Number(name === 'ruby');
  const isMath = element.namespaceURI === names.NS.MATHML;
  const inside = isMath ? (MATH_LEAVES.has(name) ? 'math leaf' : 'math') : 'html';
  return { ...within, into, depth, rubies, inside };
}

function isDropped(element: ParsedElement, { nodes, next, fallback }: Frame, { media }: Noscripts): boolean {
  const { tagName, namespaceURI, childNodes } = element;
  if (DROPPED.has(tagName) || namespaceURI === names.NS.SVG || isLeftOut(element, nodes, next - 1)) return true;
  // The parser moves the content of a form in a table out of it, and leaves the empty form.
  return (fallback && MEDIA.has(tagName) && !media.has(element)) || (tagName === 'form' && childNodes.length === 0);
}

function keptName(element: ParsedElement, current: string, frame: Frame): string | null {
  if (frame.depth >= DEEPEST_NODE || frame.inside === 'math leaf') return null;
  if (element.namespaceURI === names.NS.MATHML) {
    const fits = frame.inside === 'math' ? element.tagName !== 'math' : element.tagName === 'math';
    return fits && MATH_ATTRIBUTES.has(element.tagName) ? element.tagName : null;
  }
  // HTML inside math is only possible where the parser changes between the two: none is kept.
  if (frame.inside === 'math') return null;
  if (isCodeLayout(element) || (current === 'ruby' && frame.rubies >= DEEPEST_RUBY)) return null;
  return HTML_ATTRIBUTES.has(current) ? current : null;
}

function addLineEnd({ into, lines }: Frame): number {
  // What was before may be left out, also behind the end of another line.
  if (into.length === 0 || endsLine(into)) return 0;
  return lines === 'pre' ? addText(into, '\n') : into.push(newElement('br')) && 1;
}

function endsLine(nodes: readonly (RootContent | ElementContent)[]): boolean {
  const last = nodes.at(-1);
  return last?.type === 'element' && last.tagName === 'br';
}

/** Whether the node is white space beside an element that ends its line anyway, or the last in its element; behind a `<br>` it may be an indentation. */
function isBetweenBlocks({ nodes, next }: Frame): boolean {
  const [before, node, after] = [nodes[next - 2], nodes[next - 1], nodes[next]];
  if (node === undefined || !isBlank(node)) return false;
  const isBehind =
    before?.nodeName === 'br' ? 'value' in node && !node.value.includes('\n') : before && isInLine(before, 'pre');
  return !(isBehind && after && isInLine(after, 'pre'));
}

/** Adds text with its line ends as elements, at most so many, and returns the number of nodes. */
function addLines({ into, lines }: Frame, value: string, most: number): number {
  const [first = '', ...others] = value.split(/\r\n?|\n/, most);
  const shown =
    lines === 'styled' ? withSpaces : (line: string, begins: boolean) => (begins ? line.replace(/^[ \t]+/, '') : line);
  addText(into, shown(first, endsLine(into)));
  for (const line of others) {
    into.push(newElement('br'));
    addText(into, shown(line, true));
  }
  return 1 + 2 * others.length;
}

/** In columns. On a phone more of them are a blank line. */
const WIDEST_GAP = 40;

/** A line, or the rest of one, with spaces that stay in its indentation and its gaps. */
function withSpaces(line: string, begins: boolean): string {
  return line.replace(/^[ \t]+|[ \t]{2,}/g, (run, at: number) => {
    const length = Math.min(WIDEST_GAP, run.replaceAll('\t', '    ').length);
    return begins && at === 0 ? '\u00a0'.repeat(length) : `${'\u00a0'.repeat(length - 1)} `;
  });
}

/** Adds text, joined with a text directly before it: a parser never makes two in a row. Returns the number of new nodes. */
export function addText(into: (RootContent | ElementContent)[], value: string): number {
  const last = into.at(-1);
  if (last?.type === 'text') last.value += value;
  else if (value !== '') return into.push({ type: 'text', value }) && 1;
  return 0;
}
