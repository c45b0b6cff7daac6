import { isDrawing } from '../../../src/core/svg-schema.ts';
import { bestCandidate } from './images.ts';
import { attribute, classesOf, type ParsedElement } from './parsed-html.ts';

/** Attributes in which scripts for lazy loading keep the real address. */
const SOURCES = (
  'data-src data-lazy-src data-original data-actualsrc data-cfsrc data-ll-src data-echo data-lazy data-litespeed-src ' +
  'data-real-src data-pagespeed-lazy-src data-hi-res-src data-orig-file data-url'
).split(' ');
/** Attributes with the picture in its original size: used only where `src` is a placeholder. */
const IN_FULL = /^data-(?:orig-file|url)$/;
const CANDIDATES = 'data-srcset data-lazy-srcset data-original-set data-ll-srcset data-pagespeed-lazy-srcset'.split(
  ' ',
);

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
  const lazy = isLazy(element);
  for (const name of SOURCES) {
    const address = attribute(element, name);
    if (address && isAddress(address) && (placeholder || (lazy && !IN_FULL.test(name)))) return address.trim();
  }
  // The real address of a placeholder may be in the candidates, or in an attribute that we do not know.
  const listed = placeholder ? bestCandidate(lazySet(element) ?? '') : undefined;
  const other = listed || (placeholder ? otherSource(element) : undefined);
  return other || (src === undefined || isEmpty(src) ? undefined : src);
}

/** For a picture, the first attribute with the name of a picture file that is no smaller version: there are loaders that we do not know. */
function otherSource({ tagName, attrs }: ParsedElement): string | undefined {
  if (tagName !== 'img') return undefined;
  return attrs
    .find(
      ({ name, value }) => OTHER.test(name) && !NO_SOURCE.test(name) && isAddress(value) && isPictureFile(value.trim()),
    )
    ?.value.trim();
}

const OTHER = /^(?:data-|file$|zoomfile$)|-src$/;
const NO_SOURCE =
  /thumb|small|tiny|low|blur|preview|placeholder|poster|avatar|pin|href|link|alt|title|caption|attrs|set$/;

function isPictureFile(address: string): boolean {
  return /^(?:(?:https?:)?\/\/|\.{0,2}\/|[\w-]+\/)[^?#]*\.(?:jpe?g|png|gif|webp|avif|svg)(?:$|[?#!@])/i.test(
    address.slice(0, 2_000),
  );
}

/** Whether an address shows nothing, now or later. */
function isEmpty(address: string): boolean {
  return /^\s*(?:$|data:|about:)/i.test(address.slice(0, 100)) && !isDrawing(address);
}

/** The `srcset` of an element, or the candidates that a script would use; undefined if there are none. */
export function lazySet(element: ParsedElement): string | undefined {
  const srcset = attribute(element, 'srcset');
  return lazyCandidates(element) ?? (srcset !== undefined && !isEmpty(srcset) ? srcset : undefined);
}

function lazyCandidates(element: ParsedElement): string | undefined {
  const candidates = CANDIDATES.map((name) => attribute(element, name)).find((value) => value?.trim());
  return candidates !== undefined && !isEmpty(candidates) ? candidates : undefined;
}

/** The still picture of a video. Ghost writes a transparent one, and the real one as its background. */
export function lazyPoster(video: ParsedElement): string {
  const poster = attribute(video, 'poster') ?? '';
  const style = isPlaceholder(poster) ? (attribute(video, 'style')?.slice(0, 4_000) ?? '') : '';
  return /\burl\(\s*["']?([^"')]+)/i.exec(style)?.[1]?.trim() ?? poster;
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
  return !/[{}<>]|^\s*(?:data|about|blob|javascript):|\S\s+\S/i.test(value.slice(0, 2_000));
}
