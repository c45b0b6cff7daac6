import { dateText } from './dates.ts';
import type { EntrySummary } from './records.ts';
import { compareText } from './text.ts';

/**
 * The number of entries in each year, month and day, oldest first; a year comes before its months, a month before its days. `longest` is
 * the length of the longest period: without days, that of `2026-01`.
 */
export function periodCounts(entries: readonly Pick<EntrySummary, 'day'>[], longest = '2026-01-23'.length) {
  const counts = new Map<string, number>();
  for (const { day } of entries)
    for (let length = 4; length <= longest; length += 3) {
      const period = day.slice(0, length);
      counts.set(period, (counts.get(period) ?? 0) + 1);
    }
  return new Map([...counts].sort(([a], [b]) => compareText(a, b)));
}

/** The periods with entries before and after another one. */
export type Neighbours = { earlier: string | undefined; later: string | undefined };

/** The neighbours of each period. `periods` are all of the same length with entries, oldest first. */
export function neighbours(periods: readonly string[]): Map<string, Neighbours> {
  return new Map(periods.map((period, at) => [period, { earlier: periods[at - 1], later: periods[at + 1] }]));
}

/** The months of a year, or the days of a month, among `periods`, in their order. */
export function subPeriods(period: string, periods: Iterable<string>): string[] {
  return [...periods].filter((each) => each.length === period.length + 3 && each.startsWith(`${period}-`));
}

/** The number of all entries, from counts by period. */
export function totalOf(counts: ReadonlyMap<string, number>): number {
  return [...counts].reduce((sum, [period, count]) => sum + (period.length === 4 ? count : 0), 0);
}

/** The month of the oldest entry (`January 2009`), from counts by period, oldest first. */
export function sinceText(counts: ReadonlyMap<string, number>): string {
  const first = [...counts.keys()].find(({ length }) => length === 7);
  return first === undefined ? '' : dateText(first);
}

/** Seven days each, with null for days of other months. `first` is the first day of a week: 1 is Monday, 7 Sunday. */
export function weeksOf(month: string, first: number): (string | null)[][] {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const firstDay = new Date(Date.UTC(year, number - 1, 1));
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const before = (firstDay.getUTCDay() + 7 - (first % 7)) % 7;
  const cells = Array.from({ length: Math.ceil((before + length) / 7) * 7 }, (_, place) => {
    const day = place - before + 1;
    return day < 1 || day > length ? null : `${month}-${String(day).padStart(2, '0')}`;
  });
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** The least maximum: in a quiet month, a day with one entry does not get the darkest shade. */
const LEAST_MAXIMUM = 5;

/** The shade of a count in a drawing: 1 to 4, and 0 for zero. Square roots, because the counts of days differ very much. */
export function shade(count: number, highest: number): number {
  return Math.ceil(4 * Math.sqrt(count / Math.max(highest, LEAST_MAXIMUM)));
}

/** The months in a drawing of an author's activity, from the first to the last month with entries: at least two years, at most five. */
export function monthsShown(first: string, last: string): string[] {
  const monthIndex = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  const length = Math.min(60, Math.max(24, monthIndex(last) - monthIndex(first) + 1));
  return Array.from({ length }, (_, place) => {
    const at = monthIndex(last) - length + 1 + place;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}
