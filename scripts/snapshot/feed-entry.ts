import { instant } from '../../src/core/dates.ts';
import type { Enclosure, Person, PublishedBy, Source, Still } from '../../src/core/entry.ts';
import type { PollingHints } from '../../src/core/feed-state.ts';

/** HTML from a feed, not yet safe, and the base of its relative addresses (`xml:base`, else link, else feed). */
export interface ForeignHtml {
  html: string;
  /** Absolute. */
  base: string;
  /** Whether the feed declares it as plain text only by leaving the type out. */
  untyped?: boolean;
}

/** A person in a feed. The name is empty where the feed gives only an address or a page. */
export interface FeedPerson extends Person {
  /** For `planet parse` only: the archive never keeps it. */
  email?: string;
  /** The address of a picture of this person. */
  avatar?: string;
}

/** The most entries of one reading. In this file, as merging needs it: with the sanitiser, it loaded 110 modules in every run. */
export const MOST_ENTRIES = 200;

export interface FeedEntry {
  /** From the feed; absolute where it is a relative address. Null if there is none. */
  id: string | null;
  /** Its page: absolute, http(s). */
  url: string | null;
  /** The page behind `url`, where `url` is a redirector and the feed names the page (FeedBurner, Pheedo). */
  original: string | null;
  /** Plain text on one line; empty if there is none. */
  title: string;
  authors: FeedPerson[];
  published: Date | null;
  updated: Date | null;
  /** The fullest text: content over summary. */
  content: ForeignHtml | null;
  /** The feed's own summary, where it differs from `content`. */
  summary: ForeignHtml | null;
  categories: string[];
  enclosures: Enclosure[];
  /** The picture that stands for it. The archive keeps it only for a video. */
  still: Still | null;
  language: string | null;
  source: Source | null;
  rights: string | null;
}

/** A feed, in the same form for every format. Entries are in document order, and all are there. */
export interface FeedDocument {
  id: string | null;
  title: string;
  description: string | null;
  /** Its page for people, absolute. */
  home: string | null;
  authors: FeedPerson[];
  /** Addresses of pictures that stand for it, best first. */
  pictures: string[];
  updated: Date | null;
  language: string | null;
  manners: PollingHints;
  entries: FeedEntry[];
  /** Whether the document ends in the middle: only complete entries are listed, and others may be missing. */
  partial: boolean;
}

const EARLIEST = Date.UTC(1990, 0, 1);

/** The date of a new entry: its own, that of its edit if that is missing or before 1990, or the time of this run if both are, or it is in the future. */
export function dating(
  { published, updated }: Pick<FeedEntry, 'published' | 'updated'>,
  now: Date,
): { published: string; publishedBy: PublishedBy } {
  const declared = [published, updated].find((date) => Number(date) >= EARLIEST) ?? published ?? updated;
  if (declared === null) return { published: instant(now), publishedBy: 'missing' };
  if (declared > now) return { published: instant(now), publishedBy: 'future' };
  if (declared.getTime() < EARLIEST) return { published: instant(now), publishedBy: 'ancient' };
  return { published: instant(declared), publishedBy: 'declared' };
}

type Present<T> = { [Key in keyof T]?: Exclude<T[Key], null | undefined | false | ''> };

/** The fields that have a value: without those that are null, undefined, false or an empty text. */
export function presentFields<T extends object>(fields: T): Present<T> {
  const present = Object.entries(fields).filter(([, value]) => value === 0 || Boolean(value));
  return Object.fromEntries(present) as Present<T>;
}
