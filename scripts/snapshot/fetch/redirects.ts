import { isIP } from 'node:net';
import { type Cookie, parseCookie } from 'undici';
import type { FailureReason } from '../outcome.ts';
import { decodedOnceMore } from '../parse/feed-tree.ts';
import { readAddress } from './connect.ts';

/** A request. `cookie` is the value of the `Cookie` header. */
type Step = { url: URL; cookie: string | null };

/** The request to send next, or the one that was answered, and those `before` it. `permanent`: whether every redirect was. */
export type Trail = Step & { start: URL; before: readonly Step[]; permanent: boolean };

const REDIRECTS = [300, 301, 302, 303, 307, 308];
const PERMANENT = [301, 308];

/** Whether an answer is a redirect. 300 is one only with a location: without it, it is a page of choices (https://www.rfc-editor.org/rfc/rfc9110#status.300). */
export function isRedirect(status: number, location: string | null): boolean {
  return REDIRECTS.includes(status) && (status !== 300 || location !== null);
}

/** The trail with one more step, or the reason why the redirect fails. The same address with different cookies is another step. */
export function follow(
  trail: Trail,
  { status, location, cookies, most }: { status: number; location: string | null; cookies: Cookies; most: number },
): Trail | FailureReason {
  if (location === null || location === '') return { kind: 'redirects', detail: 'to nowhere' };
  // Node decodes headers as latin1, but servers send addresses as UTF-8.
  const url = readAddress(decodedOnceMore(location), trail.url);
  if (!(url instanceof URL)) return url;
  const cookie = cookieHeader(cookies, url);
  const before = [...trail.before, trail];
  if (before.some((step) => step.url.href === url.href && step.cookie === cookie))
    return { kind: 'redirects', detail: 'in a circle' };
  if (before.length > most) return { kind: 'redirects', detail: 'too many' };
  return { ...trail, url, cookie, before, permanent: trail.permanent && PERMANENT.includes(status) };
}

/** The new address of a feed, where every redirect was permanent; else null. */
export function movedTo({ url, start, permanent }: Trail): string | null {
  return permanent && url.href !== start.href ? url.href : null;
}

type StoredCookie = NonNullable<ReturnType<typeof cookieFor>>;

/** Cookies of one chain of redirects: some servers set one, redirect, and expect it back before they show a feed. */
export type Cookies = readonly StoredCookie[];

const MOST_COOKIES = 50;
const LONGEST_HEADER = 8192;

/** The cookies after an answer from `url` (https://www.rfc-editor.org/rfc/rfc6265#section-5.3). */
export function storeCookies(
  cookies: Cookies,
  { url, set, now }: { url: URL; set: readonly string[]; now: Date },
): Cookies {
  let kept = cookies;
  for (const line of set) {
    const cookie = parseCookie(line);
    const next = cookie && cookieFor(cookie, url);
    if (!next) continue;
    const others = kept.filter((one) => one.name !== next.name || one.host !== next.host || one.path !== next.path);
    kept = isExpired(cookie, now) ? others : [...others, next];
  }
  return kept.slice(-MOST_COOKIES);
}

function cookieHeader(cookies: Cookies, url: URL): string | null {
  const fitting = cookies.filter((cookie) => isFor(cookie, url)).sort((a, b) => b.path.length - a.path.length);
  const header = fitting.map(({ name, value }) => (name === '' ? value : `${name}=${value}`)).join('; ');
  return header === '' || header.length > LONGEST_HEADER ? null : header;
}

/**
 * The cookie with the path and the host that it is for: that of the request, or the domain that the server named. Null for one that
 * the host may not set, or that no header can carry.
 */
function cookieFor({ name, value, domain = '', path, secure = false }: Cookie, url: URL) {
  const host = url.hostname;
  const subdomains = domain !== '' && domain !== host;
  // A server may not set a cookie for a whole top-level domain.
  if (subdomains && !(domain.includes('.') && isBelow(host, domain))) return null;
  if (secure && url.protocol !== 'https:') return null;
  // undici throws for a value that no header can carry.
  if (`${name}${value}` === '' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(name + value)) return null;
  const folder = url.pathname.slice(0, url.pathname.lastIndexOf('/')) || '/';
  const validIn = { host: domain || host, path: path?.startsWith('/') ? path : folder };
  return { name, value, ...validIn, subdomains: domain !== '', secure };
}

function isExpired({ maxAge, expires }: Cookie, now: Date): boolean {
  if (maxAge !== undefined) return maxAge <= 0;
  return expires !== undefined && Number(expires) <= now.getTime();
}

function isFor({ host, subdomains, path, secure }: StoredCookie, { hostname, pathname, protocol }: URL): boolean {
  if (hostname !== host && !(subdomains && isBelow(hostname, host))) return false;
  if (secure && protocol !== 'https:') return false;
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}

function isBelow(host: string, domain: string): boolean {
  return isIP(host) === 0 && host.endsWith(`.${domain}`);
}
