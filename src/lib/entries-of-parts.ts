import type { AuthorRecord, Counts, EntryRecord } from '../model/site.ts';
import {
  atomPart,
  authorShelf,
  isYearPart,
  monthPart,
  ON_FRONT,
  type PartName,
  type Shelf,
  shelvesOf,
  yearPart,
} from './parts.ts';

/** Of a build that may make some parts only: which, and their entries. */
export interface EntriesOfParts {
  /** Whether this build makes a part: `getStaticPaths` gives the pages of those alone. */
  makes: (part: PartName) => boolean;
  /** The entries of `2026-01` or `2026-01-23`, newest first. Their month must be one that this build makes. */
  entriesIn: (period: string) => EntryRecord[];
  /** The entries of a month in UTC, newest first. It must be one that this build makes. */
  entriesInUtc: (month: string) => EntryRecord[];
  /** The front of an author's or a feed's shelf. It must be one that this build makes. */
  shelf: (shelf: Shelf) => ShelfFront;
  /** The years of a shelf that have pages of their own, newest first. Some part of it must be one that this build makes. */
  yearsOf: (shelf: Shelf) => ShelfFront['years'];
  /** Those of them whose pages this build makes. */
  yearsMade: (shelf: Shelf) => string[];
  /** The entries of a year of a shelf, newest first. It must be one that this build makes. */
  shelfYear: (shelf: Shelf, year: string) => EntryRecord[];
}

interface ShelfFront {
  /** Newest first, at most `ON_FRONT`. */
  newest: EntryRecord[];
  /** How many entries each month holds, `2026-01`, in the planet's time zone; oldest first. */
  months: ReadonlyMap<string, number>;
  /** The years that have pages of their own, newest first: none where the front lists everything. */
  years: { year: string; count: number }[];
}

/** What the parts that are made are of. `entries` hold all of theirs; of any other part too few, so asking for one is a bug. */
export function entriesOfParts(
  entries: readonly EntryRecord[],
  counts: Counts,
  authors: readonly Pick<AuthorRecord, 'slug' | 'formerly'>[] = [],
): EntriesOfParts {
  const formerly = new Map(authors.map(({ slug, formerly }) => [slug, formerly]));
  const made = new Set(counts.makes);
  const makes = (part: PartName) => made.has(part);
  const yearParts = Map.groupBy(counts.makes.filter(isYearPart), (part) => part.slice(0, -5));
  const lists = Map.groupBy(
    entries.flatMap((entry) => keysOf(entry, formerly).map((key) => ({ key, entry }))),
    ({ key }) => key,
  );
  const monthsOf = (shelf: Shelf) => new Map(Object.entries(counts.shelves[shelf] ?? {}));
  const list = (part: PartName, key: string): EntryRecord[] => {
    if (!makes(part)) throw new Error(`${part} is not made in this build, and so its entries are not all here`);
    return (lists.get(key) ?? []).map(({ entry }) => entry);
  };
  return {
    makes,
    entriesIn: (period) => list(monthPart(period), period),
    entriesInUtc: (month) => list(atomPart(month), atomPart(month)),
    shelf: (shelf) => ({
      newest: list(shelf, shelf).slice(0, ON_FRONT),
      months: monthsOf(shelf),
      years: yearsAmong(monthsOf(shelf)),
    }),
    yearsOf: (shelf) => yearsAmong(monthsOf(shelf)),
    yearsMade: (shelf) => (yearParts.get(shelf) ?? []).map((part) => part.slice(-4)),
    shelfYear: (shelf, year) => list(yearPart(shelf, year), yearPart(shelf, year)),
  };
}

function keysOf(entry: EntryRecord, formerly: ReadonlyMap<string, readonly string[]>): string[] {
  const { day, published, credit } = entry;
  const former = credit.authors.flatMap((slug) => formerly.get(slug) ?? []).map((slug) => authorShelf({ slug }));
  const shelves = [...shelvesOf(entry), ...former].flatMap((shelf) => [shelf, yearPart(shelf, day.slice(0, 4))]);
  return [day.slice(0, 7), day, atomPart(published), ...shelves];
}

/** Newest first; none where the front lists everything. */
function yearsAmong(months: ReadonlyMap<string, number>): ShelfFront['years'] {
  const years = [...ofPeriods(Object.fromEntries(months))].filter(([period]) => period.length === 4);
  const total = years.reduce((sum, [, count]) => sum + count, 0);
  return total <= ON_FRONT ? [] : years.map(([year, count]) => ({ year, count })).reverse();
}

/** Counts of days or months, and of the months and years that they make up; a period stands before its parts. */
export function ofPeriods(counts: Readonly<Record<string, number>>): Map<string, number> {
  const all = new Map<string, number>();
  for (const [period, count] of Object.entries(counts)) {
    for (const length of [4, 7, 10].filter((each) => each <= period.length)) {
      const part = period.slice(0, length);
      all.set(part, (all.get(part) ?? 0) + count);
    }
  }
  return all;
}
