import { readdirSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isByMonth, type PagesSince } from '../../src/lib/layout.ts';
import { byDay, byMonth, monthPart, type PartName, partOfFile, SITE, shelfOfPart } from '../../src/lib/parts.ts';
import { monthOfSpan, type Period, periodsOf, spansOf } from '../../src/lib/search-periods.ts';
import type { EntryRecord } from '../../src/model/site.ts';
import { makeBundles, type Tally } from '../search/bundles.ts';
import { openPieces } from '../search/pieces.ts';
import { readSpans } from '../search/spans.ts';
import { isIn, type Shard } from './share.ts';

/** What one machine of several makes of a site. */
export interface ShareOfSite {
  parts: Set<PartName>;
  /** Those whose months are all among its parts: a bundle is made where its pages are. */
  periods: Period[];
  /** Names of the periods whose bundles are packed, as `scripts/search.ts` has it: the newest never is. */
  packed: ReadonlySet<string>;
}

/**
 * The share of a machine: periods in turns, those of one month together, so that each machine has about as many entries;
 * authors, feeds and the calendars of years by their names.
 * `site` falls to none: it counts what all of them make.
 */
export function shareOfSite(
  names: Iterable<PartName>,
  newestFirst: readonly Pick<EntryRecord, 'day'>[],
  since: PagesSince,
  shard: Shard,
): ShareOfSite {
  const daysOf = (month: string) =>
    new Map(Object.entries(byDay(newestFirst.filter(({ day }) => day.startsWith(month)))));
  const all = periodsOf(spansOf(new Map(Object.entries(byMonth(newestFirst))), daysOf));
  const turns = [...Map.groupBy(all, ({ spans: [first = ''] }) => monthOfSpan(first)).values()];
  const periods = turns.filter((_, index) => index % shard.of === shard.number - 1).flat();
  const monthsOf = (periods: readonly Period[]) =>
    new Set(periods.flatMap(({ spans }) => spans.map((span) => monthPart(monthOfSpan(span)))));
  const [months, isMonth] = [monthsOf(periods), monthsOf(all)];
  const isMine = (name: PartName) => (isMonth.has(name) ? months.has(name) : isIn(shard, shelfOfPart(name)));
  const isPacked = isByMonth(newestFirst.at(-1)?.day ?? since, since);
  const packed = new Set(isPacked ? all.slice(0, -1).map((period) => period.name) : []);
  return { parts: new Set([...names].filter((name) => name !== SITE && isMine(name))), periods, packed };
}

/** Astro makes the pages that belong to no share in every build: here they know only of a share, and go. */
export function dropSite(built: string): void {
  const files = readdirSync(built, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  for (const path of files.map((file) => join(file.parentPath, file.name))) {
    if (partOfFile(path.slice(built.length + 1)) === SITE) rmSync(path);
  }
}

/** Makes the bundles of a share, and remembers no others. */
export async function makeShareOfSearch(output: string, { periods, packed }: ShareOfSite): Promise<Tally> {
  const folder = 'pagefind';
  await mkdir(join(output, folder), { recursive: true });
  const there = await readSpans(output);
  const pieces = await openPieces(output, folder);
  const isHere = ({ spans, entries }: Period) =>
    spans.reduce((sum, span) => sum + (there.get(span)?.entries ?? 0), 0) === entries;
  const tally = await makeBundles(output, pieces, there, periods.filter(isHere), ({ name }) => packed.has(name));
  await pieces.sweep();
  return tally;
}
