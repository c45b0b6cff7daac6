import { isIP } from 'node:net';
import { type Cookie, parseCookie } from 'undici';

/** A cookie as it is kept, with the host and path that set it. */
interface Kept {
  name: string;
  value: string;
  /** This host alone; or, where the server named a domain, its subdomains too. */
  host: string;
  subdomains: boolean;
  path: string;
  secure: boolean;
}

/** The cookies of one walk of redirects. Some servers set one and look whether it comes back before they show a feed. */
export type Cookies = readonly Kept[];

/** Past this many, or in a header longer than this, they are no answer to a redirect. */
const most = 50;
const longestHeader = 8192;

/** The cookies after an answer to a request for `url`, by the rules of RFC 6265 §5.3. */
export function keep(cookies: Cookies, { url, set, now }: { url: URL; set: readonly string[]; now: Date }): Cookies {
  let kept = cookies;
  for (const line of set) {
    const cookie = parseCookie(line);
    const next = cookie && ownOf(cookie, url);
    if (!cookie || !next) continue;
    const others = kept.filter((one) => one.name !== next.name || one.host !== next.host || one.path !== next.path);
    kept = isOver(cookie, now) ? others : [...others, next];
  }
  return kept.slice(-most);
}

/** The `Cookie` header of a request for `url`; null where none is for it. */
export function cookieHeader(cookies: Cookies, url: URL): string | null {
  const fitting = cookies.filter((cookie) => isFor(cookie, url)).sort((a, b) => b.path.length - a.path.length);
  const header = fitting.map(({ name, value }) => (name === '' ? value : `${name}=${value}`)).join('; ');
  return header === '' || header.length > longestHeader ? null : header;
}

function ownOf({ name, value, domain = '', path, secure = false }: Cookie, url: URL): Kept | null {
  const host = url.hostname;
  const subdomains = domain !== '' && domain !== host;
  // A whole top-level domain belongs to nobody.
  if (subdomains && !(domain.includes('.') && isBelow(host, domain))) return null;
  if (secure && url.protocol !== 'https:') return null;
  // undici would take what no header can carry for a bug of ours.
  if (`${name}${value}` === '' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(name + value)) return null;
  const asked = url.pathname.slice(0, url.pathname.lastIndexOf('/')) || '/';
  return {
    name,
    value,
    host: domain || host,
    subdomains: domain !== '',
    path: path?.startsWith('/') ? path : asked,
    secure,
  };
}

function isOver({ maxAge, expires }: Cookie, now: Date): boolean {
  if (maxAge !== undefined) return maxAge <= 0;
  return expires !== undefined && Number(expires) <= now.getTime();
}

function isFor({ host, subdomains, path, secure }: Kept, { hostname, pathname, protocol }: URL): boolean {
  if (hostname !== host && !(subdomains && isBelow(hostname, host))) return false;
  if (secure && protocol !== 'https:') return false;
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function isBelow(host: string, domain: string): boolean {
  return isIP(host) === 0 && host.endsWith(`.${domain}`);
}
