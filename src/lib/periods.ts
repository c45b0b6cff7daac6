import { dateText } from './dates.ts';

/** The period before and after one, among periods that hold entries. */
export interface Neighbours {
  earlier: string | undefined;
  later: string | undefined;
}

/** Periods as long as the given one (`2026`, `2026-01` or `2026-01-23`) that hold entries, oldest first. */
function periodsLike(period: string, periods: Iterable<string>): string[] {
  return [...periods].filter(({ length }) => length === period.length).sort();
}

export function neighbours(period: string, periods: Iterable<string>): Neighbours {
  const alike = periodsLike(period, periods);
  const at = alike.indexOf(period);
  return { earlier: alike[at - 1], later: alike[at + 1] };
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

/** `January 2009`: the month of the oldest entry. `counts` are by period, oldest first. */
export function sinceText(counts: ReadonlyMap<string, number>): string {
  const first = [...counts.keys()].find(({ length }) => length === 7);
  return first === undefined ? '' : dateText(first);
}

/** `1 entry`, `1,024 entries`. */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
