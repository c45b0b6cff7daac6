import { isDrawing } from '../../../src/core/svg-schema.ts';
import { attribute, type ParsedElement } from './parsed-html.ts';

/** Loaders that fill in the address by script leave it in one of these. */
const SOURCES =
  'data-src data-lazy-src data-original data-actualsrc data-cfsrc data-ll-src data-echo data-lazy data-litespeed-src data-real-src data-pagespeed-lazy-src data-hi-res-src data-orig-file data-url'.split(
    ' ',
  );
/** Beside an address that is as good, these are the picture in full. */
const IN_FULL = /^data-(?:orig-file|url)$/;
const CANDIDATES = 'data-srcset data-lazy-srcset data-original-set data-ll-srcset data-pagespeed-lazy-srcset'.split(
  ' ',
);

/** Pictures that say in their name that they are none, and what of a name is too short to be a word of its own. */
const STANDS_IN =
  /(?:place-?holder|lazy-?load|lazy[_-]|\blazy\b|spacer|transparent|\b(?:1x1|blank|pixel|loading|loader|grey|gray|clear|empty|dummy|trans|spinner|none|white)\b)[^/]*\.(?:gif|png|svg|jpe?g|webp)(?:$|[?#])/i;
const LAZY_CLASS = /(?:^|[\s_-])(?:b-)?(?:lazy|lozad|unveil|js-lazy)/i;

/** Whether an address is there only until a script has put another one in its place. */
function standsIn(address: string | undefined): boolean {
  if (address === undefined || /^\s*(?:$|#|data:|about:|blob:|javascript:)/i.test(address.slice(0, 100))) return true;
  return STANDS_IN.test(address.slice(-200));
}

/** Where a picture, a film or a frame is loaded from, lazily or at once (vanilla-lazyload#525). */
export function lazySource(element: ParsedElement): string | undefined {
  const said = attribute(element, 'src');
  const placeholder = standsIn(said);
  const lazy = isLazy(element);
  for (const name of SOURCES) {
    const address = attribute(element, name);
    if (address && isAddress(address) && (placeholder || (lazy && !IN_FULL.test(name)))) return address.trim();
  }
  // One that stands in is all that there is, or its true self is in the list, or in an attribute that no loader is known by.
  const listed = placeholder
    ? lazyCandidates(element, CANDIDATES)?.trim().split(/\s/)[0]?.replace(/,$/, '')
    : undefined;
  if (listed) return listed;
  const other = placeholder ? otherSource(element) : undefined;
  if (other) return other;
  return said === undefined || standsInForGood(said) ? undefined : said;
}

/** Of a picture, what has the name of a picture's file and is no smaller one: there are more loaders than anyone knows. */
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

function standsInForGood(said: string): boolean {
  return /^\s*(?:$|data:|about:)/i.test(said.slice(0, 100)) && !isDrawing(said);
}

export function lazySet(element: ParsedElement): string | undefined {
  const said = attribute(element, 'srcset');
  const lazy = lazyCandidates(element, CANDIDATES);
  const set = lazy ?? (said !== undefined && !standsInForGood(said) ? said : undefined);
  // A picture's sources have a list and nothing else.
  return set ?? (isOfPicture(element) ? lazySource(element) : undefined);
}

function lazyCandidates(element: ParsedElement, names: readonly string[]): string | undefined {
  const said = names
    .map((name) => attribute(element, name))
    .find((value) => value !== undefined && value.trim() !== '');
  return said !== undefined && !standsInForGood(said) ? said : undefined;
}

/** A loader's own mark on an element. */
export function isLazy(element: ParsedElement): boolean {
  return (
    LAZY_CLASS.test(attribute(element, 'class')?.slice(0, 500) ?? '') ||
    element.attrs.some(({ name }) => /^data-(?:lazy|cfsrc|actualsrc|ll-src|litespeed|pagespeed)/.test(name))
  );
}

/** Nothing to show by itself: no address, or one that stands in for another. */
export function isStandIn(element: ParsedElement): boolean {
  const address = lazySource(element);
  return (address === undefined || standsIn(address)) && lazySet(element) === undefined;
}

function isAddress(value: string): boolean {
  return !/[{}<>]|^\s*(?:data|about|blob|javascript):|\S\s+\S/i.test(value.slice(0, 2_000));
}

export function isOfPicture({ tagName, parentNode }: ParsedElement): boolean {
  return tagName === 'source' && parentNode !== null && 'tagName' in parentNode && parentNode.tagName === 'picture';
}
