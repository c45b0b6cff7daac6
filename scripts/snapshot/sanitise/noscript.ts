import { isEmbeddableVideo, withScheme } from './frames.ts';
import { PICTURE_FILE } from './images.ts';
import {
  attribute,
  everyElement,
  isBlank,
  isHidden,
  onlyText,
  type ParsedElement,
  type ParsedNode,
  parseInDiv,
  textWithin,
} from './parsed-html.ts';
import { isLazy, isStandIn } from './picture-attributes.ts';

const SHOWN = /^(?:img|source|iframe|video)$/;
const SIZE = /-\d{2,5}x\d{2,5}(?=\.\w+$)/;

export type Noscripts = ReturnType<typeof readNoscripts>;

/** Finds the real pictures of lazy ones in `<noscript>`: https://github.com/verlok/vanilla-lazyload/issues/525 */
export function readNoscripts(post: readonly ParsedNode[]) {
  // A `<noscript>` inside another holds nothing new.
  const elements = everyElement(post, isNoscript);
  /** Pictures and videos that a `<noscript>` shows and the rest of the post does not. */
  const media = new Set<ParsedElement>();
  /** Pictures without a usable source next to a `<noscript>` that has the real picture. */
  const doubles = new Set<ParsedElement>();
  /** The nodes in each `<noscript>`, parsed where its markup was escaped. */
  const contents = new Map<ParsedElement, ParsedNode[]>();
  if (!elements.some(isNoscript)) return { media, doubles, contents };
  const isShown = (each: ParsedElement) => SHOWN.test(each.tagName) && !isEmptyPicture(each);
  const shown = new Set(fileNames(elements.filter(isShown)));
  for (const { noscript, neighbours } of withNeighbours(post, elements)) {
    const text = onlyText(noscript);
    const content = /^\s*<(?:img|picture|iframe)\b/i.test(text) ? parseInDiv(text) : noscript.childNodes;
    contents.set(noscript, content);
    const lazy = neighbours.some((each) => isLazy(each) || isEmptyPicture(each));
    const found = mediaIn(content, lazy);
    for (const element of found) {
      const parts = everyElement([element]);
      const files = fileNames(parts);
      if (files.some((file) => shown.has(file))) continue;
      for (const file of files) shown.add(file);
      for (const each of parts) media.add(each);
    }
    if (found.length > 0) for (const each of neighbours) if (isEmptyPicture(each)) doubles.add(each);
  }
  return { media, doubles, contents };
}

/** Each `<noscript>` with the elements directly before and after it; none if text is between them. */
function* withNeighbours(post: readonly ParsedNode[], elements: readonly ParsedElement[]) {
  for (const siblings of [post, ...elements.map(({ childNodes }) => childNodes)]) {
    const seen = siblings.filter((node) => !isBlank(node));
    for (const [index, noscript] of seen.entries()) {
      if (!('tagName' in noscript) || !isNoscript(noscript)) continue;
      const beside = [seen[index - 1], seen[index + 1]];
      const neighbours = beside.flatMap((each) => (each && 'tagName' in each ? [each] : []));
      yield { noscript, neighbours };
    }
  }
}

function isNoscript({ tagName }: ParsedElement): boolean {
  return tagName === 'noscript';
}

function isEmptyPicture(element: ParsedElement): boolean {
  return element.tagName === 'img' && isStandIn(element);
}

function mediaIn(nodes: readonly ParsedNode[], lazy: boolean): ParsedElement[] {
  // A picture between words belongs to the message for readers without scripts.
  if (!lazy && textWithin(nodes).trim() !== '') return [];
  // What is in a picture goes with it.
  const isMedia = ({ tagName }: ParsedElement) => /^(?:img|picture|iframe)$/.test(tagName);
  return everyElement(nodes, isMedia).filter((element) => isMedia(element) && isForReaders(element, lazy));
}

/** False for pictures that only count readers: their address has no name of a picture, and no lazy picture is next to them. */
function isForReaders(element: ParsedElement, lazy: boolean): boolean {
  const src = attribute(element, 'src') ?? attribute(element, 'data-src') ?? '';
  if (isHidden(element)) return false;
  if (element.tagName === 'iframe') return isEmbeddableVideo(withScheme(src));
  return element.tagName === 'picture' || lazy || PICTURE_FILE.test(src);
}

/** The files that elements name in any attribute, without query and without the size in their name. */
function fileNames(elements: readonly ParsedElement[]): string[] {
  const attributes = elements.flatMap(({ attrs }) => attrs);
  const written = attributes.filter(({ name }) => /^(?:src|srcset|data-.*)$/.test(name));
  const words = written.flatMap(({ value }) => value.slice(0, 8_000).split(/[\s,]+/));
  const withoutQuery = words.filter((word) => word.includes('/')).map((word) => word.replace(/[?#].*$/, ''));
  return withoutQuery.map((word) => word.replace(/^.*:?\/\//, '').replace(SIZE, ''));
}
