import { z } from 'astro/zod';
import { cleanText, cutTo } from './clean-text.ts';

/** A moment as the archive writes it: ISO 8601 in UTC, whole seconds (`2026-01-23T08:40:00Z`). */
export const Instant = z.iso.datetime({ precision: 0 });

/** An absolute address that is safe to print as a link. */
export const WebAddress = z.url({ protocol: /^https?$/ });

/**
 * Strangers' words in one line, with as many letters as a page bears. Cleaned again whenever they are read, for an older
 * snapshot cleaned by other rules.
 */
export const textUpTo = (letters: number) => z.string().overwrite((text) => cutTo(letters, cleanText(text)));

/** Who wrote something (Atom's person). An e-mail address is read, never kept. */
export const Person = z.strictObject({
  /** Plain text, never empty. */
  name: z
    .string()
    .min(1)
    .overwrite((name) => cutTo(300, cleanText(name)) || '?'),
  /** The person's own page. */
  url: WebAddress.optional(),
});
export type Person = z.infer<typeof Person>;

/** Width or height in CSS pixels, as declared. */
const Pixels = z.int().min(1).max(100_000);

/**
 * A file that belongs to an entry: a podcast's sound, a picture. From `enclosure`, `link rel=enclosure`, `media:content`,
 * JSON Feed `attachments`. A line of the archive has a field only where the feed gives it.
 */
export const Enclosure = z.strictObject({
  url: WebAddress,
  /** Media type, as declared: `audio/mpeg`. */
  type: textUpTo(300).optional(),
  /** Bytes, as declared. */
  length: z.int().nonnegative().optional(),
  /** `media:content medium`, where neither type nor address says it. */
  medium: z.enum(['image', 'audio', 'video']).optional(),
  width: Pixels.optional(),
  height: Pixels.optional(),
  /** Seconds: `itunes:duration`, `media:content duration`, JSON Feed `duration_in_seconds`. */
  duration: z.int().positive().optional(),
  /** `media:title`, JSON Feed `title`; plain text. */
  title: textUpTo(300).optional(),
  /** What it shows, for readers who do not see it: `media:description`; plain text. */
  description: textUpTo(1_500).optional(),
  /** Who made it: `media:credit`; plain text. */
  credit: textUpTo(300).optional(),
  /** A still picture of it: `media:thumbnail`. */
  picture: WebAddress.optional(),
  /** Its chapters, a JSON file: `podcast:chapters`. */
  chapters: WebAddress.optional(),
  /** Not for everyone's eyes: `media:rating` `adult`. */
  adult: z.literal(true).optional(),
});
export type Enclosure = z.infer<typeof Enclosure>;

/** A still picture of the film that an entry is about: `media:thumbnail`, JSON Feed `image`. */
export const Still = z.strictObject({ url: WebAddress, width: Pixels.optional(), height: Pixels.optional() });
export type Still = z.infer<typeof Still>;

/** The feed that an entry first came from, where the feed it came through says so (Atom `source`, RSS `source`). */
export const Source = z.strictObject({
  id: z.string().optional(),
  title: textUpTo(300).optional(),
  /** The source's page for people. */
  url: WebAddress.optional(),
  /** The source's own feed. */
  feedUrl: WebAddress.optional(),
});
export type Source = z.infer<typeof Source>;

/** Which clock gave an entry its `published`. */
export const PublishedBy = z.enum([
  /** The feed's own date. */
  'declared',
  /** The time of first sight: the feed gave no date. */
  'missing',
  /** The time of first sight: the feed's date lay in the future. */
  'future',
  /** The time of first sight: the feed's date lay before 1990. */
  'ancient',
]);
export type PublishedBy = z.infer<typeof PublishedBy>;

/** Why an entry that came by several routes belongs to one of them. */
export const Ownership = z.enum([
  /** It was here before any other route brought it. */
  'first',
  /** It came by its author's own feed. */
  'author',
  /** Its link lies on the site of that feed. */
  'site',
  /** That feed stands first in `planet.yaml`. */
  'order',
]);
export type Ownership = z.infer<typeof Ownership>;

