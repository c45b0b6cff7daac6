import type { Enclosure, Person, Source, Still } from '../../src/core/entry.ts';

/** HTML from a feed, not yet safe, and the base of its relative addresses (`xml:base`, else link, else feed). */
export interface ForeignHtml {
  html: string;
  /** Absolute; null where there is none. */
  base: string | null;
}

/** A person in a feed; the name is empty where the feed gives only an address or a page. The e-mail address is for `planet parse`: the archive never keeps it. */
export interface FeedPerson extends Person {
  email?: string;
  /** Address of a picture of them. */
  avatar?: string;
}

/** One entry of a feed, in the same form for every format. */
export interface FeedEntry {
  /** From the feed; absolute where it is a relative address. Null where there is none. */
  id: string | null;
  /** Its page: absolute, http(s). */
  url: string | null;
  /** The page behind `url`, where `url` is a redirector that names it (FeedBurner, Pheedo). */
  original: string | null;
  /** Plain text on one line; empty where there is none. */
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
  /** The picture that stands for it; the archive keeps that of a film. */
  still: Still | null;
  language: string | null;
  source: Source | null;
  /** Plain text. */
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
  rights: string | null;
  /** Polling hints: RSS `ttl`, `skipHours` (0–23, UTC), `skipDays` (https://www.rssboard.org/rss-specification). */
  manners: { ttlMinutes: number | null; skipHours: number[]; skipDays: string[] };
  entries: FeedEntry[];
  /** Whether the document ends in the middle: only complete entries are listed, and more may be missing. */
  partial: boolean;
}
