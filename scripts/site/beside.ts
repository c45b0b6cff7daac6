import { pagesSince, standing } from '../../src/lib/layout.ts';
import { NEWEST } from '../../src/lib/making.ts';
import {
  atomPart,
  byDay,
  calendarPart,
  isYearPart,
  monthPart,
  type PartName,
  type Shelf,
  shelfOfPart,
} from '../../src/lib/parts.ts';
import { routes } from '../../src/lib/routes.ts';
import type { AuthorRecord, EntryGist, FeedRecord } from '../../src/model/site.ts';
import { chainOf } from '../../src/outputs/archives.ts';
import { status } from '../../src/outputs/status.ts';
import type { Site } from '../../src/site.ts';

type Shelves = ReadonlyMap<Shelf, readonly EntryGist[]>;

/** What a part shows beside its own entries: its neighbours in time, or who its shelf belongs to and how that is filled. */
export function besideOf(site: Site, shelves: Shelves, now: Date): (part: PartName) => unknown {
  const periods = neighboursInTime(site);
  const owners = ownersOf(site, now);
  const years = new Map([...shelves].map(([shelf, list]) => [shelf, yearsOf(list)]));
  return (part) => {
    const shelf = shelfOfPart(part) as Shelf;
    const list = shelves.get(shelf);
    if (list === undefined) return periods.get(part) ?? null;
    const owner = owners.get(shelf);
    // All days, rather than the counts of months that a front draws: every build does this for every shelf.
    return isYearPart(part) ? [owner?.year, years.get(shelf)] : [owner?.front, list.map(({ day }) => day).join()];
  };
}

function yearsOf(list: readonly EntryGist[]): string[] {
  const years: string[] = [];
  let last = '-';
  for (const { day } of list) {
    if (day.startsWith(last)) continue;
    last = day.slice(0, 4);
    years.push(last);
  }
  return years;
}

/**
 * To which periods each month leads: the days and months before and after it, and where it stands in the history in Atom.
 * And what a year counts.
 */
function neighboursInTime({ planet, entries }: Site): Map<PartName, unknown> {
  const since = pagesSince(planet.layout, entries[0]?.day);
  const at = (day: string | undefined) => day && standing(routes.period(day), since);
  const counts = Object.entries(byDay(entries));
  const days = counts.map(([day]) => day);
  const years = [...Map.groupBy(counts, ([day]) => day.slice(0, 4))];
  const months = [...Map.groupBy(days.keys(), (index) => days[index]?.slice(0, 7) ?? '')];
  const utc = [...new Set(entries.map(({ published }) => published.slice(0, 7)))].reverse();
  return new Map<PartName, unknown>([
    ...months.map(([month, indexes], place) => {
      const [first = 0, last = 0] = [indexes.at(0), indexes.at(-1)];
      return [
        monthPart(month),
        [months[place - 1]?.[0], months[place + 1]?.[0], at(days[first - 1]), at(days[last + 1])],
      ] as const;
    }),
    ...years.map(([year, ofDays], place) => {
      return [calendarPart(year), [years[place - 1]?.[0], years[place + 1]?.[0], ofDays]] as const;
    }),
    ...chainOf(utc, entries[NEWEST]).months.map(({ month, place }) => [atomPart(month), place] as const),
  ]);
}

/** What the front and the years of a shelf say of whom it belongs to. */
function ownersOf({ planet, feeds, authors }: Site, now: Date): Map<string, { front: unknown; year: unknown }> {
  const health = status(planet, feeds, [], now).feeds;
  const names = new Map(feeds.map((feed) => [feed.id, identityOfFeed(feed)]));
  return new Map<string, { front: unknown; year: unknown }>([
    ...feeds.map((feed, index) => {
      return [`feed:${feed.id}`, { front: [feed, health[index]], year: identityOfFeed(feed) }] as const;
    }),
    ...authors.flatMap((author) => {
      const front = [author, author.feeds.map((id) => names.get(id))];
      const said = { front, year: [identityOfAuthor(author), author.feeds.length > 1] };
      return [author.slug, ...author.formerly].map((slug) => [`author:${slug}`, said] as const);
    }),
  ]);
}

/** All that an entry's page may say of its feed. */
export function identityOfFeed({ id, title, url, home, language, content, index }: FeedRecord): string {
  return JSON.stringify([id, title, url, home, language, content, index]);
}

/** All that an entry's page may say of an author. */
export function identityOfAuthor({ slug, name, url, avatar }: AuthorRecord): string {
  return JSON.stringify([slug, name, url, avatar]);
}
