import type { Crowded } from './search-keys.ts';
import type { Facet, SearchQuery } from './search-query.ts';

/** Consecutive months, or consecutive days of one month, with one search index. */
export interface Period {
  /** Its first and last span (`2025-08_2026-01`, `2026-02-01_2026-02-12`), or its only span; also the name of its folder. */
  name: string;
  /** Its months or days with entries, oldest first. */
  spans: string[];
  entries: number;
}

/**
 * The most entries in one index; a single day may have more. Each entry takes half a megabyte of Pagefind's memory, and a reader
 * fetches a dozen bytes of it for each index that is searched, and some five kilobytes of words.
 */
const AT_MOST = 500;

/** The steps of a search, in entries. Tests use smaller numbers. */
export interface Reach {
  /** The newest entries, which are searched before anything is shown. Every first search fetches their indexes. */
  first: number;
  /** The entries that are searched without a click if the newer ones give too few results. A planet with more entries has an index of the words in each bundle. */
  further: number;
}

export const REACH: Reach = { first: 500, further: 3000 };

/** The numbers of entries by month (`2026-02`), or by day (`2026-02-12`) for a month with too many entries for one index. */
export function spansOf(
  months: ReadonlyMap<string, number>,
  daysOf: (month: string) => ReadonlyMap<string, number>,
): Map<string, number> {
  return new Map(
    [...months].flatMap(([month, entries]) => (entries > AT_MOST ? [...daysOf(month)] : [[month, entries] as const])),
  );
}

/**
 * Groups months and days into periods, oldest first, only by their numbers of entries: the memory of a build and the bytes of a
 * search do not grow with the planet. The newest month has its own period, because every run changes it.
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

/** Whether a span can join a period that begins with `first`. A day joins only days of the same month. */
function goesWith(first: string, span: string, newest: string): boolean {
  const isDay = span !== monthOfSpan(span);
  return isDay ? monthOfSpan(first) === monthOfSpan(span) : first === monthOfSpan(first) && span !== newest;
}

/** `2026-02` for `2026-02` and for `2026-02-12`. */
function monthOfSpan(span: string): string {
  return span.slice(0, '2026-02'.length);
}

/** `pagefind/bundles.json`: the list of search indexes for the script in the browser. */
export interface SearchIndex {
  /** The folder of Pagefind's own script, below `pagefind/engine/`. */
  engine: string;
  /** Newest first. */
  bundles: Bundle[];
  reach: Reach;
  /** The folder of the words of older bundles, below `pagefind/finder/`. Missing if there are few bundles. */
  finder?: string;
}

/** The index of a period. */
export interface Bundle {
  /** The name of the period and of the folder. */
  period: string;
  /** Changes with the content of the index. */
  tag: string;
  entries: number;
  /** The number of entries by year. A period may belong to two years. */
  years: Record<string, number>;
}

/** `facts.json` of a bundle: the facets of its pages. */
export interface Facts {
  values: [facet: Facet, value: string][];
  /** The indexes of a page's values, by the name of the page. */
  pages: Record<string, number[]>;
}

/** Pagefind's metadata of a page: texts of its result. `lang` is missing if it is the planet's language. */
export type SearchMeta = Partial<Record<'title' | 'author' | 'feed' | 'date' | 'face' | 'lang', string>>;

/** `finder.json`: how the words of older bundles are split into files. */
export interface FinderList {
  files: number;
  crowded: Crowded;
}

/** The bundles to search for a query, newest first: those with entries of the chosen years, or all. */
export function concerned({ chosen: { year } }: SearchQuery, bundles: readonly Bundle[]): Bundle[] {
  return bundles.filter(({ years }) => year.length === 0 || year.some((each) => each in years));
}

/** The number of bundles, newest first, that together have at most this number of entries; at least one. */
export function reaching(bundles: readonly Bundle[], entries: number): number {
  let sum = 0;
  const beyond = bundles.findIndex((bundle) => {
    sum += bundle.entries;
    return sum > entries;
  });
  return beyond === -1 ? bundles.length : Math.max(1, beyond);
}
