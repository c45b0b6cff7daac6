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

/** Everyone who is credited with an entry, and the slug of each name as written. */
export function collectAuthors(
  credited: readonly Credited[],
  people: People = new Map(),
): {
  authors: AuthorRecord[];
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
  const slugs = slugsByKey(works);
  const authors = [...works].map(([key, work]) => describe(slugs.get(key) as string, work, people.get(key)));
  return { authors, slugOf: (name) => slugs.get(keyOf(name)) as string };
}

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

function describe(slug: string, work: Work, told: AuthorConfig | undefined): AuthorRecord {
  return {
    slug,
    name: work.newest.person.name,
    url: work.linked?.person.url ?? null,
    avatar: told?.avatar ?? null,
    bio: told?.bio ?? null,
    entries: work.entries,
    newest: work.newest.published,
    feeds: [...work.feeds].sort(([a, n], [b, m]) => m - n || compare(a, b)).map(([feed]) => feed),
  };
}
