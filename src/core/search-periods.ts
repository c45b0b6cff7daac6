import type { Facet, SearchQuery } from './search-query.ts';

/** A run of months, or of days of one month, that is searched as one: it has an index of its own. */
export interface Period {
  /** `2025-08_2026-01` or `2026-02-01_2026-02-12`: its first and last span, or the only one that it is. Its folder's name. */
  name: string;
  /** Those that hold entries, oldest first. */
  spans: string[];
  entries: number;
}

/**
 * How many entries are indexed as one, where days allow. Pagefind takes half a megabyte of memory for each; a reader
 * fetches fifteen bytes for each before the first answer, and twenty kilobytes for each index that has to be asked.
 */
const AT_MOST = 1000;

/** Where a search begins and where it stops, in entries. Tests take less of each. */
export interface Reach {
  /** As many are searched before anything is shown: what they cost to fetch is part of every first search. */
  first: number;
  /** As many are searched without being asked to, where the newer ones have too little to show. On a planet of more an index tells which bundles hold a word. */
  further: number;
}

export const REACH: Reach = { first: 1000, further: 3000 };

/** Whether a month of so many entries is cut into its days. */
export const isByDays = (entries: number): boolean => entries > AT_MOST;

/** By months, `2026-02`, and where one has too much to be indexed as one, by its days, `2026-02-12`. */
export function spansOf(
  months: ReadonlyMap<string, number>,
  daysOf: (month: string) => ReadonlyMap<string, number>,
): Map<string, number> {
  return new Map(
    [...months].flatMap(([month, entries]) => (isByDays(entries) ? [...daysOf(month)] : [[month, entries] as const])),
  );
}

/**
 * Cuts the past into periods, oldest first, by nothing but how many entries its spans hold: neither the memory of a
 * build nor what a search fetches depends on how busy a planet is, or for how long. The newest month stands alone: it
 * is the one that every run changes.
 */
export function periodsOf(counts: ReadonlyMap<string, number>, atMost = AT_MOST): Period[] {
  const periods: Period[] = [];
  const spans = [...counts.keys()].sort();
  const newest = monthOfSpan(spans.at(-1) ?? '');
  for (const span of spans) {
    const entries = counts.get(span) ?? 0;
    const last = periods.at(-1);
    if (last !== undefined && last.entries + entries <= atMost && goesWith(last.spans[0] ?? '', span, newest)) {
      last.spans.push(span);
      last.entries += entries;
      last.name = `${last.spans[0]}_${span}`;
    } else {
      periods.push({ name: span, spans: [span], entries });
    }
  }
  return periods;
}

/** Days go with days of their month only: a month's pages are made on one machine. */
function goesWith(first: string, span: string, newest: string): boolean {
  const isDay = span !== monthOfSpan(span);
  return isDay ? monthOfSpan(first) === monthOfSpan(span) : first === monthOfSpan(first) && span !== newest;
}

/** `2026-02`, of the month itself or of `2026-02-12`. */
export function monthOfSpan(span: string): string {
  return span.slice(0, '2026-02'.length);
}

/** `pagefind/bundles.json`: what there is to search, for the script that searches it. */
export interface SearchIndex {
  /** Name of the folder in `pagefind/engine/` that Pagefind's own script is in. */
  engine: string;
  /** Newest first. */
  bundles: Bundle[];
  reach: Reach;
  /** Of the index that tells which of the older bundles hold a word: another one whenever anything in it is another. None where there are few. */
  finder?: string;
}

/** The index of a period. */
export interface Bundle {
  /** Name of the period and of the folder. */
  period: string;
  /** Another one whenever anything in the index is another. */
  tag: string;
  entries: number;
  /** How many of them are under which year. One near its end may be under the next: the planet's clock is its own. */
  years: Record<string, number>;
}

/** `facts.json` of a bundle: what its pages can be filtered by. */
export interface Facts {
  values: [facet: Facet, value: string][];
  /** By the name of a page, numbers of its values. */
  pages: Record<string, number[]>;
}

/** The bundles that a question is about, newest first: with years chosen, those that have something of these. */
export function concerned({ chosen: { year } }: SearchQuery, bundles: readonly Bundle[]): Bundle[] {
  return bundles.filter(({ years }) => year.length === 0 || year.some((each) => each in years));
}

/** How many bundles, newest first, hold no more than so many entries: at least one. */
export function reaching(bundles: readonly Bundle[], entries: number): number {
  let sum = 0;
  const beyond = bundles.findIndex((bundle) => {
    sum += bundle.entries;
    return sum > entries;
  });
  return beyond === -1 ? bundles.length : Math.max(1, beyond);
}

/** The time that bundles, newest first, are of: from `2009-03` to `2026-01`. */
export function spanOf(bundles: readonly Bundle[]): { from: string; to: string } {
  const from = bundles.at(-1)?.period.split('_')[0] ?? '';
  const to = bundles[0]?.period.split('_').at(-1) ?? '';
  return { from, to };
}
