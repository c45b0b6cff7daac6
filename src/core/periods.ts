import { dateText } from './dates.ts';

/** The period before and after one, among periods that hold entries. */
export interface Neighbours {
  earlier: string | undefined;
  later: string | undefined;
}

/** @param periods all that hold entries and are as long as this one, oldest first */
export function neighbours(period: string, periods: readonly string[]): Neighbours {
  const at = periods.indexOf(period);
  return { earlier: periods[at - 1], later: periods[at + 1] };
}

/** The months of a year, or the days of a month, that hold entries, newest first. */
export function partsOf(period: string, periods: Iterable<string>): string[] {
  return [...periods]
    .filter((each) => each.length === period.length + 3 && each.startsWith(`${period}-`))
    .sort()
    .reverse();
}

/** Things under their years or months, in the order they come in. */
export function byPeriod<T>(things: readonly T[], periodOf: (thing: T) => string): { period: string; list: T[] }[] {
  return [...Map.groupBy(things, periodOf)].map(([period, list]) => ({ period, list }));
}

/** How many entries there are in all. `counts` are by period. */
export function totalOf(counts: ReadonlyMap<string, number>): number {
  return [...counts].reduce((sum, [period, count]) => sum + (period.length === 4 ? count : 0), 0);
}

/** `January 2009`: the month of the oldest entry. `counts` are by period, oldest first. */
export function sinceText(counts: ReadonlyMap<string, number>): string {
  const first = [...counts.keys()].find(({ length }) => length === 7);
  return first === undefined ? '' : dateText(first);
}

/** `1 entry`, `1,024 entries`: for commands, which speak English. */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/**
 * A month as a wall shows it: weeks of seven days, of which some lie outside it.
 * @param first the day that a week begins with: 1 is Monday, 7 Sunday
 */
export function weeksOf(month: string, first = 1): (string | null)[][] {
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

/** How many is much, however little there is beside it. */
const MUCH = 5;

/** How strongly a count is shaded beside the highest one: 1 to 4; 0 for nothing. By root, for days differ by magnitudes. */
export function shade(count: number, most: number): number {
  return Math.ceil(4 * Math.sqrt(count / Math.max(most, MUCH)));
}

/** The months that a drawing of someone's activity shows: to the newest, from the first, but two years at the least and five at the most. */
export function monthsShown(first: string, last: string): string[] {
  const count = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
  const length = Math.min(60, Math.max(24, count(last) - count(first) + 1));
  return Array.from({ length }, (_, place) => {
    const at = count(last) - length + 1 + place;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });
}

/** For sorting, by code units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
