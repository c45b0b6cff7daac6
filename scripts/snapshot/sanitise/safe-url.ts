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
