import { z } from 'astro/zod';
import { cleanText, cutTo } from './clean-text.ts';
import { describingWord, storedObject } from './stored-object.ts';
import { withoutEmails, withoutUser } from './web-address.ts';

/** An instant in the archive: ISO 8601 in UTC, whole seconds (`2026-01-23T08:40:00Z`). */
export const Instant = z.iso.datetime({ precision: 0 });

/** An absolute address that is safe to print as a link. Every reading removes a user name: older snapshots kept it. */
export const WebAddress = z.url({ protocol: /^https?$/ }).overwrite(withoutUser);

/** A text from a feed: one line of limited length. Every reading cleans it again: older snapshots had other rules. */
export const textUpTo = (letters: number) => z.string().overwrite((text) => cutTo(letters, cleanText(text)));

/** The same without e-mail addresses, for a text about persons. */
const creditUpTo = (letters: number) => textUpTo(letters).overwrite(withoutEmails);

/** An author (a person construct of Atom, https://www.rfc-editor.org/rfc/rfc4287#section-3.2). Its e-mail address is never stored. */
export const Person = storedObject({
  /** Plain text, never empty; `?` if the archive has a name without visible characters. */
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

/** A file: `enclosure`, `link rel=enclosure`, `media:content`, JSON Feed `attachments`. Only the fields of the feed. */
export const Enclosure = storedObject({
  url: WebAddress,
  /** Media type, as declared: `audio/mpeg`. */
  type: textUpTo(300).optional(),
  /** Bytes, as declared. */
  length: z.int().nonnegative().optional(),
  /** `media:content medium`, if neither type nor address gives the kind. */
  medium: describingWord<'image' | 'audio' | 'video'>().optional(),
  width: Pixels.optional(),
  height: Pixels.optional(),
  /** Seconds: `itunes:duration`, `media:content duration`, JSON Feed `duration_in_seconds`. */
  duration: z.int().positive().optional(),
  /** `media:title`, JSON Feed `title`; plain text. */
  title: textUpTo(300).optional(),
  /** A description of the picture for readers who do not see it: `media:description`; plain text. */
  description: textUpTo(1_500).optional(),
  /** Its maker: `media:credit`; plain text. */
  credit: creditUpTo(300).optional(),
  /** A still picture of it: `media:thumbnail`. */
  picture: WebAddress.optional(),
  /** Its chapters, a JSON file: `podcast:chapters`. */
  chapters: WebAddress.optional(),
  /** For adults only: `media:rating` `adult`. */
  adult: z.literal(true).optional(),
});
export type Enclosure = z.infer<typeof Enclosure>;

/** A still picture of the video that an entry is about: `media:thumbnail`, JSON Feed `image`. */
export const Still = storedObject({ url: WebAddress, width: Pixels.optional(), height: Pixels.optional() });
export type Still = z.infer<typeof Still>;

/** The feed that an entry was copied from, if the entry names it (Atom `source`, RSS `source`). */
export const Source = storedObject({
  id: textUpTo(2_000).optional(),
  title: creditUpTo(300).optional(),
  /** The web page of the source. */
  url: WebAddress.optional(),
  /** The address of the source's feed. */
  feedUrl: WebAddress.optional(),
});
export type Source = z.infer<typeof Source>;

/** Where the date in `published` comes from. */
export type PublishedBy =
  /** The feed's own date. */
  | 'declared'
  /** The time of first sight: the feed gave no date. */
  | 'missing'
  /** The time of first sight: the feed's date was in the future. */
  | 'future'
  /** The time of first sight: the feed's date was before 1990. */
  | 'ancient';

/** How the language was found if the feed declares none: only one language has this script, or a detector is sure about the words. */
export type LanguageBy = 'script' | 'words';

/** Why an entry with several occurrences belongs to the feed of one of them. */
export type Ownership =
  /** That feed brought it in an earlier run than the others. */
  | 'first'
  /** That feed is its author's own. */
  | 'author'
  /** Its link is on the site of that feed. */
  | 'site'
  /** That feed is the first of them in `planet.yaml`. */
  | 'order';

/** The rule that found an entry to be the same as one of another feed (`src/core/copy-rules.ts`). */
export type SameBy =
  /** One names the other's feed as its source, and titles or texts do not contradict that. */
  | 'source'
  /** They have the same text, or one has the beginning of the other's. */
  | 'text'
  /** They were published in the same second and have the same title, or one has none and no other words. */
  | 'title-and-date'
  /** They have the same title, and one has no text. */
  | 'title'
  /** They have the same title, link and id. */
  | 'id';

/**
 * An entry without its body: a line of `archive/YYYY-MM.ndjson` up to `content`. All versions must read the archives of
 * the first one (tests/fixtures/first-version): new fields need a `.default(…)`, and no field may be removed. They must also
 * read those of the newest: a new fact gets a new field, and no field other values, except a describing word.
 */
export const EntryMetadata = storedObject({
  /** The id of its feed in `planet.yaml`. `feed` and `id` identify an entry: no feed can change an entry of another. */
  feed: z.string().min(1),
  /** The feed's id (Atom `id`, RSS `guid`); else the link; else a hash of title and date. */
  id: z.string().min(1),
  /** Path on the site, fixed at first sight: `2026/01/23/learn-to-code-1a2b3c4d5e`. */
  path: z.string().regex(/^\d{4}\/\d{2}\/\d{2}\/[a-z0-9-]+$/),
  /** The address of the original post. */
  url: WebAddress.nullable(),
  /** The same entry in another feed, to which it belongs; decided at first sight. Null if this is the original. */
  copyOf: storedObject({ feed: z.string(), id: z.string(), why: describingWord<Ownership>() }).nullable(),
  /** The rule that found the copy; missing in originals, and in copies from before this field. */
  sameBy: describingWord<SameBy>().optional(),
  /** Plain text, as in the feed; empty if there is none. */
  title: textUpTo(300),
  /** As in the feed, at most 50; empty if there is none. Readers see the authors by the feed's `authors` rule. */
  authors: z.array(Person).overwrite((all) => all.slice(0, 50)),
  /** The date of the post, fixed at first sight. */
  published: Instant,
  publishedBy: describingWord<PublishedBy>(),
  /** The feed's date of the last change. */
  updated: Instant.nullable(),
  /** The time of the first snapshot with this entry, or of the decision to accept it. */
  firstSeen: Instant,
  /** BCP 47: as declared by the entry or its feed, else (or where the text refutes its feed) as detected by `languageBy`; null if unknown. */
  language: textUpTo(100).nullable(),
  /** Missing if the language is declared or unknown. */
  languageBy: describingWord<LanguageBy>().optional(),
  categories: z.array(textUpTo(300)).overwrite((all) => all.filter(Boolean)),
  enclosures: z.array(Enclosure).overwrite((all) => all.slice(0, 50)),
  /** Missing if the entry is about no video, or the feed gives no picture of it. */
  still: Still.optional(),
  source: Source.nullable(),
  /** The feed's or entry's rights line, plain text. */
  rights: creditUpTo(1_000)
    .nullable()
    .overwrite((text) => text || null),
  /** Plain text of a few sentences: the feed's summary, else the start of the content. */
  summary: textUpTo(1_000),
});
export type EntryMetadata = z.infer<typeof EntryMetadata>;

/** An entry with its body: a whole line of the archive. */
export const Entry = EntryMetadata.extend({
  /** Safe HTML with absolute addresses: the output of `sanitise`. Its ids begin with the key of the entry. */
  content: z.string(),
});
export type Entry = z.infer<typeof Entry>;

/** The place of an entry's line in the archive. */
export const Position = z.strictObject({
  /** The month of its file: `2026-01`. */
  month: z.string().regex(/^\d{4}-\d{2}$/),
  /** Bytes from the start of the file. */
  offset: z.int().nonnegative(),
  /** Bytes of the line, without its line feed. */
  length: z.int().positive(),
  /** Bytes before the body, which is the last field; equal to `length` if it is not. */
  head: z.int().positive(),
  /** The beginning of the line's SHA-256, in hex. A merged entry has the hashes of all its lines. */
  hash: z.string(),
});
export type Position = z.infer<typeof Position>;

/** The fields of an entry that a build reads for all entries. It reads the others only for the entries that it renders. */
export interface StoredSummary
  extends Omit<
    EntryMetadata,
    'url' | 'sameBy' | 'updated' | 'categories' | 'enclosures' | 'still' | 'source' | 'rights' | 'summary'
  > {
  position: Position;
}
