import type { Enclosure, Person, Source, Still } from '../../src/core/entry.ts';

/** HTML as the feed gave it, not yet safe, and what its relative addresses are relative to (`xml:base`, else link, else feed). */
export interface ForeignHtml {
  html: string;
  /** Absolute, or null where nothing usable is known. */
  base: string | null;
}

/** A person as a feed names them; the name is empty where only an address or a page is known. The e-mail address is for `planet parse`; the archive never keeps it. */
export interface FeedPerson extends Person {
  email?: string;
}

/** One entry as a feed means it, whatever its format. */
export interface FeedEntry {
  /** As given, resolved where it is a relative address. Null where there is none. */
  id: string | null;
  /** The page that it links to, absolute, http(s). */
  url: string | null;
  /** The page behind `url` where that is a redirector and the feed says so (FeedBurner, Pheedo). */
  original: string | null;
  /** Plain text on one line; empty where there is none. */
  title: string;
  authors: FeedPerson[];
  published: Date | null;
  updated: Date | null;
  /** The fullest text: content over summary. */
  content: ForeignHtml | null;
  /** The feed's own summary, where it is another text than `content`. */
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

/** A feed as it means to be read, whatever its format. Entries in document order, nothing dropped. */
export interface FeedDocument {
  id: string | null;
  title: string;
  description: string | null;
  /** Its page for people, absolute. */
  home: string | null;
  authors: FeedPerson[];
  updated: Date | null;
  language: string | null;
  rights: string | null;
  /** How often it wants to be asked: RSS `ttl`, `skipHours` (0–23, UTC), `skipDays`. */
  manners: { ttlMinutes: number | null; skipHours: number[]; skipDays: string[] };
  entries: FeedEntry[];
  /** Whether the document ends in the middle: its entries are those that are whole, and more may be missing. */
  partial: boolean;
}
