import type { Validators } from '../../../src/core/feed-state.ts';

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;

/** A server may ask for less than an hour or more than a week; it gets neither. */
const shortestPenance = hour;
const longestPenance = 7 * day;
/** A server may call its feed fresh for a year; we look again within a day. */
const longestRest = day;

/** An answer's header by its name in lower case; null where there is none. */
export type Header = (name: string) => string | null;

/** When a server that sends us away (429, 503) lets us come back; null where it does not say. */
export function retryAt(header: Header, now: Date): Date | null {
  const retryAfter = header('retry-after') ?? '';
  const wait = inSeconds(retryAfter) ?? until(readHttpDate(retryAfter), now);
  if (wait === null) return null;
  return after(now, Math.min(Math.max(wait, shortestPenance), longestPenance));
}

/** Until when an answer calls itself fresh; null where it does not say, or is stale at once. */
export function freshUntil(header: Header, now: Date): Date | null {
  const rest = lifetime(header, now);
  return rest === null || rest <= 0 ? null : after(now, Math.min(rest, longestRest));
}

function lifetime(header: Header, now: Date): number | null {
  const directives = readDirectives(header('cache-control') ?? '');
  if (directives.has('no-cache') || directives.has('no-store')) return null;
  const maxAge = directives.get('max-age');
  // What a cache on the way has already used up of it.
  if (maxAge !== undefined) return (inSeconds(maxAge) ?? 0) - (inSeconds(header('age') ?? '') ?? 0);
  // Counted by the server's clock where it tells it: ours or theirs may be wrong.
  return until(readHttpDate(header('expires') ?? ''), readHttpDate(header('date') ?? '') ?? now);
}

function readDirectives(cacheControl: string): Map<string, string> {
  const parts = cacheControl.split(',').map((part) => part.trim().split('='));
  // The first wins where a directive stands twice (RFC 9111 §4.2.1).
  return new Map(parts.reverse().map(([name = '', value = '']) => [name.toLowerCase(), value.replaceAll('"', '')]));
}

function inSeconds(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) * second : null;
}

function until(date: Date | null, now: Date): number | null {
  return date === null ? null : date.getTime() - now.getTime();
}

function after(now: Date, wait: number): Date {
  return new Date(now.getTime() + wait);
}

/** All three forms of RFC 9110 §5.6.7, and ISO 8601. */
function readHttpDate(text: string): Date | null {
  const isDate = /^[a-z]{3,9},? .*\d\d:\d\d:\d\d/i.test(text) || /^\d{4}-\d\d-\d\dT/.test(text);
  if (!isDate) return null;
  // The asctime form names no zone and means GMT; `Date` would read it in the build machine's.
  const zoned = /(?:[a-z]|[+-]\d\d:?\d\d)\s*$/i.test(text) ? text : `${text.trim()}Z`;
  const date = new Date(zoned);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** A server that gives more than this would not take it back either. */
const longest = 2048;

/** What an answer gave to ask "has it changed?" with, to the letter. */
export function readValidators(header: Header): Validators {
  const etag = header('etag');
  const lastModified = header('last-modified');
  return {
    ...(isSendable(etag) ? { etag } : {}),
    ...(isSendable(lastModified) ? { lastModified } : {}),
  };
}

/**
 * The headers that ask for something only if it has changed; none where nothing is known.
 * @param delta whether the new part alone would do
 */
export function conditions({ etag, lastModified }: Validators, delta = true): Record<string, string> {
  return {
    // With an entity tag a server can also be asked for the new entries alone (RFC 3229, 226).
    ...(isSendable(etag) ? { 'if-none-match': etag, ...(delta && { 'a-im': 'feed' }) } : {}),
    ...(isSendable(lastModified) ? { 'if-modified-since': lastModified } : {}),
  };
}

function isSendable(value: string | null | undefined): value is string {
  return value != null && value.length <= longest && /^[\t\x20-\x7e\x80-\xff]+$/.test(value);
}
