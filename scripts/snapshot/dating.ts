import type { Entry } from '../../src/core/entry.ts';

type Dating = Pick<Entry, 'published' | 'publishedBy'>;

const earliest = Date.UTC(1990, 0, 1);

/** When an entry seen for the first time was posted: the feed's date, unless nobody can believe it. */
export function dating(declared: Date | null, now: Date): Dating {
  if (declared === null) return { published: instant(now), publishedBy: 'missing' };
  if (declared > now) return { published: instant(now), publishedBy: 'future' };
  if (declared.getTime() < earliest) return { published: instant(now), publishedBy: 'ancient' };
  return { published: instant(declared), publishedBy: 'declared' };
}

/** ISO 8601 in UTC, whole seconds. */
export function instant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
