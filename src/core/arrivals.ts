import type { BuildTime } from './build-time.ts';
import { instant } from './dates.ts';
import type { EntryMetadata } from './entry.ts';
import { firstOfEach } from './listings.ts';
import { compareText } from './text.ts';

/** A new entry is news if it is among so many newest ones of its feed. */
const PRESENT = 10;

/** The most recent entries of one feed in the planet's feeds while there are recent ones of others. */
const MOST_OF_FEED = 10;

/** Milliseconds. Entries of others before that take no place from a busy feed: subscribers have seen them. */
const LATELY = 3 * 24 * 3_600_000;

type Arriving = Pick<EntryMetadata, 'feed' | 'path' | 'published' | 'firstSeen'>;

/**
 * The paths of the entries that were news at first sight, whatever their date: their feed had entries, and they are newer
 * than the tenth newest of these. What a feed has at its first reading, or adds at its old end, is no news.
 */
export function newsPaths(all: readonly Arriving[]): Set<string> {
  const news = new Set<string>();
  for (const ofFeed of Map.groupBy(all, ({ feed }) => feed).values()) {
    /** The dates of its newest entries, newest last. Before a run they are `PRESENT` at most. */
    let dates: string[] = [];
    let run: string | undefined;
    let oldest: string | undefined;
    for (const { path, published, firstSeen } of ofFeed.sort((a, b) => compareText(a.firstSeen, b.firstSeen))) {
      if (firstSeen !== run) {
        dates = dates.sort().slice(-PRESENT);
        [run, oldest] = [firstSeen, dates[0]];
      }
      if (oldest !== undefined && published > oldest) news.add(path);
      dates.push(published);
    }
  }
  return news;
}

/** The time from which an entry is news: its first sight if it was `news` then, else its date. */
export function newsTime(news: ReadonlySet<string>, { hasCome }: BuildTime): (entry: Arriving) => string {
  // A first sight later than now is of a snapshot with a wrong clock.
  return ({ path, firstSeen, published }) => (news.has(path) && hasCome(Date.parse(firstSeen)) ? firstSeen : published);
}

/** The first of a list that is sorted by `timeOf`. Of its last three days, the eleventh and later entries of a feed come after all others. */
export function firstEntries<E extends Arriving>(list: readonly E[], most: number, timeOf: (entry: E) => string): E[] {
  const start = instant(new Date(Date.parse(list[0] ? timeOf(list[0]) : '1970') - LATELY));
  const end = list.findIndex((entry) => timeOf(entry) <= start);
  const [recent, older] = end < 0 ? [list, []] : [list.slice(0, end), list.slice(end, end + most)];
  const first = firstOfEach(recent, MOST_OF_FEED);
  const rest = recent.filter((entry) => !first.has(entry));
  return [...recent.filter((entry) => first.has(entry)), ...rest, ...older].slice(0, most);
}
