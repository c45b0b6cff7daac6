import type { Element, ElementContent, Nodes, Root, RootContent } from 'hast';
import { cleanLines, cleanText } from '../../../src/core/clean-text.ts';
import { mapByName } from '../../../src/core/text.ts';
import { type Addresses, rewriteAttributes } from './attributes.ts';
import { frame, LINK_RELATIONS } from './frames.ts';
import { bestCandidate, candidateAddress, image } from './images.ts';
import { newElement } from './parsed-html.ts';
import { ENDS_LINE, type TextLine, withBreaks } from './styled-text.ts';
import { addText } from './trim.ts';

/** The ids of the whole post, as in `Addresses`, and its headings with their new names. Called before any part of it changes. */
function survey(root: Root, idPrefix: string): Pick<Context, 'ids' | 'headings'> {
  const ids = new Map<string, string>();
  const headingNames = new Set<string>();
  const visit = (node: Nodes): void => {
    if (node.type === 'element') {
      const id = node.properties['id'];
      if (typeof id === 'string' && id !== '') ids.set(id, prefixed(id, idPrefix));
      if (/^h[1-6]$/.test(node.tagName)) headingNames.add(node.tagName);
    }
    if ('children' in node) for (const child of node.children) visit(child);
  };
  visit(root);
  for (const id of [...ids.values()]) ids.set(id, id);
  const headings = [...headingNames].sort().map((name, rank) => [name, `h${Math.min(6, HIGHEST + rank)}`] as const);
  return { ids, headings: new Map(headings) };
}

const LONGEST_ID = 80;

/** Several entries are on one page, so each id gets the prefix of its entry. An id that has it already stays. */
function prefixed(id: string, prefix: string): string {
  const idInPost = id.startsWith(`${prefix}-`) ? id.slice(prefix.length + 1) : id;
  const safe = idInPost.slice(0, LONGEST_ID).replace(/[^\p{L}\p{N}_.:-]+/gu, '-');
  return `${prefix}-${safe}`;
}

/** On every page a day is an h2, in it a feed an h3 and an entry an h4: the headings of a post begin at h5, without a gap. */
const HIGHEST = 5;

export type RewriteOptions = { base: URL | null; idPrefix: string; asGiven: boolean };

interface Context extends Addresses {
  headings: ReadonlyMap<string, string>;
  inLink: boolean;
  line: TextLine;
  players: number;
  /** The frames inside the current link. They go behind it: pages and output feeds write a link in place of each frame. */
  frames: ElementContent[];
}

/** Rewrites addresses, ids, headings, pictures and frames of a tree that is safe already. */
export function rewriteTree(root: Root, { base, idPrefix, asGiven }: RewriteOptions): ElementContent[] {
  const state = { given: new Set<string>(), inLink: false, line: { letters: 0 }, players: 0, frames: [] };
  const context: Context = { base, asGiven, ...state, ...survey(root, idPrefix) };
  return children(root.children, context);
}

function children(nodes: readonly (RootContent | ElementContent)[], context: Context): ElementContent[] {
  const kept: ElementContent[] = [];
  let blank = 0;
  for (const node of nodes) {
    const next = node.type === 'element' ? rewriteElement(node, context) : node;
    if (next?.type === 'text') {
      for (const part of withBreaks(cleanLines(next.value), context.line))
        part.type === 'text' ? addText(kept, part.value) : kept.push(part);
      if (next.value.trim() !== '') blank = 0;
    } else if (next?.type === 'element') {
      blank = isBlankLine(next) ? blank + 1 : 0;
      const last = kept.at(-1);
      // Links to what frames show would stick together.
      if (next !== node && next.tagName === 'a' && last?.type === 'element' && last.tagName === 'a') addText(kept, ' ');
      if (blank <= MOST_BLANK) kept.push(next);
    }
    if (!context.inLink) kept.push(...context.frames.splice(0));
  }
  return kept;
}

/** The most blank lines in a row: five thousand would be an empty page. */
const MOST_BLANK = 10;

function isBlankLine(element: Element): boolean {
  return /^(?:br|hr|p|div)$/.test(element.tagName) && element.properties['id'] === undefined && isEmpty(element);
}

