import type { EntryMetadata, Person } from './entry.ts';
import { compareText } from './text.ts';

/** An author in the entries of one feed. */
interface AuthorInFeed {
  entries: number;
  firstSeen: string;
  /** Their name in the newest entry; the first of two entries of one date. */
  newest: { person: Person; published: string };
  /** The same among the entries that link to a page of the author. */
  newestWithPage: { person: Person; published: string } | null;
}

export type AuthorByFeed = Map<string, AuthorInFeed>;

export function addCredit(
  byFeed: AuthorByFeed,
  person: Person,
  { feed, published, firstSeen }: Pick<EntryMetadata, 'feed' | 'published' | 'firstSeen'>,
): void {
  const newest = { person, published };
  const named = byFeed.get(feed) ?? { entries: 0, firstSeen, newest, newestWithPage: null };
  byFeed.set(feed, named);
  named.entries++;
  if (firstSeen < named.firstSeen) named.firstSeen = firstSeen;
  if (published > named.newest.published) named.newest = newest;
  if (person.url && (named.newestWithPage === null || published > named.newestWithPage.published))
    named.newestWithPage = newest;
}

/** The least share of its main author in a feed. A few guests in a blog are not taken for its author. */
const NEARLY_ALL = 0.9;

/**
 * The feeds that give name, page and picture of an author: that with most of their entries, then feeds that are their
 * own. Anybody can write a post in another's name.
 *
 * @param authorsIn the number of authors in all entries of a feed
 */
export function trustedFeeds(byFeed: AuthorByFeed, authorsIn: ReadonlyMap<string, number>) {
  return [...byFeed]
    .map(([feed, named]) => ({ feed, named, isOwn: named.entries >= NEARLY_ALL * (authorsIn.get(feed) ?? 0) }))
    .sort(
      (a, b) =>
        b.named.entries - a.named.entries ||
        compareText(a.named.firstSeen, b.named.firstSeen) ||
        compareText(a.feed, b.feed),
    )
    .filter(({ isOwn }, index) => isOwn || index === 0);
}
