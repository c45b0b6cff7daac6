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

/**
 * The most entries in the newest index, which an hourly build makes again; a single day may have more. With fewer, the one before
 * it would be made again more often.
 */
const NEWEST = 100;

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
  const newest = [...months.keys()].sort().at(-1);
  const most = (month: string) => (month === newest ? NEWEST : AT_MOST);
  return new Map(
    [...months].flatMap(([month, entries]) =>
      entries > most(month) ? [...daysOf(month)] : [[month, entries] as const],
    ),
  );
}

/**
 * Groups months and days into periods, oldest first, only by their numbers of entries: the memory of a build and the bytes of a
 * search do not grow with the planet. The newest month has its own periods, because every run changes the last one.
 */
export function periodsOf(counts: ReadonlyMap<string, number>, atMost = AT_MOST): Period[] {
  const all = [...counts.keys()].sort();
  const newest = monthOfSpan(all.at(-1) ?? '');
  const entriesOf = (span: string) => counts.get(span) ?? 0;
  const group = (spans: readonly string[], most: number) => {
    const groups: string[][] = [];
    let entries = 0;
    for (const span of spans) {
      const last = groups.at(-1);
      entries += entriesOf(span);
      if (last && entries <= most && goesWith(last[0] ?? '', span, newest)) last.push(span);
      else {
        groups.push([span]);
        entries = entriesOf(span);
      }
    }
    return groups;
  };
  const groups = group(all, atMost);
  const parts = group(groups.pop() ?? [], NEWEST);
  return [...groups, parts.slice(0, -1).flat(), ...parts.slice(-1)]
    .filter(({ length }) => length > 0)
    .map((spans) => {
      const entries = spans.reduce((sum, span) => sum + entriesOf(span), 0);
      return { name: [...new Set([spans[0], spans.at(-1)])].join('_'), spans, entries };
    });
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
export function reaching(bundles: readonly Pick<Bundle, 'entries'>[], entries: number): number {
  let sum = 0;
  const beyond = bundles.findIndex((bundle) => {
    sum += bundle.entries;
    return sum > entries;
  });
  return beyond === -1 ? bundles.length : Math.max(1, beyond);
}
