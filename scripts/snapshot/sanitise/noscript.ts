import { isFilm } from './frames.ts';
import { isLazy, isStandIn } from './lazy.ts';
import { attribute, type ParsedElement, type ParsedNode, parseInDiv } from './parsed-html.ts';

const PICTURE_FILE = /\.(?:jpe?g|png|gif|webp|avif|svg|heic)(?:$|[?#&])/i;
const SIZE = /-\d{2,5}x\d{2,5}(?=\.\w+$)/;

export interface Noscripts {
  /** Pictures and films that a `<noscript>` shows and the rest of the post does not. */
  media: ReadonlySet<ParsedElement>;
  /** Pictures that show nothing where a `<noscript>` beside them shows what they mean. */
  doubles: ReadonlySet<ParsedElement>;
  /** By `<noscript>` whose markup was escaped, what it holds. */
  unescaped: ReadonlyMap<ParsedElement, ParsedNode[]>;
}

/** Where a loader is at work, what stands in `<noscript>` are the true pictures (vanilla-lazyload#525). */
export function readNoscripts(post: readonly ParsedNode[]): Noscripts {
  // One within another says nothing more.
  const elements = everyElement(post, isNoscript);
  const media = new Set<ParsedElement>();
  const doubles = new Set<ParsedElement>();
  const unescaped = new Map<ParsedElement, ParsedNode[]>();
  if (!elements.some(isNoscript)) return { media, doubles, unescaped };
  const shown = new Set(
    elements.filter(({ tagName }) => /^(?:img|source|iframe|video)$/.test(tagName)).flatMap(filesShown),
  );
  for (const [noscript, beside] of withNeighbours(post, elements)) {
    const held = heldBy(noscript);
    if (held !== noscript.childNodes) unescaped.set(noscript, held);
    const lazy = beside.some((each) => isLazy(each) || isEmptyPicture(each));
    const found = mediaIn(held, lazy);
    for (const element of found) {
      const files = filesOf(element);
      if (files.some((file) => shown.has(file))) continue;
      for (const file of files) shown.add(file);
      for (const each of everyElement([element])) media.add(each);
    }
    if (found.length > 0) for (const each of beside) if (isEmptyPicture(each)) doubles.add(each);
  }
  return { media, doubles, unescaped };
}

/** Each `<noscript>` with the elements on its two sides, but for words between them. */
function* withNeighbours(
  post: readonly ParsedNode[],
  elements: readonly ParsedElement[],
): Generator<[ParsedElement, ParsedElement[]]> {
  for (const siblings of [post, ...elements.map((each) => (isNoscript(each) ? [] : each.childNodes))]) {
    const seen = siblings.filter((node) => !('value' in node) || node.value.trim() !== '');
    for (const [place, node] of seen.entries()) {
      if (!('tagName' in node) || !isNoscript(node)) continue;
      const beside = [seen[place - 1], seen[place + 1]];
      yield [node, beside.filter((each): each is ParsedElement => each !== undefined && 'tagName' in each)];
    }
  }
}

function isNoscript({ tagName }: ParsedElement): boolean {
  return tagName === 'noscript';
}

function isEmptyPicture(element: ParsedElement): boolean {
  return element.tagName === 'img' && isStandIn(element);
}

function filesShown(element: ParsedElement): string[] {
  return isEmptyPicture(element) ? [] : filesOf(element);
}

function heldBy({ childNodes }: ParsedElement): ParsedNode[] {
  const [only, ...more] = childNodes;
  const text = only && more.length === 0 && 'value' in only ? only.value : '';
  return /^\s*<(?:img|picture|iframe)\b/i.test(text) ? parseInDiv(text) : childNodes;
}

function hasWords(nodes: readonly ParsedNode[]): boolean {
  return [{ childNodes: nodes }, ...everyElement(nodes)].some(({ childNodes }) =>
    childNodes.some((node) => 'value' in node && node.value.trim() !== ''),
  );
}

function mediaIn(nodes: readonly ParsedNode[], stands: boolean): ParsedElement[] {
  // A picture among words is of what is said to who has no scripts.
  if (!stands && hasWords(nodes)) return [];
  return everyElement(nodes).filter(
    (element) => /^(?:img|picture|iframe)$/.test(element.tagName) && !isPart(element) && isMeant(element, stands),
  );
}

/** Not what only counts readers: that has neither the name of a picture nor the place of one. */
function isMeant(element: ParsedElement, stands: boolean): boolean {
  const src = attribute(element, 'src') ?? attribute(element, 'data-src') ?? '';
  if (/display\s*:\s*none|visibility\s*:\s*hidden/i.test(attribute(element, 'style') ?? '')) return false;
  if (element.tagName === 'iframe') return isFilm(src.replace(/^\/\//, 'https://'));
  return element.tagName === 'picture' || stands || PICTURE_FILE.test(src);
}

function isPart({ parentNode }: ParsedElement): boolean {
  return parentNode !== null && 'tagName' in parentNode && parentNode.tagName === 'picture';
}

/** The files that an element names, in whatever attribute, without their size and what follows a `?`. */
function filesOf(element: ParsedElement): string[] {
  const all = everyElement([element]).flatMap(({ attrs }) =>
    attrs
      .filter(({ name }) => /^(?:src|srcset|data-.*)$/.test(name))
      .flatMap(({ value }) => value.slice(0, 8_000).split(/[\s,]+/)),
  );
  return all
    .filter((word) => word.includes('/'))
    .map((word) =>
      word
        .replace(/[?#].*$/, '')
        .replace(/^.*:?\/\//, '')
        .replace(SIZE, ''),
    );
}

/** In document order; of those where `ends` says so, nothing within. */
function everyElement(
  nodes: readonly ParsedNode[],
  ends: (element: ParsedElement) => boolean = () => false,
): ParsedElement[] {
  const found: ParsedElement[] = [];
  const waiting = nodes.toReversed();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!('tagName' in node)) continue;
    found.push(node);
    if (!ends(node)) for (const child of node.childNodes.toReversed()) waiting.push(child);
  }
  return found;
}
