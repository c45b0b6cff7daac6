import type { AuthorRecord, Counts, EntryGist, EntryRecord, FeedRecord, RuleRecord } from '../model/site.ts';
import { authorShelf, byDay, byMonth, type Cut, isYearPart, type PartName, SITE, shelfOfPart } from './parts.ts';
import { riverEntries } from './river.ts';

/** How many entries the planet's own feeds hold: the newest. */
export const NEWEST = 50;

/** How many those of an author or a feed hold, of which there are so many that they would be most of the site. */
export const NEWEST_OF_SHELF = 10;

/** What one build makes pages of. */
export interface Making {
  feeds: FeedRecord[];
  authors: AuthorRecord[];
  rules: RuleRecord[];
  /** All that the parts made here are of, newest first; others may be missing. */
  entries: EntryRecord[];
  counts: Counts;
}

/** What the named parts of a site are made of, or all of them. */
export function makingOf(
  site: Omit<Making, 'counts' | 'entries'> & {
    planet: { river: { entriesPerFeed: number; entries: number } };
    entries: readonly EntryGist[];
    recordOf: (entry: EntryGist) => EntryRecord;
  },
  { shelves, parts: rest }: Cut,
  named: ReadonlySet<PartName> | 'all',
): Making {
  const { planet, feeds, authors, rules, entries, recordOf } = site;
  const shown = [...riverEntries(entries, planet.river), ...entries.slice(0, NEWEST + 1)];
  const parts = new Map([...rest, [SITE, shown]]);
  const makes = named === 'all' ? new Set(parts.keys()) : named;
  const needed = named === 'all' ? null : new Set([...makes].flatMap((part) => parts.get(part) ?? []));
  const touched = new Set([...makes].map(shelfOfPart));
  const former = new Set<PartName>(authors.flatMap(({ formerly }) => formerly.map((slug) => authorShelf({ slug }))));
  const open = new Set(feeds.filter(({ index }) => index).map(({ id }) => id));
  const counts: Counts = {
    entries: entries.length,
    days: byDay(entries),
    monthsInUtc: [...new Set(entries.map(({ published }) => published.slice(0, 7)))].sort(),
    shelves: Object.fromEntries(
      [...shelves].filter(([shelf]) => touched.has(shelf)).map(([shelf, list]) => [shelf, byMonth(list)]),
    ),
    shelfYears: [...parts.keys()].filter((part) => isYearPart(part) && !former.has(shelfOfPart(part))).sort(),
    indexed: entries.filter(({ feed }) => open.has(feed)).map(({ path }) => path),
    makes: [...makes].sort(),
  };
  const made = entries.filter((entry) => needed?.has(entry) ?? true);
  return { feeds, authors, rules, entries: made.map(recordOf), counts };
}
