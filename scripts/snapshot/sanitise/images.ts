import type { Element, ElementContent } from 'hast';
import { hasMissingValue } from '../../../src/core/web-address.ts';

/** Pictures that count readers: by host (or its subdomains), and by path where the host has real pictures too. */
const TRACKERS: readonly { host: string; path?: RegExp }[] = [
  ...(
    'pixel.wp.com stats.wordpress.com stats.wp.com doubleclick.net google-analytics.com googletagmanager.com ' +
    'googlesyndication.com quantserve.com scorecardresearch.com statcounter.com feedsportal.com pheedo.com ' +
    'rss.buysellads.com matomo.cloud cloudflareinsights.com amazon-adsystem.com'
  )
    .split(' ')
    .map((host) => ({ host })),
  { host: 'feeds.feedburner.com', path: /^\/~(r|ff|a|at)\// },
  { host: 'feedproxy.google.com', path: /^\/~(r|ff|a|at)\// },
  { host: 'feeds.wordpress.com', path: /^\/1\.0\// },
  { host: 'facebook.com', path: /^\/(?:tr|plugins\/(?:like|share_button))\b/ },
  { host: 'platform.twitter.com', path: /^\/widgets\/(?:tweet|follow)_button\b/ },
  { host: 'blogger.googleusercontent.com', path: /^\/tracker\// },
  { host: 'medium.com', path: /^\/_\/stat/ },
  // A blurred preview, shown until the real picture next to it has loaded.
  { host: 'medium.com', path: /^\/freeze\/max\/\d\d\// },
  { host: 'hubspot.com', path: /^\/__ptq\.gif/ },
  { host: 'list-manage.com', path: /^\/track\// },
  { host: 'assoc-amazon.com', path: /^\/e\/ir/ },
  // Behind each film of TikTok, Substack asks whether other sites may set cookies.
  { host: 'team-hosted-public.s3.amazonaws.com', path: /cookie/ },
];

/** Whether a picture or a frame with this address only counts readers, or is an advertisement. */
export function isTracker({ hostname, pathname }: URL): boolean {
  return TRACKERS.some(
    ({ host, path }) =>
      (hostname === host || hostname.endsWith(`.${host}`)) && (path === undefined || path.test(pathname)),
  );
}

export const PICTURE_FILE = /\.(?:jpe?g|png|gif|webp|avif|svg|heic)(?:$|[?#&])/i;

/** The image with our loading attributes; its alternative text where it has no address; null for trackers and for pictures of one or two pixels. */
export function image(element: Element): ElementContent | null {
  const { src: own, srcset, alt, ...rest } = element.properties;
  if ([rest['width'], rest['height']].some((side) => side !== undefined && Number(side) <= 2)) return null;
  const src = own ?? bestCandidate(String(srcset ?? ''));
  const text = typeof alt === 'string' ? alt : '';
  if (typeof src !== 'string') return { type: 'text', value: text };
  if (isTracker(new URL(src))) return null;
  const sources = { src, ...(srcset !== undefined && { srcset }) };
  const ours = { loading: 'lazy', decoding: 'async', referrerpolicy: 'no-referrer' };
  element.properties = { ...sources, alt: text, ...rest, ...ours };
  return element;
}

/** The valid candidates of a `srcset`, null if there is none. */
export function srcsetCandidates(srcset: string, base: URL | null, asGiven: boolean): string | null {
  const kept = candidatesIn(srcset).flatMap(({ address, descriptor }) => {
    const url = mediaUrl(address, base, asGiven);
    const isValid = url && /^(\d{1,6}(\.\d{1,4})?[wx])?$/.test(descriptor);
    return isValid ? `${candidateAddress(url.href)} ${descriptor}`.trim() : [];
  });
  return kept.length > 0 ? kept.join(', ') : null;
}

/** In pixels, about the column of posts on a screen with two pixels for one. */
const WIDEST = 1_200;

/**
 * The candidate for readers that ignore `srcset` (https://github.com/FreshRSS/FreshRSS/issues/1077): the widest that
 * fits, else the narrowest (https://github.com/NextINpact/Next/issues/351); without widths the first.
 */
export function bestCandidate(srcset: string): string | undefined {
  const all = candidatesIn(srcset);
  const width = ({ descriptor }: Candidate) => Number(/^(\d+)w$/.exec(descriptor)?.[1]);
  const byWidth = all.filter((each) => width(each) > 0).sort((a, b) => width(a) - width(b));
  return (byWidth.findLast((each) => width(each) <= WIDEST) ?? byWidth[0] ?? all[0])?.address;
}

const MOST_CANDIDATES = 40;
type Candidate = { address: string; descriptor: string };

/** All candidates, also bad ones: https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute */
function candidatesIn(srcset: string): Candidate[] {
  const found: Candidate[] = [];
  const pattern = /[\s,]*(\S+)(?:\s+([^,]*))?/y;
  for (let count = 0; count < MOST_CANDIDATES; count += 1) {
    const match = pattern.exec(srcset);
    if (!match?.[1]) break;
    const [, word, rest = ''] = match;
    const ends = word.endsWith(',');
    // A comma at the end of an address ends the candidate: the text after it belongs to the next one.
    if (ends) pattern.lastIndex -= match[0].length - (match[0].indexOf(word) + word.length);
    found.push({ address: word.replace(/(?<!,),+$/, ''), descriptor: ends ? '' : rest.trim() });
  }
  return found;
}

/** An address as a candidate of a `srcset`, in which a comma at its end would end the candidate. */
export function candidateAddress(address: string): string {
  return address.replace(/(?<!,),+$/, (commas) => '%2C'.repeat(commas.length));
}

/** Longer than any working address: software should support 8,000 (https://www.rfc-editor.org/rfc/rfc9110#section-4.1-5). */
export const LONGEST_URL = 8_192;
/** Each relative address repeats its base: 770 bytes, compressed, became 52 MB. A longer base counts as none. */
const LONGEST_BASE = 1_000;
const WEB: ReadonlySet<string> = new Set(['http:', 'https:']);
export const OF_LINKS: ReadonlySet<string> = new Set([...WEB, 'mailto:']);

/** What people leave before an address that they paste: `http://https://example.org`. */
const SECOND_SCHEME = /^\s*https?:\/\/(?=https?:\/\/)/i;

/** A parsed address without credentials, by default on the web; null if it is too long, not valid, or has another scheme. */
export function webUrl(address: string, base: URL | null, schemes = WEB): URL | null {
  if (address.length > LONGEST_URL) return null;
  const whole = address.replace(SECOND_SCHEME, '');
  const url = base ? URL.parse(whole, base) : URL.parse(whole);
  if (!url || !schemes.has(url.protocol)) return null;
  url.username = '';
  url.password = '';
  return url.href.length > LONGEST_URL ? null : url;
}

export function parsedBase(base: string | null): URL | null {
  return base === null || base.length > LONGEST_BASE ? null : URL.parse(base);
}

/** The address of a file that the page loads. It becomes https: a page under https would not show it. An address with a port stays: that port would not answer https. */
export function mediaUrl(address: string, base: URL | null, asGiven: boolean): URL | null {
  // An empty address would resolve to the page itself.
  if (address === '') return null;
  const url = webUrl(address, base);
  if (url && hasMissingValue(url.href)) return null;
  if (!asGiven && url?.protocol === 'http:' && url.port === '') url.protocol = 'https:';
  return url;
}
