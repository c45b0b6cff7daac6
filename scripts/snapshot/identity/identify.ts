import type { Entry } from '../../../src/core/entry.ts';
import { significantWords } from '../../../src/core/text-likeness.ts';
import type { SanitisedEntry } from '../sanitised-entry.ts';
import { type MatchResult, matchPosts } from './match-posts.ts';
import type { Rule } from './match-rules.ts';
import { digest, keyInArchive, type Memory } from './names.ts';
import { Post } from './post.ts';

export interface Identified {
  /** Incoming entry to stored entry, and the rule that matched them. */
  found: Map<SanitisedEntry, { entry: Entry; rule: Rule }>;
  /** The ids of new entries in the archive. */
  newcomers: Map<SanitisedEntry, string>;
  memory: Memory;
  /** Sentences for the operator about the ids of the feed. */
  notes: string[];
}

interface Reading {
  feed: string;
  entries: readonly SanitisedEntry[];
  /** Whether they are only a part of the feed's entries. */
  isPart: boolean;
}

/** Matches the entries of a document to the stored entries of its feed. */
export function identify(
  existing: readonly Entry[],
  { feed, entries, isPart }: Reading,
  memory: Memory,
  { timezone }: { timezone: string },
  now: Date,
): Identified {
  const stored = new Map(existing.map((entry) => [Post.ofArchive(entry, timezone), entry]));
  const incoming = new Map(entries.map((entry) => [Post.ofFeed(entry, now, timezone), entry]));
  const result = matchPosts({ feed, existing: [...stored.keys()], incoming: [...incoming.keys()], memory, isPart });
  const found: Identified['found'] = new Map();
  for (const [post, match] of result.found) {
    const [sanitised, entry] = [incoming.get(post), stored.get(match.post)];
    if (sanitised && entry) found.set(sanitised, { entry, rule: match.rule });
  }
  const newcomers = new Map(
    [...result.newcomers].flatMap(([post, id]) => {
      const sanitised = incoming.get(post);
      return sanitised ? [[sanitised, id] as const] : [];
    }),
  );
  return { found, newcomers, memory: result.memory, notes: notesOf(result, entries) };
}

function notesOf({ memory, sharers }: MatchResult, entries: readonly SanitisedEntry[]): string[] {
  const links = new Set(entries.flatMap(({ url }) => url ?? []));
  const by = links.size * 2 > entries.length ? 'links' : 'dates, titles and texts';
  if (memory.idsUnreliable) return [`its ids do not tell its entries apart; entries are known by their ${by}`];
  return sharers === 0 ? [] : [`${sharers} of its entries share an id with another; these are known by their ${by}`];
}

/** Entries from elsewhere, compared with the archive. */
interface Compared {
  /** Other entry to stored entry, and the rule that matched them. */
  same: Map<Entry, { entry: Entry; rule: Rule }>;
  /** The ids of entries that the archive does not hold. */
  names: Map<Entry, string>;
}

/** Matches entries of one feed, from another archive or from those held, to the stored ones. */
export function compareEntries(
  existing: readonly Entry[],
  others: readonly Entry[],
  memory: Memory,
  { timezone }: { timezone: string },
): Compared {
  const stored = new Map(existing.map((entry) => [Post.ofArchive(entry, timezone), entry]));
  const incoming = new Map(others.map((entry) => [Post.ofArchive(entry, timezone), entry]));
  const [{ feed = '' } = {}] = others;
  const result = matchPosts({
    feed,
    existing: [...stored.keys()],
    incoming: [...incoming.keys()],
    memory,
    isPart: true,
  });
  const compared: Compared = { same: new Map(), names: new Map() };
  for (const [post, other] of incoming) {
    const match = result.found.get(post);
    const entry = match && stored.get(match.post);
    if (entry) compared.same.set(other, { entry, rule: match.rule });
    else compared.names.set(other, result.newcomers.get(post) ?? other.id);
  }
  return compared;
}

type Rejected = Pick<Entry, 'id' | 'url' | 'title' | 'content'>;

/**
 * The stored form of a rejected entry: hashes of its id and of its words, with a space between them. Only the second
 * for a rejected edit of an entry that stays, and where the ids of the feed are unreliable.
 */
export function rejection(feed: string, entry: Rejected, { byId }: { byId: boolean }): string {
  return [...(byId ? [digest([feed, entry.id])] : []), wordsKey(feed, entry)].join(' ');
}

/** Returns a test for rejected entries of a feed. The first version stored ten digits of the id's hash. */
export function rejectedBy(feed: string, rejections: readonly string[] = []): (entry: Rejected) => boolean {
  const hashes = new Set(rejections.flatMap((each) => each.split(' ')));
  if (hashes.size === 0) return () => false;
  return (entry) =>
    hashes.has(keyInArchive(feed, entry.id)) ||
    hashes.has(digest([feed, entry.id])) ||
    hashes.has(wordsKey(feed, entry));
}

function wordsKey(feed: string, { url, title, content }: Rejected): string {
  return digest([feed, url ?? '', title, ...significantWords(content)]);
}
