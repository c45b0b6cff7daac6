import type { CollectedAuthor } from './author-records.ts';
import { avatarKey } from './avatar-files.ts';
import type { Avatar } from './avatar-row.ts';
import { type AuthorSettings, nameKey } from './name-lists.ts';
import type { FeedConfig } from './planet.ts';
import { isOnWeb } from './planet-values.ts';

/** An operator's file below `/avatars/`, the hash of a picture that the snapshot keeps, or null. */
export interface ShownAvatars {
  feeds: ReadonlyMap<string, string | null>;
  authors: ReadonlyMap<string, string | null>;
  /** Paths of the operator's files in the operator's folder, by their names below `/avatars/`. */
  files: ReadonlyMap<string, string>;
}

interface Shown {
  feeds: readonly Pick<FeedConfig, 'id' | 'avatar'>[];
  authors: readonly Pick<CollectedAuthor, 'slug' | 'name' | 'trustedFeeds'>[];
  people: AuthorSettings;
  /** The pictures with both of their files. */
  avatars: readonly Avatar[];
}

/** The picture in `planet.yaml` comes first, then the author's own in a feed, then that of this feed if it is the author's. */
export function shownAvatars({ feeds, authors, people, avatars }: Shown): ShownAvatars {
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
  const ofAuthor = authors.map(({ slug, name, trustedFeeds }) => {
    const alias = people.get(nameKey(name));
    if (alias?.avatar !== undefined && !isOnWeb(alias.avatar)) return [slug, own(slug, alias.avatar)] as const;
    const pictures = [
      alias === undefined ? null : kept(null, nameKey(alias.name)),
      ...trustedFeeds.flatMap(({ feed, isOwn }) => [
        kept(feed, nameKey(name)),
        isOwn ? (ofFeed.get(feed) ?? null) : null,
      ]),
    ];
    return [slug, pictures.find((picture) => picture !== null) ?? null] as const;
  });
  return { feeds: ofFeed, authors: new Map(ofAuthor), files };
}
