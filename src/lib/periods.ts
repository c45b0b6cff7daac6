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

/** `1 entry`, `1,024 entries`. */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
