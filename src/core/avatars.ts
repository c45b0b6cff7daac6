import { z } from 'astro/zod';
import type { CollectedAuthor } from './author-records.ts';
import { AVATAR_HASH, avatarKey } from './avatar-files.ts';
import { Instant, textUpTo, WebAddress } from './entry.ts';
import { Validators } from './feed-state.ts';
import { type AuthorSettings, nameKey } from './name-lists.ts';
import type { FeedConfig } from './planet.ts';
import { isOnWeb } from './planet-values.ts';
import { storedObject } from './stored-object.ts';

/** A picture that the snapshot fetches: its addresses, its stored file, and the time of the last check. */
export const Avatar = storedObject({
  /** The id of the picture's feed, or of the feed that gives the picture of an author; null if `planet.yaml` gives it. */
  feed: z.string().nullable(),
  /** The key (`nameKey`) of the person in the picture, in older archives with other apostrophes; null for the picture of a feed. */
  author: z.string().overwrite(nameKey).nullable(),
  /** Addresses, best first. The first with a picture is used. */
  urls: z.array(WebAddress).min(1),
  /** The address of the stored picture. */
  from: WebAddress.nullable(),
  validators: Validators,
  /** The hash of both stored files, which is their name; null before the first picture. */
  hash: z.string().regex(AVATAR_HASH).nullable(),
  checkedAt: Instant.nullable(),
  /** Whether the last check of these addresses had no problem. */
  settled: z.boolean(),
  /** The reason why there is no newer picture, in a sentence; null if there is no problem. */
  problem: textUpTo(300).nullable(),
});

export type Avatar = z.infer<typeof Avatar>;

interface Shown {
  feeds: readonly Pick<FeedConfig, 'id' | 'avatar'>[];
  authors: readonly Pick<CollectedAuthor, 'slug' | 'name' | 'trustedFeeds'>[];
  people: AuthorSettings;
  /** The pictures with both of their files. */
  avatars: readonly Avatar[];
}

/**
 * The picture of each feed and author: an operator's file below `/avatars/`, the hash of a picture that the snapshot keeps, or
 * null. The one in `planet.yaml` comes first, then the author's own in a feed, then that of this feed if it is the author's.
 */
export function shownAvatars({ feeds, authors, people, avatars }: Shown) {
  /** Paths of the operator's files in the operator's folder, by their names below `/avatars/`. */
  const files = new Map<string, string>();
  const hashes = new Map(avatars.map((avatar) => [avatarKey(avatar), avatar.hash]));
  const kept = (feed: string | null, author: string | null) => hashes.get(avatarKey({ feed, author })) ?? null;
  const ownFile = (name: string, path: string): string => {
    const file = `${name}${path.slice(path.lastIndexOf('.')).toLowerCase()}`;
    files.set(file, path);
    return file;
  };
  // The dot keeps a feed's file apart from that of an author with the same slug.
  const ofFeed = new Map(
    feeds.map(({ id, avatar }) => [
      id,
      avatar === undefined || isOnWeb(avatar) ? kept(id, null) : ownFile(`${id}.feed`, avatar),
    ]),
  );
  const ofAuthor = authors.map(({ slug, name, trustedFeeds }) => {
    const alias = people.get(nameKey(name));
    if (alias?.avatar !== undefined && !isOnWeb(alias.avatar)) return [slug, ownFile(slug, alias.avatar)] as const;
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
