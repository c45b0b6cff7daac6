import { hash } from 'node:crypto';
import type { FeedState, PollingHints } from '../../src/core/feed-state.ts';
import type { FeedConfig } from '../../src/core/planet.ts';

const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A scheduled run may start a little early: without this allowance an hourly feed would be read every other hour. */
export const JITTER = 5 * MINUTE;
export const LONGEST_WAIT = 7 * DAY;

/** Whether a feed must not be asked in this run. Ignores a longer wait than a run can set: a wrong clock wrote it. */
export function mustWait(state: Pick<FeedState, 'askAgainAt' | 'trouble'>, now: Date): boolean {
  const wait = state.askAgainAt === null ? 0 : Date.parse(state.askAgainAt) - now.getTime();
  return wait > JITTER && wait <= (state.trouble === null ? DAY : LONGEST_WAIT) + JITTER;
}

/** The next request that server and document allow, at most a day ahead; null if within an hour: each hourly run would change the archive. */
export function nextCheckAfterReading(askAgainAt: Date | null, hints: PollingHints, now: Date): Date | null {
  const ttl = (hints.ttlMinutes ?? 0) * MINUTE;
  const asked = Math.max(askAgainAt?.getTime() ?? 0, now.getTime() + ttl);
  const until = Math.min(endOfSkipped(hints, asked, now), now.getTime() + DAY);
  return until - now.getTime() <= HOUR + JITTER ? null : new Date(until);
}

/** The first moment after `from` outside skipped hours and days; `from` itself if the next hour is not skipped. */
function endOfSkipped({ skipHours, skipDays }: PollingHints, from: number, now: Date): number {
  const skipped = (at: number) => {
    const date = new Date(at);
    return skipHours.includes(date.getUTCHours()) || skipDays.includes(WEEKDAYS[date.getUTCDay()] ?? '');
  };
  const next = Math.max(from, now.getTime() + HOUR);
  if (!skipped(next)) return from;
  const hours = Array.from({ length: 24 }, (_, index) => Math.floor(next / HOUR) * HOUR + (index + 1) * HOUR);
  return hours.find((at) => !skipped(at)) ?? now.getTime() + DAY;
}

/** At the time that its server gives, else after a quarter of the time since the first failure, a day at most. */
export function nextCheckAfterFailure(failingSince: string, retryAt: Date | null, now: Date): Date | null {
  if (retryAt !== null) return retryAt;
  const wait = Math.min((now.getTime() - Date.parse(failingSince)) / 4, DAY);
  return wait < HOUR ? null : new Date(now.getTime() + wait);
}

/** Whether a feed that has answered 410 (gone) since then is gone for good: a CDN or a maintenance page may answer so for a day. */
export function isGoneForGood(since: string, now: Date): boolean {
  return now.getTime() - Date.parse(since) >= 14 * DAY;
}

/**
 * Whether to request the whole feed, without validators: some servers would answer for ever that nothing has changed. Each
 * feed has its own day of the week, in UTC: all whole feeds at once would need the memory for nearly the whole archive.
 */
export function needsFullRequest({ url, wholeAt }: Pick<FeedState, 'url' | 'wholeAt'>, now: Date): boolean {
  if (wholeAt === undefined) return false;
  const today = Math.floor(now.getTime() / DAY);
  const due = (today - ((today + spreadNumber(url)) % 7)) * DAY;
  const at = Date.parse(wholeAt);
  // A time in the future was written by a wrong clock.
  return at < due || at > now.getTime();
}

/** A number of an address, by which feeds are spread: a new feed moves no other. */
export function spreadNumber(address: string): number {
  return Number.parseInt(hash('sha1', address).slice(0, 8), 16);
}

/** The place of the feed to ask first in this hour. The prime spreads the places of successive hours. */
export function startIndex(feeds: number, now: Date): number {
  return feeds === 0 ? 0 : (Math.floor(now.getTime() / HOUR) * 7919) % feeds;
}

const AT_ONCE = 8;

/**
 * Calls `work` for each item, for several hosts at once: the first of each host, then the second of each, one at a time for each host. Returns the
 * results in the order of the items.
 */
export async function runPerHost<T, R>(
  items: readonly T[],
  hostOf: (item: T) => string,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const queues = [...Map.groupBy(items.entries(), ([, item]) => hostOf(item)).values()];
  const results: R[] = [];
  const worker = async (): Promise<void> => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) {
      for (const [index, item] of queue.splice(0, 1)) results[index] = await work(item);
      if (queue.length > 0) queues.push(queue);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** Returns a function that runs work on one host after the other; different hosts do not wait for each other. */
export function onePerHost(): <R>(host: string, work: () => Promise<R>) => Promise<R> {
  const last = new Map<string, Promise<unknown>>();
  return (host, work) => {
    const before = last.get(host) ?? Promise.resolve();
    const turn = before.then(work, work);
    last.set(host, turn);
    return turn;
  };
}

/** The key of a feed for `runPerHost`: its host, or its id for a file, which waits for no other. */
export function hostKey({ id, url }: FeedConfig): string {
  return URL.canParse(url) ? new URL(url).host : id;
}