/** By which rule an entry was found to be the same as another feed's (`src/core/same-story.ts`). */
export const SameBy = z.enum([
  /** One says that it was taken from the other's feed. */
  'source',
  /** They have the same text, or one has its beginning. */
  'text',
  /** They have the same title and the very same date. */
  'title-and-date',
  /** They have the same title, and one has no text. */
  'title',
  /** They have the same title, link and id. */
  'id',
]);
export type SameBy = z.infer<typeof SameBy>;

/**
 * One post, as a line of `archive/YYYY-MM.ndjson` holds it, without its body. Archives of the first version are read for ever
 * (tests/fixtures/first-version): a field that comes later has a `.default(…)`, and none goes.
 */
export const EntryMetadata = z.strictObject({
  /** Id of the feed in `planet.yaml` that brought it. With `id` its identity: no feed can touch another's entry. */
  feed: z.string().min(1),
  /** As the feed gives it (Atom `id`, RSS `guid`); else its link; else a hash of title and date. */
  id: z.string().min(1),
  /** Place on the site, fixed at first sight: `2026/01/23/learn-to-code-1a2b3c4d5e`. */
  path: z.string().regex(/^\d{4}\/\d{2}\/\d{2}\/[a-z0-9-]+$/),
  /** The original. */
  url: WebAddress.nullable(),
  /** The entry of another feed that this one is the same as, decided at first sight; null where it is its own. */
  copyOf: z.strictObject({ feed: z.string(), id: z.string(), why: Ownership }).nullable(),
  /** By which rule it is `copyOf`; missing where it is its own, or was joined before texts were compared. */
  sameBy: SameBy.optional(),
  /** Plain text, as the feed says it; empty where it says none. */
  title: textUpTo(300),
  /** As the feed says; empty where it says none. What the reader sees goes by the feed's `authors` rule. */
  authors: z.array(Person),
  /** When it was posted, fixed at first sight. */
  published: Instant,
  publishedBy: PublishedBy,
  /** When the feed last says that it was changed. */
  updated: Instant.nullable(),
  /** When a snapshot first saw it. */
  firstSeen: Instant,
  /** BCP 47, where the entry or its feed says so. */
  language: textUpTo(100).nullable(),
  categories: z.array(textUpTo(300)),
  enclosures: z.array(Enclosure),
  /** Missing where the entry is about no film, or its feed gives no picture of it. */
  still: Still.optional(),
  source: Source.nullable(),
  /** The feed's or entry's rights line, plain text. */
  rights: textUpTo(1_000).nullable(),
  /** Plain text of a few sentences: the feed's summary, else the start of the content. */
  summary: textUpTo(1_000),
});
export type EntryMetadata = z.infer<typeof EntryMetadata>;

/** One post with its body. */
export const Entry = EntryMetadata.extend({
  /** Safe HTML with absolute addresses: what `sanitise` printed, untouched. */
  content: z.string(),
});
export type Entry = z.infer<typeof Entry>;

/** Where in the archive an entry's line lies. */
export const Position = z.strictObject({
  /** `2026-01`: the month file. */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  /** Bytes from the start of the file. */
  offset: z.int().nonnegative(),
  /** Bytes of the line, without its line feed. */
  length: z.int().positive(),
  /** Bytes of it before the body, which comes last; all of them where it does not. */
  head: z.int().positive(),
  /** The beginning of the line's SHA-256, in hex: another text, another hash. Of an entry that came by several lines, of them all. */
  hash: z.string(),
});
export type Position = z.infer<typeof Position>;

/** Of an entry what every build must know of it. What else there is to say is read where it is said. */
export interface StoredSummary
  extends Pick<
    EntryMetadata,
    'feed' | 'id' | 'path' | 'copyOf' | 'title' | 'authors' | 'published' | 'publishedBy' | 'firstSeen'
  > {
  position: Position;
}

/** The month file that holds an entry, by its date in UTC: a change of the planet's time zone moves no line. */
export function monthOf(entry: Pick<Entry, 'published'>): string {
  return entry.published.slice(0, 7);
}