/** The most audio and videos with controls: Chromium takes a minute for 2,000. Further ones are links, as frames of other hosts. */
const MOST_PLAYERS = 50;

function rewriteElement(element: Element, context: Context): ElementContent | null {
  const isPlayer = element.tagName === 'audio' || element.tagName === 'video';
  context.players += Number(isPlayer);
  if (element.tagName === 'iframe' || (isPlayer && context.players > MOST_PLAYERS)) {
    const player = frame(element, context.base);
    if (player === null || !context.inLink) return player;
    context.frames.push(player);
    return null;
  }
  rewriteAttributes(element, context);
  const { inLink, line } = context;
  context.inLink ||= element.tagName === 'a';
  if (ENDS_LINE.has(element.tagName)) line.letters = 0;
  // In mathematics no line breaks, and there is no place for a `<wbr>`.
  if (element.tagName === 'math') context.line = { letters: Number.NEGATIVE_INFINITY };
  element.children = children(element.children, context);
  if (ENDS_LINE.has(element.tagName)) line.letters = 0;
  context.line = line;
  context.inLink = inLink;
  const rule = RULES.get(element.tagName);
  return rule ? rule(element, context) : element;
}

type Rule = (element: Element, context: Context) => ElementContent | null;

const heading: Rule = (element, { headings }) => {
  element.tagName = headings.get(element.tagName) ?? element.tagName;
  return element;
};

const player: Rule = (element) => {
  element.properties['controls'] = true;
  element.properties['preload'] = 'none';
  return element;
};

/** A wide element scrolls. By keyboard it scrolls only if it can have the focus. */
const scrolling: Rule = (element) => {
  element.properties['tabindex'] = '0';
  return element;
};

const math: Rule = (element, context) =>
  String(element.properties['display']).toLowerCase() === 'block' ? scrolling(element, context) : element;

/**
 * A `<source>` of a `<picture>` has only a `srcset`. Without an `<img>` nothing is shown: adds one with the first source.
 * https://html.spec.whatwg.org/multipage/embedded-content.html#the-source-element
 */
const picture: Rule = (element, { asGiven }) => {
  const elements = element.children.filter((child) => child.type === 'element');
  const sources = elements.filter(({ tagName }) => tagName === 'source');
  for (const source of sources) {
    const { src, srcset = typeof src === 'string' ? candidateAddress(src) : src, ...rest } = source.properties;
    source.properties = { ...(srcset !== undefined && { srcset }), ...rest };
  }
  const set = sources.find(({ properties }) => properties['srcset'])?.properties['srcset'];
  const src = typeof set === 'string' ? bestCandidate(set) : undefined;
  if (src === undefined || elements.some(({ tagName }) => tagName === 'img')) return element;
  const [words] = element.children.filter((child) => child.type === 'text' && child.value.trim() !== '');
  const alt = words?.type === 'text' ? cleanText(words.value) : '';
  const img = newElement('img', { src, alt });
  const shown = asGiven ? img : image(img);
  element.children = [...elements, ...(shown ? [shown] : [])];
  return element;
};

const RULES = mapByName<Rule>({
  a: link,
  'audio video': player,
  'h1 h2 h3 h4 h5 h6': heading,
  img: (element, { asGiven }) => (asGiven ? element : image(element)),
  math,
  picture,
  'pre table': scrolling,
});

function link(element: Element, { asGiven }: Context): Element {
  const { href, ...rest } = element.properties;
  const leads = href !== undefined && (asGiven || !isEmpty(element));
  element.properties = leads ? { href, ...rest, rel: LINK_RELATIONS } : rest;
  return element;
}

/** Whether an element shows nothing. Of an empty link a screen reader would read the address aloud. */
function isEmpty(element: Element): boolean {
  return element.children.every(
    (child) =>
      (child.type === 'text' && /^[\s\u200b]*$/.test(child.value)) ||
      (child.type === 'element' && !SHOWS.has(child.tagName) && isEmpty(child)),
  );
}

const SHOWS: ReadonlySet<string> = new Set(['img', 'picture', 'video', 'audio', 'iframe', 'math']);
