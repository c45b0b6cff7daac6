/**
 * Where entries stand. With `layout: entry` each has a page of its own. With `layout: month` the years before the newest
 * have a page a month: their entries and days are anchors in it, so that a large planet fits a host that counts files.
 */

/** From which year on entries and days have pages of their own, `2026`; empty: all of them have. */
export type PagesSince = string;

/**
 * Decided by the entries, never by the clock: a year is over when there is an entry of the next.
 * @param newest the day of the newest entry, `2026-01-23`
 */
export function pagesSince(layout: 'entry' | 'month', newest: string | undefined): PagesSince {
  return layout === 'month' && newest !== undefined ? newest.slice(0, 4) : '';
}

/** Whether the days and entries of a period, `2025`, `2025-01` or `2025-01-23`, are anchors in the page of their month. */
export function isByMonth(period: string, since: PagesSince): boolean {
  return period.slice(0, 4) < since;
}

/** The anchor of a day in the page of its month. */
export function dayAnchor(day: string): string {
  return `day-${day}`;
}

/** The anchor of an entry in the page of its month: the last part of its permalink, which ends in its key. */
export function entryAnchor(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Where what has a permalink stands: at it, or in the page of its month. Any other path is left as it is. */
export function standing(path: string, since: PagesSince): string {
  if (since === '') return path;
  const [, year, month, day, slug] = /^\/(\d{4})\/(\d\d)\/(\d\d)\/(?:([^/]+)\/)?$/.exec(path) ?? [];
  if (year === undefined || day === undefined || !isByMonth(year, since)) return path;
  return `/${year}/${month}/#${slug ?? dayAnchor(`${year}-${month}-${day}`)}`;
}
