import { z } from 'astro/zod';
import { aboutLine } from './about-line.ts';
import { EntryMetadata, Instant, Ownership, Position, WebAddress } from './entry.ts';
import { FeedState } from './feed-state.ts';
import { FeedConfig, type Planet } from './planet.ts';

/** A feed as the site shows it: its settings in `planet.yaml`, and its state after the last snapshot. */
export const FeedRecord = FeedConfig.extend({
  /** Its web page: as `planet.yaml` says, else as the feed says. */
  home: WebAddress.optional(),
  /** Its picture (`ShownAvatars`). */
  avatar: z.string().nullable(),
  /** Null before the first snapshot reads it. */
  state: FeedState.nullable(),
  /** The number of its entries that wait for the operator's decision. */
  held: z.int().nonnegative(),
  /** Place in `planet.yaml`, from 0. */
  order: z.int().nonnegative(),
  /** The number of entries of the site that came by this feed, copies included. */
  entries: z.int().nonnegative(),
  /** The date of the newest of them; null if there is none. */
  newest: Instant.nullable(),
});
export type FeedRecord = z.infer<typeof FeedRecord>;

/** The fields of a feed that an entry's page may show. None of them changes with a new entry. */
export type FeedIdentity = Pick<
  FeedRecord,
  'id' | 'title' | 'url' | 'home' | 'avatar' | 'language' | 'content' | 'index'
>;

/** The fields of a feed that its own pages and the lists of feeds show. */
export type FeedSummary = FeedIdentity &
  Pick<FeedRecord, 'entries' | 'newest'> & {
    /** One line about it, from its own description; null if that says no more than its name. */
    about: string | null;
    /** No snapshot has read it yet. */
    isNew: boolean;
    trouble: FeedState['trouble'];
  };

export function feedIdentity({ id, title, url, home, avatar, language, content, index }: FeedRecord): FeedIdentity {
  return { id, title, url, home, avatar, language, content, index };
}

export function feedSummary(feed: FeedRecord): FeedSummary {
  const { state, entries, newest } = feed;
  const about = aboutLine(state?.description ?? '', [feed.title, state?.title ?? '']);
  return { ...feedIdentity(feed), entries, newest, about, isNew: state === null, trouble: state?.trouble ?? null };
}

/** The settings of the planet that pages may show. */
export type Settings = Omit<Planet, 'feeds' | 'authors' | 'hide' | 'river'>;

/** An entry as the site shows it, without its body. */
export const EntryRecord = EntryMetadata.omit({ copyOf: true, sameBy: true }).extend({
  /** Ids of the other feeds that also carried it, in the order of `planet.yaml`. */
  via: z.array(z.string()),
  /** Why `feed` is the original's feed; null if the entry came by one feed only. */
  ownedBecause: Ownership.nullable(),
  /** The position of its longest text, for `readBody`. */
  position: Position,
  /** Title and authors as the reader sees them, by the feed's `authors` rule. */
  credit: z.strictObject({
    /** Without the author's name; empty if the entry has no title. */
    title: z.string(),
    /** Slugs of authors; empty if the author is unknown. */
    authors: z.array(z.string()),
  }),
  /** The day of `published` in the planet's time zone: `2026-01-23`. */
  day: z.string(),
  /** By `languageOf`: the stored language, or that of the feed in `planet.yaml`. */
  language: z.string().nullable(),
  /** Whether another entry has the same id. Outputs then use the permalink in its place. */
  sharedId: z.boolean(),
});
export type EntryRecord = z.infer<typeof EntryRecord>;

/** The fields of an entry that a build keeps in memory. It reads the others from the archive when it renders the entry. */
export type EntrySummary = Pick<
  EntryRecord,
  | 'feed'
  | 'id'
  | 'path'
  | 'published'
  | 'publishedBy'
  | 'firstSeen'
  | 'language'
  | 'via'
  | 'ownedBecause'
  | 'position'
  | 'credit'
  | 'day'
  | 'sharedId'
> & {
  /** The position of the line of `feed`, if the longest text is in the line of another feed; else null. */
  own: Position | null;
};

/** An author of entries that the planet shows. */
export const AuthorRecord = z.strictObject({
  slug: z.string(),
  /** Former slugs. Their addresses redirect to this author. */
  formerly: z.array(z.string()).default([]),
  name: z.string(),
  /** The author's own page, from the newest entry that has one. */
  url: WebAddress.nullable(),
  /** Their picture (`ShownAvatars`). */
  avatar: z.string().nullable(),
  /** A sentence or two, plain text. */
  bio: z.string().nullable(),
  /** The number of entries. */
  entries: z.int().positive(),
  /** The date of the newest entry. */
  newest: Instant,
  /** Ids of the feeds that carried the entries, the feed with most entries first. */
  feeds: z.array(z.string()),
});
export type AuthorRecord = z.infer<typeof AuthorRecord>;

/** The fields of an author that an entry's page may show. None of them changes with a new entry. */
export type AuthorIdentity = Pick<AuthorRecord, 'slug' | 'name' | 'url' | 'avatar'>;

export function authorIdentity({ slug, name, url, avatar }: AuthorRecord): AuthorIdentity {
  return { slug, name, url, avatar };
}

/** A rule of `planet.yaml`, and the number of entries that it hides. */
export const RuleRecord = z.strictObject({
  /** Its place and value in `planet.yaml`: `feeds[2].exclude: crypto`. */
  rule: z.string(),
  /** The feed that it applies to; null if it applies to the whole planet. */
  feed: z.string().nullable(),
  hides: z.int().nonnegative(),
});
export type RuleRecord = z.infer<typeof RuleRecord>;
