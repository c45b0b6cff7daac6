import { isDrawing } from '../../../src/core/svg-schema.ts';
import { bestCandidate } from './images.ts';
import { attribute, classesOf, type ParsedElement, styleOf } from './parsed-html.ts';

/** Attributes in which known scripts for lazy loading keep the real address, and those with the picture in its original size. */
const SOURCE = /^data-(?:(?:lazy-|actual|cf|ll-|litespeed-|real-|pagespeed-lazy-|hi-res-)?src|original|echo|lazy)$/;
const IN_FULL = /^data-(?:orig-file|url)$/;
/** Attributes with a smaller version, or with no picture. */
const NO_SOURCE =
  /thumb|small|tiny|low|blur|preview|placeholder|error|poster|avatar|pin|href|link|alt|title|caption|attrs|set$/;
const OTHER = /^(?:data-|file$|zoomfile$)|-src$/;
/** Attributes of frames that wait for consent, as of Real Cookie Banner (`consent-original-src-_`), Complianz (`data-src-cmplz`) and Borlabs, or for a click. */
const OF_FRAME = /^data-(?:.*src|orig$|lazy-load$)|^(?:consent-.*)?src-(?:_|consent)$/;
const CANDIDATES = /^data-(?:(?:lazy-|ll-|pagespeed-lazy-)?srcset|original-set)$/;

