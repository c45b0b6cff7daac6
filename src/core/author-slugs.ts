import slugify from '@sindresorhus/slugify';
import { loweredLine, visibleForm } from './clean-text.ts';
import { creditOf, splitTitle } from './credit.ts';
import type { EntryMetadata, Person } from './entry.ts';
import type { FeedStates } from './feed-state.ts';
import { type AuthorSettings, nameKey, shownName } from './name-lists.ts';
import type { Planet } from './planet.ts';
import { compareText } from './text.ts';

type Collected = ReadonlyMap<string, { entries: number }>;
type Credited = { entry: Pick<EntryMetadata, 'firstSeen'>; credit: { authors: readonly Person[] } };

/** The slugs of authors by their keys, former keys included, and the former keys of each author. */
export function assignSlugs(
  collected: Collected,
  all: readonly Credited[],
  people: AuthorSettings,
  former: readonly FormerName[],
) {
  const replaced = replacedKeys(collected, people, former);
  // Spellings of a present author that no entry has any more, first: `Roe and Co` for `Roe und Co`.
  const respelled = former.filter(
    ({ name, now }) => nameKey(name) === nameKey(now) && plainSlug(name) !== plainSlug(now),
  );
  const earliest = new Map(respelled.map(({ name, firstSeen }) => [name, firstSeen ?? LATEST]));
  for (const { entry, credit } of all)
    for (const { name } of credit.authors)
      if (entry.firstSeen < (earliest.get(name) ?? LATEST)) {
        // Of spellings that were seen at once, the one that stands first in the archive is first.
        earliest.delete(name);
        earliest.set(name, entry.firstSeen);
      }
  const spellings = new Map([...earliest].sort(([, a], [, b]) => compareText(a, b)));
  const seen = new Map([...replaced].map(([key, { name, firstSeen }]) => [key, { name, firstSeen }]));
  for (const [name, firstSeen] of spellings)
    if (firstSeen < (seen.get(nameKey(name))?.firstSeen ?? LATEST)) seen.set(nameKey(name), { name, firstSeen });
  for (const [name, { now, firstSeen }] of otherSpellings(spellings, seen)) {
    replaced.set(name, { name, now, firstSeen });
    seen.set(name, { name, firstSeen });
  }
  const slugs = slugsByKey(seen);
  for (const [hidden, now] of namesakes(slugs, seen, collected))
    if (!replaced.has(hidden)) replaced.set(hidden, { name: hidden, now, firstSeen: LATEST });
  const formerKeys = Map.groupBy(replaced.keys(), (key) => replaced.get(key)?.now);
  return { slugs, formerKeys };
}

/** The key that older versions made of a name, with its apostrophes and its word for "and". */
export function formerKey(name: string): string {
  return loweredLine(visibleForm(name));
}

/**
 * Assigns slugs in the order of `firstSeen`, so that a new author never gets the published address of another. They are
 * made from names as first seen: keys of older versions had invisible characters.
 */
function slugsByKey(seen: ReadonlyMap<string, { name: string; firstSeen: string }>): Map<string, string> {
  const inOrder = [...seen]
    .map(([key, { name, firstSeen }]) => ({ key, name, firstSeen, former: formerKey(name) }))
    .sort((a, b) => compareText(a.firstSeen, b.firstSeen) || compareText(a.former, b.former));
  const slugs = new Map<string, string>();
  const taken = new Set<string>();
  const lowestFree = new Map<string, number>();
  for (const { key, name } of inOrder) {
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

const LATEST = '9999';

/** Former key → key of the author now. They keep their slugs: no new author gets an address that was published. */
function replacedKeys(
  collected: Collected,
  people: AuthorSettings,
  former: readonly FormerName[],
): Map<string, { name: string; now: string; firstSeen: string }> {
  const byKey = Map.groupBy(former, ({ name }) => nameKey(name));
  const entriesOf = (key: string) => collected.get(key)?.entries ?? 0;
  /** Follows a chain of renames to its end; if it forks, to the author with the most entries. Looks up each name once. */
  const follow = (former: string): string | undefined => {
    const names = new Set([former]);
    for (const name of names)
      for (const { now } of collected.has(name) ? [] : (byKey.get(name) ?? []))
        names.add(nameKey(shownName(now, people)));
    const found = [...names].filter((name) => collected.has(name));
    return found.sort((a, b) => entriesOf(b) - entriesOf(a) || compareText(a, b))[0];
  };
  const replaced: ReturnType<typeof replacedKeys> = new Map();
  for (const [key, list] of byKey) {
    const [now, name] = [follow(key), formerKey(list[0]?.name ?? key)];
    // The same slug is the same page.
    if (now === undefined || now === key || plainSlug(now) === plainSlug(name)) continue;
    const [firstSeen = LATEST] = list.flatMap((former) => former.firstSeen ?? []).sort();
    replaced.set(key, { name, now, firstSeen });
  }
  return replaced;
}

type Seen = ReadonlyMap<string, { name: string; firstSeen: string }>;

/** Spellings with another slug or sign than those of their author: older versions made an author of each, as of `Ada` with a soft hyphen, or `O’Neill`. */
function otherSpellings(spellings: ReadonlyMap<string, string>, seen: Seen) {
  const found = new Map<string, { now: string; firstSeen: string }>();
  const pages = new Set<string>();
  const pageOf = (name: string) => `${formerKey(name)}\n${plainSlug(name)}`;
  for (const [name, firstSeen] of spellings) {
    const now = nameKey(name);
    const first = seen.get(now)?.name ?? name;
    // No key ends in a space: one of its own for a spelling that is the author's key.
    const key = name === now ? `${name} ` : name;
    if (name === first || seen.has(key)) continue;
    const page = pageOf(name);
    if (page !== pageOf(first) && !pages.has(page)) found.set(key, { now, firstSeen });
    pages.add(page);
  }
  return found;
}

/** Hidden authors whose slug older versions gave to a shown author with the same plain slug, as one run saw both first; each with that author. */
function namesakes(slugs: ReadonlyMap<string, string>, seen: Seen, collected: Collected) {
  const keyBySlug = new Map([...slugs].map(([key, slug]) => [slug, key]));
  return [...seen].flatMap(([hidden, { firstSeen }]): [string, string][] => {
    const now = collected.has(hidden) ? undefined : keyBySlug.get(`${slugs.get(hidden)}-2`);
    const other = now === undefined ? undefined : seen.get(now);
    if (now === undefined || !collected.has(now) || other?.firstSeen !== firstSeen) return [];
    return plainSlug(other.name) === slugs.get(hidden) ? [[hidden, now]] : [];
  });
}
