import { instant } from '../../../src/core/dates.ts';
import type { Validators } from '../../../src/core/feed-state.ts';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { parseDate } from '../normalise/parse-date.ts';
import { DAY, HOUR, LONGEST_WAIT } from '../schedule.ts';

/** Returns a header by its name in lower case; null if there is none. */
export type Header = (name: string) => string | null;

/** When we may ask again after 429 or 503; null without a time (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after). */
export function retryAt(header: Header, now: Date): Date | null {
  const retryAfter = header('retry-after') ?? '';
  const wait = inSeconds(retryAfter) ?? until(parseDate(retryAfter), serverTime(header) ?? now);
  if (wait === null) return null;
  return laterBy(now, Math.min(Math.max(wait, HOUR), LONGEST_WAIT));
}

/** Until when an answer is fresh; null without a time, or where it is stale at once (https://www.rfc-editor.org/rfc/rfc9111#section-4.2). */
export function freshUntil(header: Header, now: Date): Date | null {
  const fresh = lifetime(header, now);
  // A server may call its feed fresh for a year: we ask again within a day.
  return fresh === null || fresh <= 0 ? null : laterBy(now, Math.min(fresh, DAY));
}

function lifetime(header: Header, now: Date): number | null {
  const directives = readDirectives(header('cache-control') ?? '');
  if (directives.has('no-cache') || directives.has('no-store')) return null;
  const maxAge = directives.get('max-age');
  if (maxAge !== undefined) return (inSeconds(maxAge) ?? 0) - timeInCache(header);
  const expires = parseDate(header('expires'));
  return expires && until(expires, serverTime(header) ?? now);
}

/** The time of an answer by its server's clock; null if it names none. The server's dates are measured by it: either clock may be wrong. */
function serverTime(header: Header): Date | null {
  return parseDate(header('date'));
}

/** How far the clock of a server is ahead of `now`, in milliseconds; null if it names no time. A cache may keep the first `Date` for as long as `Age`. */
function serverLead(header: Header, now: Date): number | null {
  const lead = until(serverTime(header), now);
  return lead === null || lead > 0 ? lead : Math.min(lead + timeInCache(header), 0);
}

/** The time that an answer spent in a cache on the way, in milliseconds. */
function timeInCache(header: Header): number {
  return inSeconds(header('age') ?? '') ?? 0;
}

function readDirectives(cacheControl: string): Map<string, string> {
  const parts = cacheControl.split(',').map((part) => part.trim().split('='));
  // The first of a repeated directive counts (https://www.rfc-editor.org/rfc/rfc9111#section-4.2.1).
  return new Map(parts.reverse().map(([name = '', value = '']) => [name.toLowerCase(), value.replaceAll('"', '')]));
}

function inSeconds(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) * 1000 : null;
}

function until(date: Date | null, now: Date): number | null {
  return date === null ? null : date.getTime() - now.getTime();
}

function laterBy(now: Date, wait: number): Date {
  return new Date(now.getTime() + wait);
}

/** Servers do not accept longer values in a request. */
const LONGEST_VALUE = 2048;

/** The validators of an answer, unchanged: they go back in the next request. After a date in the future nothing would be newer for years. */
export function readValidators(header: Header, now: Date): Validators {
  const [etag, lastModified] = [header('etag'), header('last-modified')];
  const isFuture = (parseDate(lastModified) ?? now) > now;
  return { ...(isSendable(etag) && { etag }), ...(isSendable(lastModified) && !isFuture && { lastModified }) };
}

/** The headers of a conditional request, none without validators; with `delta` it asks for the new entries only. */
export function conditions({ etag, lastModified }: Validators, delta: boolean): Record<string, string> {
  return {
    // Only a request with an entity tag can ask for the new entries (RFC 3229, 226).
    ...(isSendable(etag) && { 'if-none-match': etag, ...(delta && { 'a-im': 'feed' }) }),
    ...(isSendable(lastModified) && { 'if-modified-since': lastModified }),
  };
}

function isSendable(value: string | null | undefined): value is string {
  return value != null && value.length <= LONGEST_VALUE && /^[\t\x20-\x7e\x80-\xff]+$/.test(value);
}

/** The fewest servers that prove a wrong clock here: a planet may follow two servers whose clocks are wrong. */
const FEWEST = 3;

export type ServerClocks = ReturnType<typeof serverClocks>;

/** Compares the clock of a run with those of all servers that answer. New entries get dates and permalinks by it, for ever. */
export function serverClocks(now: Date) {
  const leads = new Map<string, number>();
  return {
    /** Notes the time of an answer. */
    hear(host: string, header: Header) {
      const lead = serverLead(header, now);
      // Blogs at one domain are often on one machine.
      if (lead !== null) leads.set(host.split('.').slice(-2).join('.'), lead);
    },
    /** Throws an `OperatorError` if most servers are more than an hour ahead of the clock, or most behind it. */
    refuseWrongClock() {
      const all = [...leads.values()].sort((a, b) => a - b);
      for (const others of [all.filter((lead) => lead > HOUR), all.filter((lead) => lead < -HOUR)]) {
        if (others.length < FEWEST || others.length * 2 <= all.length) continue;
        const theirs = new Date(now.getTime() + (others[others.length >> 1] ?? 0));
        throw new OperatorError(
          `The clock says ${instant(now)}, but ${others.length} of ${all.length} servers say about ${instant(theirs)}. Nothing was written. Correct the clock; if it is right, run this once with SOURCE_DATE_EPOCH=$(date +%s).`,
        );
      }
    },
  };
}
