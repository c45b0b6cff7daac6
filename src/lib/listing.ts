import { dayOf } from './dates.ts';
import { byPeriod } from './periods.ts';

/** How many of its newest entries the page of an author or of a feed shows. */
export const NEWEST = 100;

/**
 * The years that have a page of their own, newest first: all of them, once there are more entries than the first page
 * shows. By year, so that a new entry changes the newest page alone.
 */
export function yearPages<E extends { published: string }>(
  entries: readonly E[],
  timezone: string,
): { year: string; list: E[] }[] {
  if (entries.length <= NEWEST) return [];
  const years = byPeriod(entries, ({ published }) => dayOf(published, timezone).slice(0, 4));
  return years.map(({ period, list }) => ({ year: period, list }));
}
