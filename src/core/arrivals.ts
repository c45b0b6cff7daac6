import type { EntryMetadata } from './entry.ts';
import { compareText } from './text.ts';

/** A new entry is news if it is among so many newest ones of its feed. */
const PRESENT = 10;

type Arriving = Pick<EntryMetadata, 'feed' | 'path' | 'published' | 'firstSeen'>;

/**
 * The paths of the entries that were news at first sight, whatever their date: their feed had entries, and they are newer
 * than the tenth newest of these. What a feed has at its first reading, or adds at its old end, is no news.
 */
export function newsPaths(all: readonly Arriving[]): Set<string> {
  const news = new Set<string>();
  const runs = Map.groupBy(all, ({ firstSeen }) => firstSeen);
  /** For each feed the dates of its newest entries before a run, newest first. */
  const newest = new Map<string, string[]>();
  for (const [, ofRun] of [...runs].sort(([a], [b]) => compareText(a, b))) {
    for (const { feed, path, published } of ofRun) {
      const oldest = newest.get(feed)?.at(-1);
      if (oldest !== undefined && published > oldest) news.add(path);
    }
    for (const { feed, published } of ofRun) newest.set(feed, withDate(newest.get(feed) ?? [], published));
  }
  return news;
}

/** The newest dates with one more, if it is among them. */
function withDate(dates: string[], date: string): string[] {
  const at = dates.findIndex((other) => other < date);
  return dates.toSpliced(at < 0 ? dates.length : at, 0, date).slice(0, PRESENT);
}

/** The time from which an entry is news: its first sight if it was `news` then, else its date. */
export function newsTime(news: ReadonlySet<string>, now: string): (entry: Arriving) => string {
  // A first sight later than now is of a snapshot with a wrong clock.
  return ({ path, firstSeen, published }) => (news.has(path) && firstSeen <= now ? firstSeen : published);
}
