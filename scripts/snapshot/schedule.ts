import type { FeedState, PollingHints } from '../../src/core/feed-state.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A run of a scheduler comes a little early or late: that much is forgiven, or an hourly feed would be read every other hour. */
const jitter = 5 * minute;

/** Whether a feed is to be left alone in this run. */
export function isBackingOff(state: Pick<FeedState, 'askAgainAt'>, now: Date): boolean {
  return state.askAgainAt !== null && Date.parse(state.askAgainAt) - now.getTime() > jitter;
}

/**
 * How long to leave a feed alone that was read just now: as long as its server or its document asks, a day at the most.
 * Null where that is less than an hour: remembering it would change the archive in every run.
 */
export function nextCheckAfterReading(askAgainAt: Date | null, manners: PollingHints, now: Date): Date | null {
  const ttl = (manners.ttlMinutes ?? 0) * minute;
  const asked = Math.max(askAgainAt?.getTime() ?? 0, now.getTime() + ttl);
  const until = Math.min(endOfSkipped(manners, asked, now), now.getTime() + day);
  return until - now.getTime() < hour ? null : new Date(until);
}

/** The first moment from `from` on that lies in no skipped hour or day; none of the next run's hours is worth a note before that. */
function endOfSkipped({ skipHours, skipDays }: PollingHints, from: number, now: Date): number {
  const skipped = (at: number) => {
    const date = new Date(at);
    return skipHours.includes(date.getUTCHours()) || skipDays.includes(weekdays[date.getUTCDay()] ?? '');
  };
  const next = Math.max(from, now.getTime() + hour);
  if (!skipped(next)) return from;
  const hours = Array.from({ length: 24 }, (_, index) => Math.floor(next / hour) * hour + (index + 1) * hour);
  return hours.find((at) => !skipped(at)) ?? now.getTime() + day;
}

/**
 * How long to leave a failing feed alone: as its server says, else a quarter of the time that it has failed for, a day at
 * the most. The first hours of a hiccup cost nothing; a blog that died last year is asked once a day.
 */
export function nextCheckAfterFailure(failingSince: string, retryAt: Date | null, now: Date): Date | null {
  if (retryAt !== null) return retryAt;
  const wait = Math.min((now.getTime() - Date.parse(failingSince)) / 4, day);
  return wait < hour ? null : new Date(now.getTime() + wait);
}
