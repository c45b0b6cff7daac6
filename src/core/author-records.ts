import slugify from '@sindresorhus/slugify';
import type { EntryMetadata, Person } from './entry.ts';
import { nameKey, type People } from './name-lists.ts';
import { compareText } from './periods.ts';
import type { AuthorConfig } from './planet.ts';
import type { AuthorRecord } from './records.ts';

/** An entry, its authors, and the other feeds that carried it. */
export interface Credited {
  entry: Pick<EntryMetadata, 'feed' | 'published' | 'firstSeen'>;
  credit: { authors: readonly Person[] };
  via: readonly string[];
}

/** The data of one author, collected from their entries. */
interface Collected {
  /** The author as the newest entry names them; of two entries of one date, the first. */
  newest: { person: Person; published: string };
  /** The same among the entries that link to a page of the author. */
  linked: { person: Person; published: string } | null;
  /** The earliest `firstSeen` of their entries. */
  firstSeen: string;
  entries: number;
  /** The number of entries by feed id. */
  feeds: Map<string, number>;
}

/** A name that an author page had before. Its slug still leads to the author. */
export interface FormerName {
  name: string;
  /** The name that replaced it. */
  now: string;
  /** The earliest `firstSeen` of its entries; null if no entry has the name any more. */
  firstSeen: string | null;
}

/** Returns the records of all authors, and a function from a name, as written, to its slug. */
export function collectAuthors(
  credited: readonly Credited[],
  people: People = new Map(),
  formers: readonly FormerName[] = [],
): {
  authors: Omit<AuthorRecord, 'avatar'>[];
  slugOf: (name: string) => string;
} {
  const collected = new Map<string, Collected>();
  const keys = new Map<string, string>();
  const keyOf = (name: string) => {
    const key = keys.get(name) ?? nameKey(name);
    keys.set(name, key);
    return key;
  };
  for (const { entry, credit, via } of credited) {
    for (const person of credit.authors) {
      const key = keyOf(person.name);
      const existing = collected.get(key);
      const author = existing ?? begin(person, entry);
      if (existing === undefined) collected.set(key, author);
      else include(existing, person, entry);
      count(author.feeds, entry.feed);
      for (const feed of via) count(author.feeds, feed);
    }
  }
  const replaced = replacedKeys(collected, people, formers);
  const slugs = slugsByKey(new Map<string, { firstSeen: string }>([...collected, ...replaced]));
  const formerKeys = Map.groupBy(replaced.keys(), (key) => replaced.get(key)?.now);
  const authors = [...collected].map(([key, author]) => {
    const formerly = (formerKeys.get(key) ?? []).map((former) => slugs.get(former) as string).sort(compareText);
    return recordOf(slugs.get(key) as string, formerly, author, people.get(key));
  });
  return { authors, slugOf: (name) => slugs.get(keyOf(name)) as string };
}

/**
 * The keys of former names, each with the key of the author who has its entries now. They keep their slugs, so that a new
 * author with the same slug does not get a published address.
 */
function replacedKeys(
  collected: ReadonlyMap<string, Collected>,
  people: People,
  formers: readonly FormerName[],
): Map<string, { now: string; firstSeen: string }> {
  const byKey = Map.groupBy(formers, ({ name }) => nameKey(name));
  const follow = (name: string, seen: ReadonlySet<string>): string | null => {
    const key = nameKey(people.get(nameKey(name))?.name ?? name);
    if (collected.has(key)) return key;
    if (seen.has(key)) return null;
    return mostOf((byKey.get(key) ?? []).map(({ now }) => follow(now, new Set([...seen, key]))));
  };
  const mostOf = (keys: readonly (string | null)[]) =>
    keys
      .filter((key) => key !== null)
      .sort((a, b) => (collected.get(b)?.entries ?? 0) - (collected.get(a)?.entries ?? 0) || compareText(a, b))[0] ??
    null;
  const replaced = new Map<string, { now: string; firstSeen: string }>();
  for (const [key, list] of byKey) {
    const now = collected.has(key) ? null : mostOf(list.map((former) => follow(former.now, new Set([key]))));
    // The same slug is the same page.
    if (now === null || plainSlug(now) === plainSlug(key)) continue;
    const [firstSeen = LATEST] = list.flatMap((former) => former.firstSeen ?? []).sort(compareText);
    replaced.set(key, { now, firstSeen });
  }
  return replaced;
}

/** Later than every date. */
const LATEST = '9999';

function begin(person: Person, { published, firstSeen }: Credited['entry']): Collected {
  const newest = { person, published };
  return { newest, linked: person.url ? newest : null, firstSeen, entries: 1, feeds: new Map() };
}

function include(author: Collected, person: Person, { published, firstSeen }: Credited['entry']): void {
  author.entries++;
  if (firstSeen < author.firstSeen) author.firstSeen = firstSeen;
  if (published > author.newest.published) author.newest = { person, published };
  if (person.url && (author.linked === null || published > author.linked.published))
    author.linked = { person, published };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Gives out slugs in the order of `firstSeen`, so that a new author never gets a published address of another. */
function slugsByKey(names: ReadonlyMap<string, Pick<Collected, 'firstSeen'>>): Map<string, string> {
  const inOrder = [...names]
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

/** The letters of a name that `slugify` cannot write in Latin letters. Browsers percent-encode them in links. */
function spelled(key: string): string {
  return key.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'author';
}

/** In bytes. File systems allow 255 for the name of a folder, and a number may follow. */
const LONGEST_SLUG = 200;

/** The slug, cut to a length that a folder may have: names in feeds may have any length. */
function fitting(slug: string): string {
  const bytes = new TextEncoder().encode(slug);
  if (bytes.length <= LONGEST_SLUG) return slug;
  // With `stream`, the decoder drops a character that was cut.
  return new TextDecoder().decode(bytes.subarray(0, LONGEST_SLUG), { stream: true }).replace(/-$/, '');
}

function recordOf(
  slug: string,
  formerly: string[],
  author: Collected,
  config: AuthorConfig | undefined,
): Omit<AuthorRecord, 'avatar'> {
  return {
    slug,
    formerly,
    name: author.newest.person.name,
    url: author.linked?.person.url ?? null,
    bio: config?.bio ?? null,
    entries: author.entries,
    newest: author.newest.published,
    feeds: [...author.feeds].sort(([a, n], [b, m]) => m - n || compareText(a, b)).map(([feed]) => feed),
  };
}

/** Groups items by the first letter of their names, in their order; names that begin with another character are under `#`. */
export function byInitial<T extends { name: string }>(items: readonly T[]): { initial: string; list: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const initial = initialOf(item.name);
    const list = groups.get(initial);
    if (list) list.push(item);
    else groups.set(initial, [item]);
  }
  return [...groups].map(([initial, list]) => ({ initial, list }));
}

/** The first letter of a name, without accents (Émile is under E, with Emma); `#` if there is none. */
function initialOf(name: string): string {
  const [first = ''] = name.normalize('NFKD');
  return /\p{L}/u.test(first) ? first.toUpperCase() : '#';
}
