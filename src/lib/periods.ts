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

/** Things under their years in the planet's time zone, in the order they come in. */
export function byYear<T>(things: readonly T[], yearOf: (thing: T) => string): { year: string; list: T[] }[] {
  const years = new Map<string, T[]>();
  for (const thing of things) {
    const year = yearOf(thing);
    const list = years.get(year);
    if (list) list.push(thing);
    else years.set(year, [thing]);
  }
  return [...years].map(([year, list]) => ({ year, list }));
}

/** `1 entry`, `1,024 entries`. */
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
