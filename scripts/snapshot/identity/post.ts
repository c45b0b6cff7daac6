import { dayOf } from '../../../src/core/dates.ts';
import type { Entry } from '../../../src/core/entry.ts';
import { canonicalLink } from '../../../src/core/same-entry.ts';
import { areAlike, contradict, significantWords } from '../../../src/core/text-likeness.ts';
import { hostOf } from '../../../src/core/web-address.ts';
import { dating, instant } from '../dating.ts';
import type { SanitisedEntry } from '../sanitised-entry.ts';

type Told = Pick<Entry | SanitisedEntry, 'id' | 'url' | 'title' | 'content' | 'published' | 'updated'>;

/**
 * What tells which post something is: the same of an entry of the archive and of one that a feed says. Most is found out when
 * it is asked for: of most entries of a large archive nothing is.
 */
export class Post {
  /** As the feed gives it now, or as the archive has it. */
  readonly id: string;
  readonly url: string | null;
  readonly title: string;
  /** The date that it stands at in the archive, where that is the feed's own. */
  readonly instant: string | null;
  /** As the document says now; both null for an entry of the archive. */
  readonly published: string | null;
  readonly updated: string | null;
  readonly html: string;
  readonly #read: string;
  readonly #zone: string;
  #isClock: boolean | undefined;
  #link: string | null | undefined;
  #day: string | undefined;
  #words: string[] | undefined;

  private constructor(post: Told, date: string | null, read: string, zone: string) {
    this.id = post.id;
    this.url = post.url;
    this.published = post.published instanceof Date ? instant(post.published) : null;
    this.updated = post.updated instanceof Date ? instant(post.updated) : null;
    this.title = post.title.normalize('NFC').replace(/\s+/g, ' ').trim();
    this.#read = read;
    this.instant = date;
    this.html = post.content;
    this.#zone = zone;
  }

  static ofArchive(entry: Entry, zone: string): Post {
    return new Post(entry, entry.publishedBy === 'declared' ? entry.published : null, entry.firstSeen, zone);
  }

  static ofFeed(entry: SanitisedEntry, now: Date, zone: string): Post {
    const { published, publishedBy } = dating(entry.published ?? entry.updated, now);
    return new Post(entry, publishedBy === 'declared' ? published : null, instant(now), zone);
  }

  /** As it tells posts apart; null where it leads to a front page. */
  get link(): string | null {
    if (this.#link === undefined) this.#link = linkOf(this.url);
    return this.#link;
  }

  /** In the planet's time zone; null where there is no date. */
  get day(): string | null {
    if (this.instant === null) return null;
    this.#day ??= dayOf(this.instant, this.#zone);
    return this.#day;
  }

  get words(): string[] {
    this.#words ??= significantWords(this.html);
    return this.#words;
  }

  /** Whether the date was made when the document was read: some feeds have no other. */
  get isClock(): boolean {
    this.#isClock ??= this.instant !== null && Math.abs(Date.parse(this.instant) - Date.parse(this.#read)) < CLOCK;
    return this.#isClock;
  }

  /** Whether the feed gives no date of its own. */
  get isUndated(): boolean {
    return this.instant === null || this.isClock;
  }

  /** The date where it tells the time of day, too. */
  get fullInstant(): string | null {
    return this.instant === null || this.isClock || isMidnight(this.instant, this.#zone) ? null : this.instant;
  }
}

/** A date as near as this to the time of reading is the time of reading. */
const CLOCK = 120_000;

/** A link as it tells posts of one feed apart: as across feeds, but with its fragment. A front page is no post. */
function linkOf(url: string | null): string | null {
  const fragment = url === null ? '' : (URL.parse(url)?.hash ?? '');
  if (url === null) return null;
  const link = canonicalLink(url);
  if (link === null) return fragment.length < 2 ? null : `https://${hostOf(url)}${fragment}`;
  return link.includes('#') ? link : `${link}${fragment}`;
}

/** A bare day, in UTC or in the planet's zone. */
function isMidnight(date: string, zone: string): boolean {
  if (date.endsWith('T00:00:00Z')) return true;
  if (!/:(?:00|15|30|45):00Z$/.test(date)) return false;
  return dayOf(instant(new Date(Date.parse(date) - 1000)), zone) !== dayOf(date, zone);
}

const TWELVE_HOURS = 43_200_000;

/** Posted on one day of the planet, or within twelve hours of each other. */
export function areNear(a: Post, b: Post): boolean {
  if (a.instant === null || b.instant === null) return false;
  return a.day === b.day || Math.abs(Date.parse(a.instant) - Date.parse(b.instant)) <= TWELVE_HOURS;
}

export function areUndated(a: Post, b: Post): boolean {
  return a.isUndated && b.isUndated;
}

export function areAtOneInstant(a: Post, b: Post): boolean {
  return a.instant !== null && a.instant === b.instant && a.fullInstant !== null && b.fullInstant !== null;
}

export function haveOneTitle(a: Post, b: Post): boolean {
  return a.title !== '' && a.title === b.title;
}

export function shareNoTitleWord(a: Post, b: Post): boolean {
  const words = new Set(significantWords(a.title));
  return words.size > 0 && b.title !== '' && !significantWords(b.title).some((word) => words.has(word));
}

export function haveOneText(a: Post, b: Post): boolean {
  return (
    a.html === b.html || (a.words.length === b.words.length && a.words.every((word, index) => word === b.words[index]))
  );
}

export function areTextsAlike(a: Post, b: Post): boolean {
  return areAlike(a.words, b.words);
}

export function textsContradict(a: Post, b: Post): boolean {
  return a.html !== b.html && contradict(a.words, b.words);
}

/** From so many words on a text can be told from others. */
const ENOUGH = 6;

export function hasLongText({ words }: Post): boolean {
  return words.length >= ENOUGH;
}

/** Neither is twice as long as the other. */
export function areOfOneLength({ words: a }: Post, { words: b }: Post): boolean {
  return a.length < 2 * b.length && b.length < 2 * a.length;
}
