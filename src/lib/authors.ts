import slugify from '@sindresorhus/slugify';
import type { EntryHead, Person } from '../model/entry.ts';
import type { AuthorConfig } from '../model/planet.ts';
import type { AuthorRecord } from '../model/site.ts';
import { compare } from './compare.ts';
import { nameKey, type People } from './names.ts';

/** One entry, the people it is credited to, and the other feeds that carried it. */
export interface Credited {
  entry: Pick<EntryHead, 'feed' | 'published' | 'firstSeen'>;
  credit: { authors: readonly Person[] };
  via: readonly string[];
}

interface Work extends Omit<Credited, 'credit'> {
  person: Person;
}

/** Everyone who is credited with an entry, and the slug of each name as written. */
export function collectAuthors(
  credited: readonly Credited[],
  people: People = new Map(),
): {
  authors: AuthorRecord[];
  slugOf: (name: string) => string;
} {
  const works = new Map<string, Work[]>();
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
      if (known) known.push({ person, entry, via });
      else works.set(key, [{ person, entry, via }]);
    }
  }
  const slugs = slugsByKey(works);
  const authors = [...works].map(([key, list]) => describe(slugs.get(key) as string, list, people.get(key)));
  return { authors, slugOf: (name) => slugs.get(keyOf(name)) as string };
}

/** First come, first served, by first sight: a newcomer of the same slug never takes a published address over. */
function slugsByKey(works: ReadonlyMap<string, { entry: Credited['entry'] }[]>): Map<string, string> {
  const firstSeen = (list: { entry: Credited['entry'] }[]) =>
    list.reduce((first, { entry }) => (entry.firstSeen < first ? entry.firstSeen : first), '9');
  const inOrder = [...works]
    .map(([key, list]) => ({ key, seen: firstSeen(list) }))
    .sort((a, b) => compare(a.seen, b.seen) || compare(a.key, b.key));
  const slugs = new Map<string, string>();
  const taken = new Set<string>();
  for (const { key } of inOrder) {
    const plain = fitting(slugify(key) || spelled(key));
    let slug = plain;
    for (let number = 2; taken.has(slug); number++) slug = `${plain}-${number}`;
    taken.add(slug);
    slugs.set(key, slug);
  }
  return slugs;
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

function describe(slug: string, list: readonly Work[], told: AuthorConfig | undefined): AuthorRecord {
  const newest = newestOf(list);
  const linked = newestOf(list.filter(({ person }) => person.url));
  const counts = new Map<string, number>();
  for (const { entry, via } of list)
    for (const feed of [entry.feed, ...via]) counts.set(feed, (counts.get(feed) ?? 0) + 1);
  return {
    slug,
    name: newest?.person.name ?? slug,
    url: linked?.person.url ?? null,
    avatar: told?.avatar ?? null,
    bio: told?.bio ?? null,
    entries: list.length,
    newest: newest?.entry.published ?? '',
    feeds: [...counts].sort(([a, n], [b, m]) => m - n || compare(a, b)).map(([feed]) => feed),
  };
}

/** Of two as new as each other, the first. */
function newestOf(works: readonly Work[]): Work | undefined {
  let newest = works[0];
  for (const work of works) if (newest && work.entry.published > newest.entry.published) newest = work;
  return newest;
}
