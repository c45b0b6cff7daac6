import { beginningOf, sentencesOf } from './clean-text.ts';
import type { EntryMetadata, Position } from './entry.ts';
import type { FeedState } from './feed-state.ts';
import { nameKey } from './name-lists.ts';
import type { MergedEntry } from './occurrences.ts';
import type { FeedConfig, Planet } from './planet.ts';

/** A feed as the site shows it: its settings in `planet.yaml`, and its state after the last snapshot. */
export interface FeedRecord extends Omit<FeedConfig, 'avatar'> {
  /** Its web page: as `planet.yaml` says, else as the feed says. */
  home?: string | undefined;
  /** Its picture (`shownAvatars`). */
  avatar: string | null;
  /** Null before the first snapshot reads it. */
  state: FeedState | null;
  /** The number of its entries that wait for the operator's decision. */
  held: number;
  /** The number of entries of the site that came by this feed, copies included. */
  entries: number;
  /** The date of the newest of them; null if there is none. */
  newest: string | null;
}

/** The fields of a feed that an entry's page may show. None of them changes with a new entry. */
export type FeedIdentity = Pick<
  FeedRecord,
  'id' | 'title' | 'url' | 'home' | 'avatar' | 'language' | 'content' | 'index' | 'gone'
>;

/** `new`: no snapshot has read it yet. `gone`: it said so, or `planet.yaml` does. */
type FeedOutcome = 'well' | 'failed' | 'gone' | 'held' | 'new';

export function feedOutcome({ state, gone }: Pick<FeedRecord, 'state' | 'gone'>): FeedOutcome {
  return state?.trouble?.outcome ?? (gone ? 'gone' : state === null ? 'new' : 'well');
}

export function feedIdentity(feed: FeedRecord): FeedIdentity {
  const { id, title, url, home, avatar, language, content, index, gone } = feed;
  return { id, title, url, home, avatar, language, content, index, gone };
}

export type FeedSummary = ReturnType<typeof feedSummary>;

/** The fields of a feed that its own pages and the lists of feeds show. */
export function feedSummary(feed: FeedRecord) {
  const { state, entries, newest, paused } = feed;
  /** One line about it, from its own description; null if that says no more than its name. */
  const about = aboutLine(state?.description ?? '', [feed.title, state?.title ?? '']);
  const [outcome, problem] = [feedOutcome(feed), state?.trouble ?? null];
  return { ...feedIdentity(feed), entries, newest, about, paused, outcome, problem };
}

/** The settings of the planet that pages may show. */
export type PlanetSettings = Omit<Planet, 'feeds' | 'defaults' | 'authors' | 'hide' | 'river'>;

/** The fields of an entry that a build keeps in memory. It reads the others from the archive when it renders the entry. */
export interface EntrySummary
  extends Pick<EntryMetadata, 'feed' | 'id' | 'path' | 'published' | 'publishedBy' | 'firstSeen'> {
  /** Ids of the other feeds that also carried it, in the order of `planet.yaml`. */
  via: string[];
  /** Why `feed` is the original's feed; null if the entry came by one feed only. */
  ownedBecause: MergedEntry['ownedBecause'];
  /** The position of its longest text, for `readBody`. */
  position: Position;
  /** The position of the line of `feed`, if the longest text is in the line of another feed; else null. */
  mainPosition: Position | null;
  /** The title and authors that readers see, by the feed's `authors` rule. */
  credit: {
    /** Without the author's name; empty if the entry has no title. */
    title: string;
    /** Slugs of authors; empty if the author is unknown. */
    authors: string[];
  };
  /** The day under which the site lists it, that of its permalink: `2026-01-23`. */
  day: string;
  /** By `languageOf`: the stored language, or that of the feed in `planet.yaml`. */
  language: string | null;
  /** Whether another entry has the same id. Outputs then use the permalink in its place. */
  sharedId: boolean;
}

/** An entry as the site shows it, without its body. */
export interface EntryRecord extends Omit<EntryMetadata, 'copyOf' | 'sameBy'>, Omit<EntrySummary, 'mainPosition'> {
  /** The address of the original, if that site is lost (`withoutLostLinks`). It is no link. */
  wasAt?: string;
}

export interface AuthorRecord {
  slug: string;
  /** Former slugs. Their addresses redirect to this author. */
  formerly: string[];
  name: string;
  /** The author's own page, from the newest entry of a feed that may give it (`trustedFeeds`). */
  url: string | null;
  /** Their picture (`shownAvatars`). */
  avatar: string | null;
  /** A sentence or two, plain text. */
  bio: string | null;
  entries: number;
  newest: string;
  /** Ids of the feeds that carried the entries, the feed with most entries first. */
  feeds: string[];
}

/** The fields of an author that an entry's page may show. None of them changes with a new entry. */
export type AuthorIdentity = Pick<AuthorRecord, 'slug' | 'name' | 'url' | 'avatar'>;

export function authorIdentity({ slug, name, url, avatar }: AuthorRecord): AuthorIdentity {
  return { slug, name, url, avatar };
}

/** A rule of `planet.yaml` that hides entries: where it stands, and its value. */
export interface OperatorRule {
  /** `hide`, `defaults`, `feeds[2]`. */
  section: string;
  key: keyof Planet['hide'] | 'by' | 'notBy' | 'only' | 'include' | 'exclude';
  /** The place in the list, where each item is a rule of its own that names what somebody wanted off the site; else null. */
  index: number | null;
  value: string;
}

/** `feeds[2].exclude`, `hide.authors[0]` */
export function rulePlace({ section, key, index }: Omit<OperatorRule, 'value'>): string {
  return `${section}.${key}${index === null ? '' : `[${index}]`}`;
}

/** `feeds[2].exclude: crypto` */
export function ruleText(rule: OperatorRule): string {
  return `${rulePlace(rule)}: ${rule.value}`;
}

export interface RuleRecord {
  rule: OperatorRule;
  /** The feed that it applies to; null if it applies to the whole planet. */
  feed: string | null;
  hides: number;
}

/** Characters. */
const LONGEST_LINE = 140;

/** The whole sentences that fit, else the start of the first. Null if empty, or only one of the feed's `names`. */
export function aboutLine(description: string, names: readonly string[]): string | null {
  const text = description.trim();
  if (nameKey(text) === '' || names.some((name) => nameKey(name) === nameKey(text))) return null;
  return sentencesOf(text, LONGEST_LINE) || beginningOf(text, LONGEST_LINE);
}
