import type { Entry } from '../../src/core/entry.ts';

// This file loads no library: `archive push` compares entries where none is installed.

const EARLIEST = Date.UTC(1990, 0, 1);

/** The date of a new entry: the feed's date, or the time of this run if that is missing, in the future or before 1990. */
export function dating(declared: Date | null, now: Date): Pick<Entry, 'published' | 'publishedBy'> {
  if (declared === null) return { published: instant(now), publishedBy: 'missing' };
  if (declared > now) return { published: instant(now), publishedBy: 'future' };
  if (declared.getTime() < EARLIEST) return { published: instant(now), publishedBy: 'ancient' };
  return { published: instant(declared), publishedBy: 'declared' };
}

/** ISO 8601 in UTC with whole seconds: `2026-01-23T08:40:00Z`. */
export function instant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
