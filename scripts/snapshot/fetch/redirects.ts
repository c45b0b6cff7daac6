import { isUtf8 } from 'node:buffer';
import { isIP } from 'node:net';
import { type Cookie, parseCookie } from 'undici';
import type { FailureReason } from '../outcome.ts';
import { readAddress } from './connect.ts';

/** The way from the asked address to where we are. */
export interface Trail {
  /** Every request so far, that for the asked address first. */
  steps: readonly [Step, ...Step[]];
  /** Whether every step was said to be for good. */
  permanent: boolean;
}

interface Step {
  url: URL;
  /** What was sent as `Cookie`. */
  cookie: string | null;
}

const redirecting = new Map([
  [300, 'temporary'],
  [301, 'permanent'],
  [302, 'temporary'],
  [303, 'temporary'],
  [307, 'temporary'],
  [308, 'permanent'],
] as const);

/** Whether an answer sends us elsewhere. 300 does only when it names a place: without one it is a page of choices. */
export function isRedirect(status: number, location: string | null): boolean {
  return redirecting.has(status as 300) && (status !== 300 || location !== null);
}

/** The trail with one more step, or why there is none. The same address with other cookies is another step. */
export function follow(
  trail: Trail,
  { status, location, cookies, most }: { status: number; location: string | null; cookies: Cookies; most: number },
): Trail | FailureReason {
  if (location === null || location === '') return { kind: 'redirects', detail: 'to nowhere' };
  const next = readAddress(asUtf8(location), currentUrl(trail));
  if (!(next instanceof URL)) return next;
  const step = { url: next, cookie: cookieHeader(cookies, next) };
  if (trail.steps.some(({ url, cookie }) => url.href === next.href && cookie === step.cookie))
    return { kind: 'redirects', detail: 'in a circle' };
  if (trail.steps.length > most) return { kind: 'redirects', detail: 'too many' };
  return {
    steps: [...trail.steps, step],
    permanent: trail.permanent && redirecting.get(status as 301) === 'permanent',
  };
}

/** The address that is to be asked next, or that answered last. */
export function currentUrl(trail: Trail): URL {
  return lastStep(trail).url;
}

/** The request that is to be sent next, or that was answered last. */
export function lastStep({ steps }: Trail): Step {
  return steps.at(-1) ?? steps[0];
}

/** Where the feed has moved for good, when every step said so. */
export function movedTo(trail: Trail): string | null {
  const { href } = currentUrl(trail);
  return trail.permanent && href !== trail.steps[0].url.href ? href : null;
}

/** Header values come as latin1; addresses that are not pure ASCII were sent as UTF-8. */
function asUtf8(header: string): string {
  const bytes = Buffer.from(header, 'latin1');
  return isUtf8(bytes) ? bytes.toString() : header;
}

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
export function storeCookies(
  cookies: Cookies,
  { url, set, now }: { url: URL; set: readonly string[]; now: Date },
): Cookies {
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
function cookieHeader(cookies: Cookies, url: URL): string | null {
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
