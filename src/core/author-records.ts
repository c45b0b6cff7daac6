import { type AuthorByFeed, addCredit, trustedFeeds } from './author-feeds.ts';
import { plainSlug, slugsByKey } from './author-slugs.ts';
import { creditOf, splitTitle } from './credit.ts';
import type { EntryMetadata, Person } from './entry.ts';
import type { FeedStates } from './feed-state.ts';
import { type AuthorSettings, nameKey } from './name-lists.ts';
import type { Planet } from './planet.ts';
import type { AuthorRecord } from './records.ts';
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

export interface CollectedAuthor extends Omit<AuthorRecord, 'avatar'> {
  /** The feeds that give name, page and picture, the one with most of their entries first. */
  trustedFeeds: { feed: string; isOwn: boolean }[];
}

/** A name that an author page had before. Its slug still leads to the author. */
export interface FormerName {
  name: string;
  /** The name that replaced it. */
  now: string;
  /** The earliest `firstSeen` of its entries; null if no entry has the name any more. */
  firstSeen: string | null;
}

/** Names without their own page: the aliases in `planet.yaml`, names that a feed has replaced, and joint names. */
export function formerNames(
  followed: readonly { entry: Pick<EntryMetadata, 'feed' | 'title' | 'authors' | 'firstSeen'> }[],
  planet: Pick<Planet, 'feeds' | 'authors'>,
  people: AuthorSettings,
  states: FeedStates,
): FormerName[] {
  const firstSeen = new Map<string, string>();
  const feedById = new Map(planet.feeds.map((feed) => [feed.id, feed]));
  for (const { entry } of people.size === 0 ? [] : followed) {
    const feed = feedById.get(entry.feed);
    for (const { name } of feed ? creditOf(entry, feed).authors : []) {
      const key = nameKey(name);
      const earliest = firstSeen.get(key);
      if (people.has(key) && (earliest === undefined || entry.firstSeen < earliest))
        firstSeen.set(key, entry.firstSeen);
    }
  }
  const aliases = planet.authors.flatMap(({ name: now, aliases }) =>
    aliases.map((name) => ({ name, now, firstSeen: firstSeen.get(nameKey(name)) ?? null })),
  );
  const replaced = planet.feeds.flatMap(({ id }) => Object.entries(states[id]?.formerAuthors ?? {}));
  // In older versions the authors of `Ada and Grace: Title` were one.
  const joint = followed.flatMap(({ entry }) => {
    const feed = entry.authors.length > 1 ? feedById.get(entry.feed) : undefined;
    const { title, authors } = feed === undefined ? entry : creditOf(entry, feed);
    const [first, second] = authors;
    const name = second === undefined || title === entry.title ? undefined : splitTitle(entry.title)?.name;
    return first && name !== undefined ? [{ name, now: first.name, firstSeen: entry.firstSeen }] : [];
  });
  return [...aliases, ...replaced.map(([name, former]) => ({ name, ...former })), ...joint];
}

/** The authors of the shown entries, and a function from a name, as written, to its slug. `all` has hidden entries too: authors keep their slugs. */
export function collectAuthors(
  credited: readonly CreditedEntry[],
  people: AuthorSettings = new Map(),
  former: readonly FormerName[] = [],
  all: readonly Pick<CreditedEntry, 'entry' | 'credit'>[] = credited,
): {
  authors: CollectedAuthor[];
  slugOf: (name: string) => string;
} {
  const collected = new Map<string, Collected>();
  const authorsIn = new Map<string, number>();
  const keys = new Map<string, string>();
  const keyOf = (name: string) => {
    const key = keys.get(name) ?? nameKey(name);
    keys.set(name, key);
    return key;
  };
  for (const { entry, credit, via } of credited) {
    for (const person of credit.authors) {
      const key = keyOf(person.name);
      const author = collected.get(key) ?? { newest: '', entries: 0, feeds: new Map(), byFeed: new Map() };
      collected.set(key, author);
      author.entries++;
      if (entry.published > author.newest) author.newest = entry.published;
      addCredit(author.byFeed, person, entry);
      authorsIn.set(entry.feed, (authorsIn.get(entry.feed) ?? 0) + 1);
      for (const feed of [entry.feed, ...via]) author.feeds.set(feed, (author.feeds.get(feed) ?? 0) + 1);
    }
  }
  const replaced = replacedKeys(collected, people, former);
  const earliest = new Map<string, string>();
  for (const { entry, credit } of all)
    for (const { name } of credit.authors)
      if (entry.firstSeen < (earliest.get(name) ?? LATEST)) {
        // Of spellings that were seen at once, the one that stands first in the archive is first.
        earliest.delete(name);
        earliest.set(name, entry.firstSeen);
      }
  const spellings = new Map([...earliest].sort(([, a], [, b]) => compareText(a, b)));
  const seen = new Map([...replaced].map(([key, { firstSeen }]) => [key, { name: key, firstSeen }]));
  for (const [name, firstSeen] of spellings)
    if (firstSeen < (seen.get(keyOf(name))?.firstSeen ?? LATEST)) seen.set(keyOf(name), { name, firstSeen });
  for (const [name, { now, firstSeen }] of otherSpellings(spellings, seen, keyOf)) {
    replaced.set(name, { now, firstSeen });
    seen.set(name, { name, firstSeen });
  }
  const slugs = slugsByKey(seen);
  for (const [hidden, now] of namesakes(slugs, seen, collected))
    if (!replaced.has(hidden)) replaced.set(hidden, { now, firstSeen: LATEST });
  const formerKeys = Map.groupBy(replaced.keys(), (key) => replaced.get(key)?.now);
  const authors = [...collected].map(([key, { newest, entries, feeds, byFeed }]) => {
    const trusted = trustedFeeds(byFeed, authorsIn);
    return {
      slug: slugs.get(key) as string,
      formerly: (formerKeys.get(key) ?? []).map((former) => slugs.get(former) as string).sort(),
      name: trusted[0]?.named.newest.person.name ?? key,
      url: trusted.find(({ named }) => named.newestWithPage)?.named.newestWithPage?.person.url ?? null,
      bio: people.get(key)?.bio ?? null,
      entries,
      newest,
      feeds: [...feeds].sort(([a, n], [b, m]) => m - n || compareText(a, b)).map(([feed]) => feed),
      trustedFeeds: trusted.map(({ feed, isOwn }) => ({ feed, isOwn })),
    };
  });
  return { authors, slugOf: (name) => slugs.get(keyOf(name)) as string };
}

