import { typedForm } from '../../../src/core/clean-text.ts';
import { splitTitle } from '../../../src/core/credit.ts';
import { dayOf, instant } from '../../../src/core/dates.ts';
import type { Entry } from '../../../src/core/entry.ts';
import { canonicalLink, subjectOf } from '../../../src/core/entry-keys.ts';
import { nameKey } from '../../../src/core/name-lists.ts';
import { ComparedText, significantWords } from '../../../src/core/text-likeness.ts';
import { hostOf } from '../../../src/core/web-address.ts';
import { dating } from '../feed-entry.ts';
import type { SanitisedEntry } from '../sanitised-entry.ts';
import { shortId } from './entry-ids.ts';

// This file loads no library: `archive push` compares entries where none is installed.

type EntryParts = Pick<
  Entry | SanitisedEntry,
  'id' | 'url' | 'title' | 'authors' | 'content' | 'published' | 'updated' | 'source'
>;

/** The traits by which an entry is matched, most computed at first use: most entries of an archive never need them. */
export class Post {
  readonly id: string;
  readonly url: string | null;
  /** `url` in its canonical form; null for the link of a front page. */
  readonly link: string | null;
  readonly title: string;
  /** Its date in the archive, where that is the feed's own. */
  readonly instant: string | null;
  /** From the document; both null for a stored entry. */
  readonly published: string | null;
  readonly updated: string | null;
  readonly html: string;
  /** When it was read; of a stored entry, for the first time. */
  readonly read: string;
  readonly #authors: EntryParts['authors'];
  /** Whether the date is the time at which the document was read: some feeds have no other. */
  readonly #isClock: boolean;
  readonly #zone: string;
  #day: string | undefined;
  #words: string[] | undefined;
  #compared: ComparedText | undefined;
  #host: string | null | undefined;

  private constructor(post: EntryParts, date: string | null, read: string, zone: string) {
    this.id = shortId(post.id);
    // The page of a link post may be its id, which says nothing where ids are unreliable.
    this.url = subjectOf(post) ?? post.url;
    this.link = linkOf(this.url);
    this.published = post.published instanceof Date ? instant(post.published) : null;
    this.updated = post.updated instanceof Date ? instant(post.updated) : null;
    this.title = typedForm(post.title).replace(/\s+/g, ' ').trim();
    this.instant = date;
    this.#isClock = date !== null && Math.abs(Date.parse(date) - Date.parse(read)) < CLOCK;
    this.html = post.content;
    this.read = read;
    this.#authors = post.authors;
    this.#zone = zone;
  }

  static ofArchive(entry: Entry, zone: string): Post {
    return new Post(entry, entry.publishedBy === 'declared' ? entry.published : null, entry.firstSeen, zone);
  }

  static ofFeed(entry: SanitisedEntry, now: Date, zone: string): Post {
    const { published, publishedBy } = dating(entry, now);
    return new Post(entry, publishedBy === 'declared' ? published : null, instant(now), zone);
  }

  get host(): string | null {
    this.#host ??= (this.url !== null && URL.canParse(this.url) && hostOf(this.url)) || null;
    return this.#host;
  }

  /** The keys of the names of its authors; of the name before the colon of its title, if it has none. */
  get names(): string[] {
    const names = this.#authors.map(({ name }) => name);
    return (names.length > 0 ? names : [splitTitle(this.title)?.name ?? []].flat()).map(nameKey);
  }

  /** In the planet's time zone; null if there is no date. */
  get day(): string | null {
    if (this.instant === null) return null;
    this.#day ??= dayOf(this.instant, this.#zone);
    return this.#day;
  }

  get words(): string[] {
    this.#words ??= significantWords(this.html);
    return this.#words;
  }

  get compared(): ComparedText {
    this.#compared ??= new ComparedText(this.words);
    return this.#compared;
  }

  /** Whether its text was compared with so many that further ones counted as different. */
  get isExhausted(): boolean {
    return this.#compared?.isExhausted ?? false;
  }

  /** Whether the feed gives no date of its own. */
  get isUndated(): boolean {
    return this.instant === null || this.#isClock;
  }

  /** The date, if it has a time of day. */
  get fullInstant(): string | null {
    return this.isUndated || this.instant === null || isMidnight(this.instant, this.#zone) ? null : this.instant;
  }
}

/** Milliseconds. A date this near to the time of reading counts as the time of reading. */
const CLOCK = 120_000;

/** The canonical link with its fragment, which may tell posts of one feed apart. Null for a front page without a fragment. */
function linkOf(url: string | null): string | null {
  if (url === null) return null;
  const fragment = URL.parse(url)?.hash ?? '';
  const link = canonicalLink(url);
  if (link === null) return fragment.length < 2 ? null : `https://${hostOf(url)}${fragment}`;
  return link.includes('#') ? link : `${link}${fragment}`;
}

/** Zones differ by whole quarters of an hour. */
const QUARTER = /:(?:00|15|30|45):00Z$/;

/** Whether a date is a day without a time, in UTC or in the planet's zone. */
function isMidnight(date: string, zone: string): boolean {
  if (date.endsWith('T00:00:00Z')) return true;
  if (!QUARTER.test(date)) return false;
  return dayOf(instant(new Date(Date.parse(date) - 1000)), zone) !== dayOf(date, zone);
}

/** Posted on the same day in the planet's zone, or within twelve hours. */
export function areNear(a: Post, b: Post): boolean {
  if (a.instant === null || b.instant === null) return false;
  return a.day === b.day || Math.abs(Date.parse(a.instant) - Date.parse(b.instant)) <= 12 * 3_600_000;
}

/** Whether two dates may be of one day, in whatever zones. */
export function mayBeOneDay(a: Post, b: Post): boolean {
  return Math.abs(Date.parse(a.instant ?? '') - Date.parse(b.instant ?? '')) < 24 * 3_600_000;
}

export function areUndated(a: Post, b: Post): boolean {
  return a.isUndated && b.isUndated;
}

export function areAtOneInstant(a: Post, b: Post): boolean {
  return a.fullInstant !== null && a.fullInstant === b.fullInstant;
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

/** The second is the incoming one: it keeps what a comparison needs, and is compared with a limited number of words. */
export function areTextsAlike(a: Post, b: Post): boolean {
  return b.compared.isAlike(a.words);
}

export function textsContradict(a: Post, b: Post): boolean {
  return a.html !== b.html && b.compared.contradicts(a.words);
}

/** Whether two posts may be versions of one: their texts are alike, or under one title one of them has no words. */
export function mayBeVersions(a: Post, b: Post): boolean {
  return areTextsAlike(a, b) || (haveOneTitle(a, b) && !textsContradict(a, b));
}

/** A text of this many words is different from other texts. */
const LONG_TEXT = 6;

export function hasLongText({ words }: Post): boolean {
  return words.length >= LONG_TEXT;
}

/** Whether neither text is twice as long as the other. */
export function areOfOneLength({ words: a }: Post, { words: b }: Post): boolean {
  return a.length < 2 * b.length && b.length < 2 * a.length;
}
