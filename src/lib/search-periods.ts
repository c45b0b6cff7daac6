/** A run of months that is searched as one: it has an index of its own. */
export interface Period {
  /** `2025-08_2026-01`: its first and last month, or `2026-02`, the one that it is. Its folder's name. */
  name: string;
  /** The months that hold entries, oldest first. */
  months: string[];
  entries: number;
}

/**
 * How many entries are indexed as one, where months allow. Pagefind takes a quarter of a megabyte of memory for each; a
 * reader fetches ten bytes for each before the first answer, and thirty kilobytes for each index that has to be asked.
 */
const AT_MOST = 2000;

/**
 * Cuts the past into periods, oldest first, by nothing but how many entries its months hold: neither the memory of a
 * build nor what a search fetches depends on how busy a planet is, or for how long. The newest month stands alone: it
 * is the one that every run changes.
 */
export function periodsOf(counts: ReadonlyMap<string, number>): Period[] {
  const periods: Period[] = [];
  const months = [...counts.keys()].sort();
  for (const month of months) {
    const entries = counts.get(month) ?? 0;
    const last = periods.at(-1);
    if (last !== undefined && last.entries + entries <= AT_MOST && month !== months.at(-1)) {
      last.months.push(month);
      last.entries += entries;
      last.name = `${last.months[0]}_${month}`;
    } else {
      periods.push({ name: month, months: [month], entries });
    }
  }
  return periods;
}

/** `pagefind/bundles.json`: what there is to search, for the script that searches it. */
export interface SearchIndex {
  /** Name of the folder in `pagefind/engine/` that Pagefind's own script is in. */
  engine: string;
  /** Newest first. */
  bundles: Bundle[];
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
  /** Whether its fragments lie in packs. */
  packed?: boolean;
}