/** File names of placeholders. Short words count only as whole words. */
const PLACEHOLDER =
  /(?:place-?holder|lazy-?load|lazy[_-]|\blazy\b|spacer|transparent|\b(?:1x1|blank|pixel|loading|loader|grey|gray|clear|empty|dummy|trans|spinner|none|white)\b)[^/]*\.(?:gif|png|svg|jpe?g|webp)(?:$|[?#])/i;

/** Whether an address is missing, or is only shown until a script replaces it. */
function isPlaceholder(address: string | undefined): boolean {
  if (address === undefined || /^\s*(?:$|#|data:|about:|blob:|javascript:)/i.test(address.slice(0, 100))) return true;
  return PLACEHOLDER.test(address.slice(-200));
}

/** The address that a browser or a script loads, if any: https://github.com/verlok/vanilla-lazyload/issues/525 */
export function lazySource(element: ParsedElement): string | undefined {
  const src = attribute(element, 'src');
  const placeholder = isPlaceholder(src);
  const real = placeholder || isLazy(element) ? namedAddress(element, SOURCE) : undefined;
  return real ?? (placeholder ? realSource(element) : undefined) ?? (src && !isEmpty(src) ? src : undefined);
}

/** The address of a placeholder may be in full size, in the candidates, or in an attribute of a loader that we do not know. */
function realSource(element: ParsedElement): string | undefined {
  const found = namedAddress(element, IN_FULL) ?? bestCandidate(lazySet(element) ?? '');
  if (element.tagName === 'iframe') return found ?? namedAddress(element, OF_FRAME);
  return found ?? (element.tagName === 'img' ? namedAddress(element, OTHER, endsAsPicture) : undefined);
}

function namedAddress({ attrs }: ParsedElement, names: RegExp, isMeant = isAddress): string | undefined {
  const fits = ({ name, value }: { name: string; value: string }) =>
    names.test(name) && !NO_SOURCE.test(name) && isMeant(value);
  return attrs.find(fits)?.value.trim();
}

const FILE = /^\s*(?:(?:https?:)?\/\/|\.{0,2}\/|[\w-]+\/)[^?#]*\.(?:jpe?g|png|gif|webp|avif|svg)(?:$|[?#!@\s])/i;

function endsAsPicture(value: string): boolean {
  return isAddress(value) && FILE.test(value.slice(0, 2_000));
}

/** Whether an address shows nothing, now or later. */
function isEmpty(address: string): boolean {
  return /^\s*(?:$|data:|about:)/i.test(address.slice(0, 100)) && !isDrawing(address);
}

/** The `srcset` of an element, or the candidates that a script would use; undefined if there are none. */
export function lazySet(element: ParsedElement): string | undefined {
  const srcset = attribute(element, 'srcset');
  const lazy = element.attrs.find(({ name, value }) => CANDIDATES.test(name) && !isEmpty(value));
  return lazy?.value ?? (srcset !== undefined && !isEmpty(srcset) ? srcset : undefined);
}

/** The still picture of a video. Ghost writes a transparent one, and the real one as its background. */
export function lazyPoster(video: ParsedElement): string {
  const poster = attribute(video, 'poster') ?? '';
  return (isPlaceholder(poster) ? backgroundOf(video) : undefined) ?? poster;
}

/** The picture in an element's own style. */
export function backgroundOf(element: ParsedElement): string | undefined {
  const style = attribute(element, 'style')?.slice(0, 4_000) ?? '';
  const [, ...found] = /\burl\(\s*(?:"([^"]+)|'([^']+)|([^"')]+))/i.exec(style) ?? [];
  return found.find(Boolean)?.trim();
}

/** Whether a script for lazy loading marked the element as its own. */
export function isLazy(element: ParsedElement): boolean {
  return (
    /(?:^|[\s_-])(?:b-)?(?:lazy|lozad|unveil|js-lazy)/i.test(classesOf(element)) ||
    element.attrs.some(({ name }) => /^data-(?:lazy|cfsrc|actualsrc|ll-src|litespeed|pagespeed)/.test(name))
  );
}

/** Whether an element shows nothing by itself: no address, or a placeholder. */
export function isStandIn(element: ParsedElement): boolean {
  const address = lazySource(element);
  return (address === undefined || isPlaceholder(address)) && lazySet(element) === undefined;
}

function isAddress(value: string): boolean {
  const start = value.slice(0, 2_000).trim();
  return !/[{}<>]|^(?:(?:true|false|\d+)?$|(?:data|about|blob|javascript):)|\S\s+\S/i.test(start);
}

type Side = 'width' | 'height';

/** Readers for the width and height of an element in pixels. A page keeps the room for a picture only if it knows both. */
export const BOX = {
  width: (element: ParsedElement) => sideOf(element, 'width'),
  height: (element: ParsedElement) => sideOf(element, 'height'),
};

function sideOf(element: ParsedElement, name: Side): string | undefined {
  const other = name === 'width' ? 'height' : 'width';
  const own = writtenSide(element, name);
  // Squarespace and Ghost write both into one attribute.
  const [, width, height] = /^(\d{2,5})x(\d{2,5})$/.exec(attribute(element, 'data-image-dimensions') ?? '') ?? [];
  return own ?? (writtenSide(element, other) === undefined ? { width, height }[name] : undefined);
}

function writtenSide(element: ParsedElement, name: Side): string | undefined {
  const written = attribute(element, name)?.slice(0, 40) ?? '';
  // Next.js writes no size where the style makes a picture as wide as the column.
  const isFluid = ['width', 'height'].some((side) => /^[1-9]\d*%/.test(styleOf(element).get(side) ?? ''));
  if (written === '0' && isFluid) return undefined;
  const style = styleOf(element).get(name) ?? '';
  const pixels = /^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/i.exec(written)?.[1] ?? /^(\d{1,5})(?:\.\d+)?px/.exec(style)?.[1];
  // As high as letters: a picture in a line.
  const ems = Number(/^([0-2]?(?:\.\d{1,4})?|3)r?em/.exec(style)?.[1] || 0);
  if (pixels !== undefined || ems > 0) return pixels ?? String(Math.ceil(16 * ems));
  return name === 'width' && isOwnEmoji(element) ? '20' : undefined;
}

/** An emoji of its server, `:blobcat:`, of the size of a letter by a style of its page: https://github.com/RSS-Bridge/rss-bridge/issues/1018 */
function isOwnEmoji(img: ParsedElement): boolean {
  const isNamed = /emoji/i.test(classesOf(img)) && /^:[^\s:]{1,80}:$/.test(attribute(img, 'alt') ?? '');
  return isNamed && attribute(img, 'height') === undefined && !styleOf(img).has('height');
}
