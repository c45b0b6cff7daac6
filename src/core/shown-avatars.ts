import { avatarKey } from './avatars.ts';
import type { Avatar } from './feed-state.ts';
import { nameKey, type People } from './name-lists.ts';
import type { FeedConfig } from './planet.ts';
import { isOnWeb } from './planet-values.ts';
import type { AuthorRecord, EntrySummary } from './records.ts';

/** An operator's file below `/avatars/`, the hash of a picture that the snapshot keeps, or null. */
export interface ShownAvatars {
  feeds: ReadonlyMap<string, string | null>;
  authors: ReadonlyMap<string, string | null>;
  /** Paths of the operator's files in the operator's folder, by their names below `/avatars/`. */
  files: ReadonlyMap<string, string>;
}

interface Shown {
  feeds: readonly Pick<FeedConfig, 'id' | 'avatar'>[];
  authors: readonly Pick<AuthorRecord, 'slug' | 'name' | 'feeds'>[];
  entries: readonly Pick<EntrySummary, 'feed' | 'credit'>[];
  people: People;
  /** The pictures with both of their files. */
  avatars: readonly Avatar[];
}

/** The picture in `planet.yaml` comes first, then the author's own, then that of a feed with this main author. */
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

/** The least share of a main author. A few guests in a blog do not get its picture, and do not take it from its author. */
const NEARLY_ALL = 0.9;

function mainAuthors(entries: Shown['entries']): Map<string, string> {
  const main = new Map<string, string>();
  for (const [feed, ofFeed] of Map.groupBy(entries, ({ feed }) => feed)) {
    const slugs = ofFeed.flatMap(({ credit }) => credit.authors);
    for (const [slug, { length }] of Map.groupBy(slugs, String))
      if (length >= NEARLY_ALL * slugs.length) main.set(feed, slug);
  }
  return main;
}
