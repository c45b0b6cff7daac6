import slugify from '@sindresorhus/slugify';
import { type AuthorByFeed, addCredit, trustedFeeds } from './author-feeds.ts';
import { creditOf } from './credit.ts';
import type { EntryMetadata, Person } from './entry.ts';
import type { FeedStates } from './feed-state.ts';
import { type AuthorSettings, nameKey } from './name-lists.ts';
import type { Occurrence } from './occurrences.ts';
import type { Planet } from './planet.ts';
import type { AuthorRecord } from './records.ts';
import { compareText } from './text-order.ts';

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

/** Names without their own page: the aliases in `planet.yaml`, and names that a feed has replaced. */
export function formerNames(
  followed: readonly Occurrence[],
  planet: Planet,
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
  return [...aliases, ...replaced.map(([name, former]) => ({ name, ...former }))];
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
  const seen = new Map([...replaced].map(([key, { firstSeen }]) => [key, { name: key, firstSeen }]));
  for (const { entry, credit } of all)
    for (const { name } of credit.authors)
      if (entry.firstSeen < (seen.get(keyOf(name))?.firstSeen ?? LATEST))
        seen.set(keyOf(name), { name, firstSeen: entry.firstSeen });
  const slugs = slugsByKey(seen);
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

const LATEST = '9999';

/**
 * Assigns slugs in the order of `firstSeen`, so that a new author never gets the published address of another. They are
 * made from names as first seen: keys of older versions had invisible characters.
 */
function slugsByKey(seen: ReadonlyMap<string, { name: string; firstSeen: string }>): Map<string, string> {
  const inOrder = [...seen].sort(
    ([a, one], [b, other]) => compareText(one.firstSeen, other.firstSeen) || compareText(a, b),
  );
  const slugs = new Map<string, string>();
  const taken = new Set<string>();
  const lowestFree = new Map<string, number>();
  for (const [key, { name }] of inOrder) {
    const plain = plainSlug(name);
    let [slug, number] = [plain, lowestFree.get(plain) ?? 2];
    for (; taken.has(slug); number++) slug = `${plain}-${number}`;
    lowestFree.set(plain, number);
    taken.add(slug);
    slugs.set(key, slug);
  }
  return slugs;
}

/** The slug of a name, before a number makes it unique. */
function plainSlug(name: string): string {
  const key = name.normalize('NFKC').toLowerCase();
  return shortened(slugify(key) || spelled(key));
}

/** The letters of a name that `slugify` cannot write in Latin letters. Browsers percent-encode them in links. */
function spelled(key: string): string {
  return key.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'author';
}

/** Bytes. File systems allow 255 for the name of a folder, and a number may follow the slug. */
const LONGEST_SLUG = 200;

function shortened(slug: string): string {
  const bytes = new TextEncoder().encode(slug);
  if (bytes.length <= LONGEST_SLUG) return slug;
  // With `stream`, the decoder drops a character that was cut.
  return new TextDecoder().decode(bytes.subarray(0, LONGEST_SLUG), { stream: true }).replace(/-$/, '');
}

/** Groups items, in their order, by the first letter of their names (Émile is under E, with Emma); others are under `#`. */
export function byInitial<T extends { name: string }>(items: readonly T[]): { initial: string; list: T[] }[] {
  const initialOf = ({ name }: T) => /^\p{L}/u.exec(name.normalize('NFKD'))?.[0].toUpperCase() ?? '#';
  return [...Map.groupBy(items, initialOf)].map(([initial, list]) => ({ initial, list }));
}
