import { z } from 'astro/zod';
import { EntryMetadata, Instant, Ownership, Position, WebAddress } from './entry.ts';
import { FeedState } from './feed-state.ts';
import { FeedConfig, type Planet } from './planet.ts';

/** A feed as the site shows it: what `planet.yaml` says and what the last snapshot found. */
export const FeedRecord = FeedConfig.extend({
  /** Its page for people: the operator's word, else the feed's own. */
  home: WebAddress.optional(),
  /** Null until a snapshot has met it. */
  state: FeedState.nullable(),
  /** Entries of it that wait for the operator. */
  held: z.int().nonnegative(),
  /** Place in `planet.yaml`, from 0. */
  order: z.int().nonnegative(),
  /** How many entries of the site it carried. */
  entries: z.int().nonnegative(),
  /** When the newest of them was posted; null where there is none. */
  newest: Instant.nullable(),
});
export type FeedRecord = z.infer<typeof FeedRecord>;

/** What an entry's page may say of its feed: nothing that changes while the feed is read. */
export type FeedIdentity = Pick<FeedRecord, 'id' | 'title' | 'url' | 'home' | 'language' | 'content' | 'index'>;

/** What pages say of a feed, apart from its entries. */
export type FeedSummary = FeedIdentity &
  Pick<FeedRecord, 'entries' | 'newest'> & {
    /** One line of what it says that it is about; null where it says no more than its name. */
    about: string | null;
    /** No snapshot has met it yet. */
    isNew: boolean;
    trouble: FeedState['trouble'];
  };

/** What pages may say of the planet itself. */
export type Settings = Omit<Planet, 'feeds' | 'authors' | 'hide' | 'river'>;

/** An entry as the site shows it, without its body. */
export const EntryRecord = EntryMetadata.omit({ copyOf: true, sameBy: true }).extend({
  /** Ids of the other feeds that also carried it, in the order of `planet.yaml`. */
  via: z.array(z.string()),
  /** Why it is `feed`'s, where it came by several. */
  ownedBecause: Ownership.nullable(),
  /** Where `readBody` finds the fullest text. */
  position: Position,
  /** What the reader sees above the entry, by the feed's `authors` rule. */
  credit: z.strictObject({
    /** Without the author's name; empty where the entry has no title. */
    title: z.string(),
    /** Slugs of authors; empty where nobody is known. */
    authors: z.array(z.string()),
  }),
  /** `2026-01-23`: when it was posted, in the planet's time zone. */
  day: z.string(),
  /** Whether its id is another entry's too: then it is not one to tell entries apart by. */
  sharedId: z.boolean(),
});
export type EntryRecord = z.infer<typeof EntryRecord>;

/** What is known of every entry in a build; the rest is read from the archive where a page shows it. */
export type EntrySummary = Pick<
  EntryRecord,
  | 'feed'
  | 'id'
  | 'path'
  | 'published'
  | 'publishedBy'
  | 'firstSeen'
  | 'via'
  | 'ownedBecause'
  | 'position'
  | 'credit'
  | 'day'
  | 'sharedId'
> & {
  /** The line in which its own feed has it, where its fullest text lies in another's. */
  own: Position | null;
};

/** Someone whose entries the planet shows. */
export const AuthorRecord = z.strictObject({
  slug: z.string(),
  /** Slugs under which their page and feeds lay before: those lead here. */
  formerly: z.array(z.string()).default([]),
  name: z.string(),
  /** The author's own page, as the newest entry that names one gives it. */
  url: WebAddress.nullable(),
  /** A picture: a file in the operator's folder. */
  avatar: z.string().nullable(),
  /** A sentence or two, plain text. */
  bio: z.string().nullable(),
  /** How many entries. */
  entries: z.int().positive(),
  /** When the newest was posted. */
  newest: Instant,
  /** Ids of the feeds that the entries come through, most entries first. */
  feeds: z.array(z.string()),
});
export type AuthorRecord = z.infer<typeof AuthorRecord>;

/** What an entry's page may say of an author: nothing that changes when they write another. */
export type AuthorIdentity = Pick<AuthorRecord, 'slug' | 'name' | 'url' | 'avatar'>;

/** A rule of `planet.yaml` and how many entries it keeps off the site. */
export const RuleRecord = z.strictObject({
  /** As the operator finds it: `feeds[2].exclude: crypto`. */
  rule: z.string(),
  /** The feed that it is of; null where it is the planet's. */
  feed: z.string().nullable(),
  hides: z.int().nonnegative(),
});
export type RuleRecord = z.infer<typeof RuleRecord>;
