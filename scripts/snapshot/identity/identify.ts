import { permalinkKey } from '../../../src/archive/ledger.ts';
import type { Entry } from '../../../src/core/entry.ts';
import { plainLink } from '../../../src/core/entry-keys.ts';
import { significantWords } from '../../../src/core/text-likeness.ts';
import type { SanitisedEntry } from '../sanitised-entry.ts';
import { digest, type FeedMemory } from './entry-ids.ts';
import { type MatchInput, type MatchResult, matchPosts } from './match-posts.ts';
import type { Rule } from './match-rules.ts';
import { Post } from './post.ts';

export function identify(
  existing: readonly Entry[],
  { feed, entries, isPart }: Pick<MatchInput, 'feed' | 'isPart'> & { entries: readonly SanitisedEntry[] },
  memory: FeedMemory,
  { timezone }: { timezone: string },
  now: Date,
) {
  const incoming = new Map(entries.map((entry) => [Post.ofFeed(entry, now, timezone), entry]));
  const { matches, newEntries, result } = matched(existing, incoming, { feed, memory, isPart }, timezone);
  return { matches, newEntries, memory: result.memory, notes: idNotes(result, [...incoming.keys()]) };
}

/** Entries of a document or of another archive, compared with the stored ones. */
function matched<T extends object>(
  existing: readonly Entry[],
  incoming: ReadonlyMap<Post, T>,
  document: Pick<MatchInput, 'feed' | 'memory' | 'isPart'>,
  timezone: string,
) {
  const stored = new Map(existing.map((entry) => [Post.ofArchive(entry, timezone), entry]));
  const result = matchPosts({ ...document, existing: [...stored.keys()], incoming: [...incoming.keys()] });
  const matches = new Map<T, { entry: Entry; rule: Rule }>();
  for (const [post, { post: match, rule }] of result.matches) {
    const [one, entry] = [incoming.get(post), stored.get(match)];
    if (one && entry) matches.set(one, { entry, rule });
  }
  const newEntries = new Map<T, string>();
  for (const [post, id] of result.newPosts) {
    const one = incoming.get(post);
    if (one) newEntries.set(one, id);
  }
  return {
    /** Other entry → stored entry, and the rule that matched them. */
    matches,
    /** New entry → its id in the archive. */
    newEntries,
    result,
  };
}

function idNotes({ memory, sharers }: MatchResult, posts: readonly Post[]): string[] {
  const links = new Set(posts.flatMap(({ url }) => url ?? []));
  const by = links.size * 2 > posts.length ? 'links' : 'dates, titles and texts';
  const exhausted = posts.filter((post) => post.isExhausted).length;
  const notes = exhausted === 0 ? [] : [`${exhausted} of its texts are like too many others to compare them with all`];
  if (memory.idsUnreliable)
    return [`its ids do not tell its entries apart; entries are known by their ${by}`, ...notes];
  if (sharers === 0) return notes;
  return [`${sharers} of its entries share an id with another; these are known by their ${by}`, ...notes];
}

/** Matches entries of one feed, from another archive or from those held, to the stored ones. */
export function compareEntries(
  existing: readonly Entry[],
  others: readonly Entry[],
  memory: FeedMemory,
  { timezone }: { timezone: string },
) {
  const incoming = new Map(others.map((entry) => [Post.ofArchive(entry, timezone), entry]));
  const document = { feed: others[0]?.feed ?? '', memory, isPart: true };
  return matched(existing, incoming, document, timezone);
}

type Rejected = Pick<Entry, 'id' | 'url' | 'title' | 'content'>;

/** As stored: the hash of its id, a space, and that of its words; only this for a rejected edit, or if ids are unreliable. */
export function rejection(feed: string, entry: Rejected, { byId }: { byId: boolean }): string {
  return [...(byId ? [digest([feed, entry.id])] : []), wordsKey(feed, entry)].join(' ');
}

/** Returns a test for rejected entries of a feed. The first version stored only ten digits of the hash of the id. */
export function rejectedBy(feed: string, rejections: readonly string[] = []): (entry: Rejected) => boolean {
  const hashes = new Set(rejections.flatMap((each) => each.split(' ')));
  if (hashes.size === 0) return () => false;
  return (entry) =>
    hashes.has(permalinkKey({ feed, id: entry.id })) ||
    hashes.has(digest([feed, entry.id])) ||
    hashes.has(wordsKey(feed, entry)) ||
    hashes.has(wordsKey(feed, entry, entry.url));
}

/** Earlier versions hashed the link as written. */
function wordsKey(feed: string, { url, title, content }: Rejected, link = url && plainLink(url)): string {
  return digest([feed, link ?? '', title, ...significantWords(content)]);
}