/** Former key → key of the author now. They keep their slugs: no new author gets an address that was published. */
function replacedKeys(
  collected: ReadonlyMap<string, Collected>,
  people: AuthorSettings,
  former: readonly FormerName[],
): Map<string, { now: string; firstSeen: string }> {
  const byKey = Map.groupBy(former, ({ name }) => nameKey(name));
  const entriesOf = (key: string) => collected.get(key)?.entries ?? 0;
  /** Follows a chain of renames to its end; if it forks, to the author with the most entries. Looks up each name once. */
  const follow = (former: string): string | undefined => {
    const names = new Set([former]);
    for (const name of names)
      for (const { now } of collected.has(name) ? [] : (byKey.get(name) ?? []))
        names.add(nameKey(people.get(nameKey(now))?.name ?? now));
    const found = [...names].filter((name) => collected.has(name));
    return found.sort((a, b) => entriesOf(b) - entriesOf(a) || compareText(a, b))[0];
  };
  const replaced = new Map<string, { now: string; firstSeen: string }>();
  for (const [key, list] of byKey) {
    const now = follow(key);
    // The same slug is the same page.
    if (now === undefined || plainSlug(now) === plainSlug(key)) continue;
    const [firstSeen = LATEST] = list.flatMap((former) => former.firstSeen ?? []).sort();
    replaced.set(key, { now, firstSeen });
  }
  return replaced;
}

type Seen = ReadonlyMap<string, { name: string; firstSeen: string }>;

/** Spellings with another slug than that of their author. Older versions had an author for each: `Ada` with a soft hyphen. */
function otherSpellings(spellings: ReadonlyMap<string, string>, seen: Seen, keyOf: (name: string) => string) {
  const found = new Map<string, { now: string; firstSeen: string }>();
  const known = new Set<string>();
  for (const [name, firstSeen] of spellings) {
    const now = keyOf(name);
    const first = seen.get(now)?.name ?? name;
    if (name === first || seen.has(name)) continue;
    const slug = plainSlug(name);
    const page = `${now}\n${slug}`;
    if (slug !== plainSlug(first) && !known.has(page)) found.set(name, { now, firstSeen });
    known.add(page);
  }
  return found;
}

/** Hidden author → shown author of the same slug. If one run saw both first, older versions gave that slug to the shown one. */
function namesakes(slugs: ReadonlyMap<string, string>, seen: Seen, collected: ReadonlyMap<string, unknown>) {
  const keyBySlug = new Map([...slugs].map(([key, slug]) => [slug, key]));
  return [...seen].flatMap(([hidden, { firstSeen }]): [string, string][] => {
    const now = collected.has(hidden) ? undefined : keyBySlug.get(`${slugs.get(hidden)}-2`);
    const other = now === undefined ? undefined : seen.get(now);
    if (now === undefined || !collected.has(now) || other?.firstSeen !== firstSeen) return [];
    return plainSlug(other.name) === slugs.get(hidden) ? [[hidden, now]] : [];
  });
}

const LATEST = '9999';
