import slugify from '@sindresorhus/slugify';
import type { EntryHead, Person } from '../model/entry.ts';
import type { AuthorRecord } from '../model/site.ts';

/** One entry and the people it is credited to. */
export interface Credited {
  entry: Pick<EntryHead, 'feed' | 'published' | 'firstSeen'>;
  authors: readonly Person[];
}

/** Everyone who is credited with an entry, and the slug of each name as written. */
export function collectAuthors(credited: readonly Credited[]): {
  authors: AuthorRecord[];
  slugOf: (name: string) => string;
} {
  const works = new Map<string, { person: Person; entry: Credited['entry'] }[]>();
  for (const { entry, authors } of credited) {
    for (const person of authors) {
      const key = keyOf(person.name);
      const known = works.get(key);
      if (known) known.push({ person, entry });
      else works.set(key, [{ person, entry }]);
    }
  }
  const slugs = slugsByKey(works);
  const authors = [...works].map(([key, list]) => describe(slugs.get(key) as string, list));
  return { authors, slugOf: (name) => slugs.get(keyOf(name)) as string };
}

/** Names that differ in case, spacing or Unicode form only are one name. */
function keyOf(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
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
    const plain = slugify(key) || spelled(key);
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

function describe(slug: string, list: { person: Person; entry: Credited['entry'] }[]): AuthorRecord {
  const newestFirst = [...list].sort((a, b) => compare(b.entry.published, a.entry.published));
  const counts = new Map<string, number>();
  for (const { entry } of list) counts.set(entry.feed, (counts.get(entry.feed) ?? 0) + 1);
  const [newest] = newestFirst;
  return {
    slug,
    name: newest?.person.name ?? slug,
    url: newestFirst.find(({ person }) => person.url)?.person.url ?? null,
    entries: list.length,
    newest: newest?.entry.published ?? '',
    feeds: [...counts].sort(([a, n], [b, m]) => m - n || compare(a, b)).map(([feed]) => feed),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
