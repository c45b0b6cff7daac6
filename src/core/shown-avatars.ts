import { avatarKey } from './avatar-files.ts';
import type { Avatar } from './avatars.ts';
import { nameKey, type People } from './name-lists.ts';
import type { FeedConfig } from './planet.ts';
import { isOnWeb } from './planet-values.ts';
import type { AuthorRecord, EntrySummary } from './records.ts';

/**
 * Which picture stands for each feed and author: a name below `/avatars/` for a file of the operator's, the hash of one that the
 * snapshot keeps, null for none.
 */
export interface ShownAvatars {
  feeds: ReadonlyMap<string, string | null>;
  authors: ReadonlyMap<string, string | null>;
  /** The operator's files, by their names below `/avatars/`; paths in the operator's folder. */
  files: ReadonlyMap<string, string>;
}

interface Shown {
  feeds: readonly Pick<FeedConfig, 'id' | 'avatar'>[];
  authors: readonly Pick<AuthorRecord, 'slug' | 'name' | 'feeds'>[];
  entries: readonly Pick<EntrySummary, 'feed' | 'credit'>[];
  people: People;
  /** Those of which both files are kept. */
  avatars: readonly Avatar[];
}

/** What `planet.yaml` says comes first, then a picture of the author alone, then that of the feed that is as good as theirs. */
export function shownAvatars({ feeds, authors, entries, people, avatars }: Shown): ShownAvatars {
  const files = new Map<string, string>();
  const hashes = new Map(avatars.map((avatar) => [avatarKey(avatar), avatar.hash]));
  const kept = (feed: string | null, author: string | null) => hashes.get(avatarKey({ feed, author })) ?? null;
  const own = (name: string, path: string): string => {
    const file = `${name}${path.slice(path.lastIndexOf('.')).toLowerCase()}`;
    files.set(file, path);
    return file;
  };
  // The dot keeps a feed's file apart from that of an author with the same slug.
  const ofFeed = new Map(
    feeds.map(({ id, avatar }) => [
      id,
      avatar === undefined || isOnWeb(avatar) ? kept(id, null) : own(`${id}.feed`, avatar),
    ]),
  );
  const writers = mainAuthors(entries);
  const ofAuthor = authors.map(({ slug, name, feeds: through }) => {
    const alias = people.get(nameKey(name));
    if (alias?.avatar !== undefined && !isOnWeb(alias.avatar)) return [slug, own(slug, alias.avatar)] as const;
    const pictures = [
      alias === undefined ? null : kept(null, nameKey(alias.name)),
      ...through.map((id) => kept(id, nameKey(name))),
      ...through.map((id) => (writers.get(id) === slug ? (ofFeed.get(id) ?? null) : null)),
    ];
    return [slug, pictures.find((picture) => picture !== null) ?? null] as const;
  });
  return { feeds: ofFeed, authors: new Map(ofAuthor), files };
}

/** Of a blog nine posts in ten are one person's: a guest does not get the picture, and takes it from nobody. */
const NEARLY_ALL = 0.9;

/** Who writes nearly all entries of a feed, by its id. */
function mainAuthors(entries: Shown['entries']): Map<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const { feed, credit } of entries) {
    const ofFeed = counts.get(feed) ?? new Map<string, number>();
    counts.set(feed, ofFeed);
    for (const slug of credit.authors) ofFeed.set(slug, (ofFeed.get(slug) ?? 0) + 1);
  }
  return new Map(
    [...counts].flatMap(([feed, ofFeed]): [string, string][] => {
      const all = [...ofFeed.values()].reduce((sum, count) => sum + count, 0);
      const [main] = [...ofFeed].filter(([, count]) => count >= NEARLY_ALL * all);
      return main === undefined ? [] : [[feed, main[0]]];
    }),
  );
}
