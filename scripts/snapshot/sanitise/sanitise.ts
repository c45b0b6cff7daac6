import type { Element, ElementContent, Root } from 'hast';
import { sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { cleanLines } from '../../../src/core/clean-text.ts';
import { limitSpans } from '../../../src/core/html-schema.ts';
import { wordSet } from '../../../src/core/text.ts';
import { wholeCharacters } from '../parse/decode.ts';
import { parsedBase } from './images.ts';
import { newElement, type ParsedElement, type ParsedNode, parseInDiv } from './parsed-html.ts';
import { type RewriteOptions, rewriteTree } from './rewrite.ts';
import { HTML_SCHEMA } from './schema.ts';
import { addText, trim } from './trim.ts';

interface Options {
  /** The base of relative addresses; null drops them. */
  base: string | null;
  /** Prefix of every id: two entries on one page may use the same id. */
  idPrefix: string;
  /** Keeps pictures and links as the feed has them, with trackers: to inspect a feed, never for a page. Still safe. */
  asGiven?: boolean;
}

/** HTML of a feed, made safe for our pages. docs/site.md lists the functions that may change it later. Never fails: other HTML is shown as source. */
export function sanitise(html: string, { base, idPrefix, asGiven = false }: Options): string {
  const source = wholeCharacters(html);
  try {
    return stableHtml(source, { base: parsedBase(base), idPrefix, asGiven });
  } catch {
    // HTML that cannot be made safe is shown as text.
    return toHtml({ type: 'text', value: cleanLines(source.slice(0, LONGEST_ESCAPED)) });
  }
}

/** Twice the longest body of a feed. What we add to each address and element could make it longer. */
const LONGEST_SAFE = 2_000_000;

/** Removing elements can leave others where no parser would put them; read again they move, mostly once. */
const MOST_ROUNDS = 5;

/** Safe HTML that a browser parses into exactly the tree that was printed. Throws where that is not reached. */
function stableHtml(html: string, options: RewriteOptions): string {
  let nodes = parseInDiv(html);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const safe = sanitize(trim(nodes), HTML_SCHEMA);
    if (safe.type !== 'root') throw new Error('a root stays a root');
    const tree: Root = { type: 'root', children: tidied(rewriteTree(safe, options), true) };
    const printed = toHtml(tree);
    if (printed.length > LONGEST_SAFE) throw new Error('the safe HTML is too long');
    nodes = parseInDiv(printed);
    if (sameTree(nodes, tree)) return limitSpans(printed);
  }
  throw new Error('the markup does not settle');
}

/** Whether printed HTML, parsed again, gives the tree that was printed. Else the markup could change its meaning in a browser. */
function sameTree(parsed: readonly ParsedNode[], printed: Root | Element): boolean {
  if (parsed.length !== printed.children.length) return false;
  return printed.children.every((child, index) => {
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
      const printed = properties[name];
      return value === (printed === true ? '' : Array.isArray(printed) ? printed.join(' ') : printed);
    })
  );
}

const LONGEST_ESCAPED = 50_000;

/** Elements in which a number is no mark of a note, or is raised already. */
const PLAIN = wordSet('sup sub a code kbd samp pre math h5 h6');

/** The nodes without elements and lines that say nothing, and with the marks of notes raised as their own style shows them. */
function tidied(nodes: readonly ElementContent[], raises: boolean): ElementContent[] {
  const kept: ElementContent[] = [];
  for (const node of nodes) {
    if (node.type === 'text') addText(kept, node.value);
    if (node.type !== 'element') continue;
    node.children = tidied(node.children, raises && !PLAIN.has(node.tagName));
    if (node.tagName === 'pre') trimCode(node);
    if (node.tagName !== 'span' || Object.keys(node.properties).length > 0)
      kept.push(raises && isNoteMark(node, kept.at(-1)) ? newElement('sup', {}, [node]) : node);
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
