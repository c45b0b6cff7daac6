import type { Element, ElementContent } from 'hast';

/** Counters that call themselves pictures: by host (or its subdomains), and by path where the host shows real ones too. */
const TRACKERS: readonly { host: string; path?: RegExp }[] = [
  { host: 'feeds.feedburner.com', path: /^\/~(r|ff|a|at)\// },
  { host: 'feedproxy.google.com', path: /^\/~(r|ff|a|at)\// },
  { host: 'feeds.wordpress.com', path: /^\/1\.0\// },
  { host: 'pixel.wp.com' },
  { host: 'stats.wordpress.com' },
  { host: 'stats.wp.com' },
  { host: 'doubleclick.net' },
  { host: 'google-analytics.com' },
  { host: 'googletagmanager.com' },
  { host: 'googlesyndication.com' },
  { host: 'pixel.quantserve.com' },
  { host: 'quantserve.com' },
  { host: 'scorecardresearch.com' },
  { host: 'facebook.com', path: /^\/tr\b/ },
  { host: 'statcounter.com' },
  { host: 'feedsportal.com' },
  { host: 'pheedo.com' },
  { host: 'rss.buysellads.com' },
  { host: 'blogger.googleusercontent.com', path: /^\/tracker\// },
  { host: 'medium.com', path: /^\/_\/stat/ },
  // Blurred, until the picture beside it is there.
  { host: 'medium.com', path: /^\/freeze\/max\/\d\d\// },
  { host: 'hubspot.com', path: /^\/__ptq\.gif/ },
  { host: 'matomo.cloud' },
  { host: 'cloudflareinsights.com' },
  { host: 'list-manage.com', path: /^\/track\// },
  { host: 'amazon-adsystem.com' },
  { host: 'assoc-amazon.com', path: /^\/e\/ir/ },
];

/** Whether an address of a picture is a counter's. */
export function isTracker({ hostname, pathname }: URL): boolean {
  return TRACKERS.some(
    ({ host, path }) =>
      (hostname === host || hostname.endsWith(`.${host}`)) && (path === undefined || path.test(pathname)),
  );
}

/** Nobody looks at a picture of one or two pixels. */
function isSpeck({ properties }: Element): boolean {
  return [properties['width'], properties['height']].some((side) => side !== undefined && Number(side) <= 2);
}

/** An image without its address and text made good: what the page loads it as, or its words, or nothing. */
export function image(element: Element): ElementContent | null {
  const { src, srcset, alt, loading, decoding, referrerpolicy, ...rest } = element.properties;
  if (isSpeck(element)) return null;
  const text = typeof alt === 'string' ? alt : '';
  if (typeof src !== 'string' && typeof srcset !== 'string') return text === '' ? null : { type: 'text', value: text };
  if (typeof src === 'string' && isTracker(new URL(src))) return null;
  element.properties = {
    ...(src === undefined ? {} : { src }),
    ...(srcset === undefined ? {} : { srcset }),
    alt: text,
    ...rest,
    loading: 'lazy',
    decoding: 'async',
    referrerpolicy: 'no-referrer',
  };
  return element;
}

const MOST_CANDIDATES = 40;

/** The list of addresses in `srcset`, each with its width or density. Addresses may hold commas, so it is not split at them. */
export function srcsetCandidates(srcset: string, base: URL | null, asGiven: boolean): string | null {
  const kept: string[] = [];
  const candidate = /[\s,]*(\S+)(?:\s+([^,]*))?/y;
  for (let count = 0; count < MOST_CANDIDATES; count += 1) {
    const found = candidate.exec(srcset);
    if (!found?.[1]) break;
    const [, word, rest = ''] = found;
    const ends = word.endsWith(',');
    // The comma that ends an address ends its candidate: what was read past it belongs to the next.
    if (ends) candidate.lastIndex -= found[0].length - (found[0].indexOf(word) + word.length);
    const descriptor = ends ? '' : rest.trim();
    const url = mediaUrl(word.replace(/,+$/, ''), base, asGiven);
    if (url && /^(\d{1,6}(\.\d{1,4})?[wx])?$/.test(descriptor)) kept.push(`${printed(url)} ${descriptor}`.trim());
  }
  return kept.length > 0 ? kept.join(', ') : null;
}

function printed(url: URL): string {
  return url.href.replace(/,+$/, (commas) => '%2C'.repeat(commas.length));
}

// Longer than any address that leads somewhere, shorter than what hurts a page.
const LONGEST = 8_192;

const WEB: ReadonlySet<string> = new Set(['http:', 'https:']);

/** An address as parsed, credentials dropped; null where it is not one that a page may hold. */
function parsed(address: string, base: URL | null, schemes: (scheme: string) => boolean): URL | null {
  if (address.length > LONGEST) return null;
  const url = base ? URL.parse(address, base) : URL.parse(address);
  if (!url || !schemes(url.protocol)) return null;
  url.username = '';
  url.password = '';
  return url.href.length > LONGEST ? null : url;
}

/** For links. */
export function linkUrl(address: string, base: URL | null): URL | null {
  return parsed(address, base, (scheme) => WEB.has(scheme) || scheme === 'mailto:');
}

/** For what names a source and is never loaded. */
export function webUrl(address: string, base: URL | null): URL | null {
  return parsed(address, base, (scheme) => WEB.has(scheme));
}

/** For what the page loads: over https, or an https page would not show it. A port of its own is left alone, for it would not answer. */
export function mediaUrl(address: string, base: URL | null, asGiven = false): URL | null {
  // Nothing would resolve to the page itself.
  if (address === '') return null;
  const url = webUrl(address, base);
  if (!asGiven && url?.protocol === 'http:' && url.port === '') url.protocol = 'https:';
  return url;
}
