import type { Entry } from '../../../src/core/entry.ts';
import { significantWords } from '../../../src/core/text-likeness.ts';
import type { SanitisedEntry } from '../sanitised-entry.ts';
import { type MatchResult, matchPosts, type Rule } from './match-posts.ts';
import { digest, keyInArchive, type Memory } from './names.ts';
import { Post } from './post.ts';

export interface Identified {
  /** Which known entry each is that is known, and by which rule. */
  found: Map<SanitisedEntry, { entry: Entry; rule: Rule }>;
  /** What each is called from now on that is not known. */
  newcomers: Map<SanitisedEntry, string>;
  memory: Memory;
  /** What an operator should know of the feed's ids, in sentences. */
  notes: string[];
}

interface Reading {
  feed: string;
  entries: readonly SanitisedEntry[];
  /** Whether they are only a part of what the feed holds. */
  isPart: boolean;
}

/** Which entry of its feed each is that the feed says now. */
export function identify(
  known: readonly Entry[],
  { feed, entries, isPart }: Reading,
  memory: Memory,
  { timezone }: { timezone: string },
  now: Date,
): Identified {
  const entryOf = new Map(known.map((entry) => [Post.ofArchive(entry, timezone), entry]));
  const saidBy = new Map(entries.map((entry) => [Post.ofFeed(entry, now, timezone), entry]));
  const answer = matchPosts({
    feed,
    known: [...entryOf.keys()],
    said: [...saidBy.keys()],
    memory,
    isPart,
  });
  const found: Identified['found'] = new Map();
  for (const [post, { post: stored, rule }] of answer.found) {
    const [said, entry] = [saidBy.get(post), entryOf.get(stored)];
    if (said && entry) found.set(said, { entry, rule });
  }
  const newcomers = new Map(
    [...answer.newcomers].flatMap(([post, name]) => {
      const said = saidBy.get(post);
      return said ? [[said, name] as const] : [];
    }),
  );
  return { found, newcomers, memory: answer.memory, notes: notesOf(answer, entries) };
}

function notesOf({ memory, sharers }: MatchResult, entries: readonly SanitisedEntry[]): string[] {
  const links = new Set(entries.flatMap(({ url }) => url ?? []));
  const by = links.size * 2 > entries.length ? 'links' : 'dates, titles and texts';
  if (memory.idsUnreliable) return [`its ids do not tell its entries apart; entries are known by their ${by}`];
  return sharers === 0 ? [] : [`${sharers} of its entries share an id with another; these are known by their ${by}`];
}

/** What entries that were kept elsewhere are to those of the archive. */
export interface Compared {
  /** Which entry of the archive each is that is there. */
  same: Map<Entry, { entry: Entry; rule: Rule }>;
  /** What each is called that is not. */
  names: Map<Entry, string>;
}

/** What the entries of one feed, from another archive or from what was held, are to those of the archive. */
export function compareEntries(
  known: readonly Entry[],
  others: readonly Entry[],
  memory: Memory,
  { timezone }: { timezone: string },
): Compared {
  const entryOf = new Map(known.map((entry) => [Post.ofArchive(entry, timezone), entry]));
  const otherOf = new Map(others.map((entry) => [Post.ofArchive(entry, timezone), entry]));
  const [{ feed = '' } = {}] = others;
  const answer = matchPosts({ feed, known: [...entryOf.keys()], said: [...otherOf.keys()], memory, isPart: true });
  const compared: Compared = { same: new Map(), names: new Map() };
  for (const [post, other] of otherOf) {
    const stored = answer.found.get(post);
    const entry = stored && entryOf.get(stored.post);
    if (entry) compared.same.set(other, { entry, rule: stored.rule });
    else compared.names.set(other, answer.newcomers.get(post) ?? other.id);
  }
  return compared;
}

type Said = Pick<Entry, 'id' | 'url' | 'title' | 'content'>;

/**
 * How the archive remembers that an entry was rejected: hashes of its id and of what it says, with a space between them. Of an edit of an entry
 * that stays, or where the feed's ids are none, only the second.
 */
export function rejection(feed: string, entry: Said, { byId }: { byId: boolean }): string {
  return [...(byId ? [digest([feed, entry.id])] : []), wordsKey(feed, entry)].join(' ');
}

/** Tells which entries of a feed were rejected. Those of the first version were remembered by ten digits of their id's hash. */
export function rejectedBy(feed: string, rejections: readonly string[] = []): (entry: Said) => boolean {
  const hashes = new Set(rejections.flatMap((each) => each.split(' ')));
  if (hashes.size === 0) return () => false;
  return (entry) =>
    hashes.has(keyInArchive(feed, entry.id)) ||
    hashes.has(digest([feed, entry.id])) ||
    hashes.has(wordsKey(feed, entry));
}

function wordsKey(feed: string, { url, title, content }: Said): string {
  return digest([feed, url ?? '', title, ...significantWords(content)]);
}
