import { attribute, everyElement, type ParsedElement, parseInDiv } from '../sanitise/parsed-html.ts';

/** Seconds. A page that waits longer is to be read first, or loads itself again. */
const LONGEST_DELAY = 10;

/** Letters. A page that only leads elsewhere is small. */
const LONGEST_PAGE = 50_000;

/** `0; url=/feed.xml` (https://html.spec.whatwg.org/#shared-declarative-refresh-steps) */
const REFRESH = /^\s*(\d+)(?:\.\d*)?(?:\s*[;,]|\s)\s*(?:url\s*=\s*|(?!url\s*=))["']?([^"'\s][^"']*)/i;

/** The address to which a web page leads by itself, as a static host redirects; undefined if to none. `header` is its `Refresh`. */
export function pageRefresh(page: string, url: string, header?: string | null): string | undefined {
  // A browser follows what is in <noscript> only without scripts.
  const isLeaf = ({ tagName }: ParsedElement) => tagName === 'noscript';
  const elements = everyElement(parseInDiv(page.slice(0, LONGEST_PAGE)), isLeaf);
  const meta = elements.find(
    (each) => each.tagName === 'meta' && /^refresh$/i.test(attribute(each, 'http-equiv') ?? ''),
  );
  const base = elements.find((each) => each.tagName === 'base' && attribute(each, 'href'));
  const [, delay, address = ''] = REFRESH.exec(header ?? (meta && attribute(meta, 'content')) ?? '') ?? [];
  const target = URL.parse(address, URL.parse((base && attribute(base, 'href')) ?? '', url) ?? url);
  const isElsewhere = address !== '' && target !== null && target.href !== url;
  return isElsewhere && Number(delay) <= LONGEST_DELAY ? target.href : undefined;
}
