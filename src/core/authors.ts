import slugify from '@sindresorhus/slugify';
import type { EntryMetadata, Person } from './entry.ts';
import { nameKey, type People } from './name-lists.ts';
import { compareText } from './periods.ts';
import type { AuthorConfig } from './planet.ts';
import type { AuthorRecord } from './records.ts';

/** One entry, the people it is credited to, and the other feeds that carried it. */
export interface Credited {
  entry: Pick<EntryMetadata, 'feed' | 'published' | 'firstSeen'>;
  credit: { authors: readonly Person[] };
  via: readonly string[];
}

/** What is known of someone when their entries were looked through once. */
interface Work {
  /** As they were called in the newest entry; of two as new, in the first. */
  newest: { person: Person; published: string };
  /** The same of the entries that name a page of theirs. */
  linked: { person: Person; published: string } | null;
  /** When their first entry was first seen. */
  firstSeen: string;
  entries: number;
  /** How many of them came by each feed. */
  feeds: Map<string, number>;
}

/** A name under which somebody was shown before: their page had its slug. */
export interface Former {
  name: string;
  /** The name that they are shown under instead, or that took its place in a feed. */
  now: string;
  /** When its first entry was first seen; null where no entry has the name any more and nobody knows. */
  firstSeen: string | null;
}

/** Everyone who is credited with an entry, and the slug of each name as written. */
export function collectAuthors(
  credited: readonly Credited[],
  people: People = new Map(),
  formers: readonly Former[] = [],
): {
  authors: Omit<AuthorRecord, 'avatar'>[];
  slugOf: (name: string) => string;
} {
  const works = new Map<string, Work>();
  const keys = new Map<string, string>();
  const keyOf = (name: string) => {
    const key = keys.get(name) ?? nameKey(name);
    keys.set(name, key);
    return key;
  };
  for (const { entry, credit, via } of credited) {
    for (const person of credit.authors) {
      const key = keyOf(person.name);
      const known = works.get(key);
      const work = known ?? begin(person, entry);
      if (known === undefined) works.set(key, work);
      else include(known, person, entry);
      count(work.feeds, entry.feed);
      for (const feed of via) count(work.feeds, feed);
    }
  }
  const moved = movedKeys(works, people, formers);
  const slugs = slugsByKey(new Map<string, { firstSeen: string }>([...works, ...moved]));
  const formerly = Map.groupBy(moved.keys(), (key) => moved.get(key)?.now);
  const authors = [...works].map(([key, work]) => {
    const former = (formerly.get(key) ?? []).map((old) => slugs.get(old) as string).sort(compareText);
    return describe(slugs.get(key) as string, former, work, people.get(key));
  });
  return { authors, slugOf: (name) => slugs.get(keyOf(name)) as string };
}

/**
 * Names that nobody is shown under any more, each with the key of who is shown instead. They keep their slugs: whose name
 * is spelt alike does not get the address of another.
 */
function movedKeys(
  works: ReadonlyMap<string, Work>,
  people: People,
  formers: readonly Former[],
): Map<string, { now: string; firstSeen: string }> {
  const byKey = Map.groupBy(formers, ({ name }) => nameKey(name));
  const follow = (name: string, seen: ReadonlySet<string>): string | null => {
    const key = nameKey(people.get(nameKey(name))?.name ?? name);
    if (works.has(key)) return key;
    if (seen.has(key)) return null;
    return mostOf((byKey.get(key) ?? []).map(({ now }) => follow(now, new Set([...seen, key]))));
  };
  const mostOf = (keys: readonly (string | null)[]) =>
    keys
      .filter((key) => key !== null)
      .sort((a, b) => (works.get(b)?.entries ?? 0) - (works.get(a)?.entries ?? 0) || compareText(a, b))[0] ?? null;
  const moved = new Map<string, { now: string; firstSeen: string }>();
  for (const [key, list] of byKey) {
    const now = works.has(key) ? null : mostOf(list.map((former) => follow(former.now, new Set([key]))));
    // Spelt alike, it has the very same page.
    if (now === null || plainSlug(now) === plainSlug(key)) continue;
    const [firstSeen = LATEST] = list.flatMap((former) => former.firstSeen ?? []).sort(compareText);
    moved.set(key, { now, firstSeen });
  }
  return moved;
}

/** After every moment. */
const LATEST = '9999';

function begin(person: Person, { published, firstSeen }: Credited['entry']): Work {
  const newest = { person, published };
  return { newest, linked: person.url ? newest : null, firstSeen, entries: 1, feeds: new Map() };
}

function include(work: Work, person: Person, { published, firstSeen }: Credited['entry']): void {
  work.entries++;
  if (firstSeen < work.firstSeen) work.firstSeen = firstSeen;
  if (published > work.newest.published) work.newest = { person, published };
  if (person.url && (work.linked === null || published > work.linked.published)) work.linked = { person, published };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** First come, first served, by first sight: a newcomer of the same slug never takes a published address over. */
function slugsByKey(works: ReadonlyMap<string, Pick<Work, 'firstSeen'>>): Map<string, string> {
  const inOrder = [...works]
    .map(([key, { firstSeen }]) => ({ key, seen: firstSeen }))
    .sort((a, b) => compareText(a.seen, b.seen) || compareText(a.key, b.key));
  const slugs = new Map<string, string>();
  const taken = new Set<string>();
  for (const { key } of inOrder) {
    const plain = plainSlug(key);
    let slug = plain;
    for (let number = 2; taken.has(slug); number++) slug = `${plain}-${number}`;
    taken.add(slug);
    slugs.set(key, slug);
  }
  return slugs;
}

function plainSlug(key: string): string {
  return fitting(slugify(key) || spelled(key));
}

/** For scripts that have no Latin spelling here: the letters themselves, percent-encoded in links by the browser. */
function spelled(key: string): string {
  return key.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'author';
}

/** Bytes. A folder's name has 255 at the most, and a number may follow. */
const LONGEST_SLUG = 200;

/** Strangers' names are of any length: what is no name for a folder would end the build. */
function fitting(slug: string): string {
  const bytes = new TextEncoder().encode(slug);
  if (bytes.length <= LONGEST_SLUG) return slug;
  // As a stream, so that a letter that was cut in two is left out.
  return new TextDecoder().decode(bytes.subarray(0, LONGEST_SLUG), { stream: true }).replace(/-$/, '');
}

function describe(
  slug: string,
  formerly: string[],
  work: Work,
  told: AuthorConfig | undefined,
): Omit<AuthorRecord, 'avatar'> {
  return {
    slug,
    formerly,
    name: work.newest.person.name,
    url: work.linked?.person.url ?? null,
    bio: told?.bio ?? null,
    entries: work.entries,
    newest: work.newest.published,
    feeds: [...work.feeds].sort(([a, n], [b, m]) => m - n || compareText(a, b)).map(([feed]) => feed),
  };
}

/** Named things under their first letters, in the order they come in; what begins with no letter stands under `#`. */
export function byInitial<T extends { name: string }>(things: readonly T[]): { initial: string; list: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const initial = initialOf(thing.name);
    const list = groups.get(initial);
    if (list) list.push(thing);
    else groups.set(initial, [thing]);
  }
  return [...groups].map(([initial, list]) => ({ initial, list }));
}

/** Without its accents, so that Émile stands with Emma. */
function initialOf(name: string): string {
  const [first = ''] = name.normalize('NFKD');
  return /\p{L}/u.test(first) ? first.toUpperCase() : '#';
}
