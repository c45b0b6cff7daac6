import { assignSlugs, type FormerName } from './author-slugs.ts';
import type { EntryMetadata, Person } from './entry.ts';
import { memoized } from './memoized.ts';
import { type AuthorSettings, nameKey } from './name-lists.ts';
import { compareText } from './text.ts';

export interface CreditedEntry {
  entry: Pick<EntryMetadata, 'feed' | 'published' | 'firstSeen'>;
  credit: { authors: readonly Person[] };
  via: readonly string[];
}

interface Collected {
  newest: string;
  entries: number;
  /** The number of entries by feed id. */
  feeds: Map<string, number>;
  byFeed: AuthorByFeed;
}

export type CollectedAuthor = ReturnType<typeof collectAuthors>['authors'][number];

/**
 * The authors of the shown entries, and a function from a name, as written, to its slug. `all` has hidden entries too:
 * authors keep their slugs. A page that `isLost` is nobody's, unless the operator gives it.
 */
export function collectAuthors(
  credited: readonly CreditedEntry[],
  people: AuthorSettings = new Map(),
  former: readonly FormerName[] = [],
  all: readonly Pick<CreditedEntry, 'entry' | 'credit'>[] = credited,
  isLost = (_page: string) => false,
) {
  const collected = new Map<string, Collected>();
  const authorsIn = new Map<string, number>();
  const keyOf = memoized(nameKey);
  for (const { entry, credit, via } of credited) {
    for (const person of credit.authors) {
      const key = keyOf(person.name);
      const author = collected.get(key) ?? { newest: '', entries: 0, feeds: new Map(), byFeed: new Map() };
      collected.set(key, author);
      author.entries++;
      if (entry.published > author.newest) author.newest = entry.published;
      addCredit(author.byFeed, person, entry, isLost);
      authorsIn.set(entry.feed, (authorsIn.get(entry.feed) ?? 0) + 1);
      for (const feed of [entry.feed, ...via]) author.feeds.set(feed, (author.feeds.get(feed) ?? 0) + 1);
    }
  }
  const { slugs, formerKeys } = assignSlugs(collected, all, people, former);
  const authors = [...collected].map(([key, { newest, entries, feeds, byFeed }]) => {
    const trusted = trustedFeeds(byFeed, authorsIn);
    return {
      slug: slugs.get(key) as string,
      formerly: (formerKeys.get(key) ?? []).map((former) => slugs.get(former) as string).sort(),
      name: trusted[0]?.named.newest.person.name ?? key,
      url: people.get(key)?.home ?? trusted.flatMap(({ named }) => named.newestWithPage?.person.url ?? [])[0] ?? null,
      bio: people.get(key)?.bio ?? null,
      entries,
      newest,
      feeds: [...feeds].sort(([a, n], [b, m]) => m - n || compareText(a, b)).map(([feed]) => feed),
      /** The feeds that give name, page and picture of the author, the one with most of their entries first. */
      trustedFeeds: trusted.map(({ feed, isOwn }) => ({ feed, isOwn })),
    };
  });
  return { authors, slugOf: (name: string) => slugs.get(keyOf(name)) as string };
}

/** An author in the entries of one feed. */
interface AuthorInFeed {
  entries: number;
  firstSeen: string;
  /** Their name in the newest entry; the first of two entries of one date. */
  newest: { person: Person; published: string };
  /** The same among the entries that link to a page of the author that is not lost. */
  newestWithPage: { person: Person; published: string } | null;
}

type AuthorByFeed = Map<string, AuthorInFeed>;

function addCredit(
  byFeed: AuthorByFeed,
  person: Person,
  { feed, published, firstSeen }: Pick<EntryMetadata, 'feed' | 'published' | 'firstSeen'>,
  isLost: (page: string) => boolean,
): void {
  const newest = { person, published };
  const named = byFeed.get(feed) ?? { entries: 0, firstSeen, newest, newestWithPage: null };
  byFeed.set(feed, named);
  named.entries++;
  if (firstSeen < named.firstSeen) named.firstSeen = firstSeen;
  if (published > named.newest.published) named.newest = newest;
  const isNewest = named.newestWithPage === null || published > named.newestWithPage.published;
  if (person.url && isNewest && !isLost(person.url)) named.newestWithPage = newest;
}

/** The least share of its main author in a feed. A few guests in a blog are not taken for its author. */
const NEARLY_ALL = 0.9;

/**
 * The feeds that give name, page and picture of an author: that with most of their entries, then feeds that are their
 * own. Anybody can write a post in another's name.
 *
 * @param authorsIn the number of authors in all entries of a feed
 */
function trustedFeeds(byFeed: AuthorByFeed, authorsIn: ReadonlyMap<string, number>) {
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
