import { createHash } from 'node:crypto';
import { permalinkKey } from '../../../src/archive/ledger.ts';
import type { Entry } from '../../../src/core/entry.ts';
import { sortedByKey } from '../../../src/core/text.ts';
import type { FeedEntry } from '../feed-entry.ts';
import type { Post } from './post.ts';

/** Texts that templates print instead of a missing id. */
const NO_ID = /^[^\p{L}\p{N}]*$|^(?:n\/?a|none|null|nil|undefined|unknown|false|0)$/iu;

/** In characters: a build has the ids of all entries in memory. */
const LONGEST_ID = 2_000;

/** Without credentials, as links; a long one hashed. Earlier versions stored any id: compare theirs in this form. */
export function shortId(id: string): string {
  return id.length > LONGEST_ID ? `urn:sha256:${digest([id])}` : id.replace(/^(https?:\/\/)[^/?#@]*@/i, '$1');
}

/** The id of an entry inside its feed: its own, else its link, else a hash of its words. Never empty. */
export function idInArchive(entry: FeedEntry): string {
  if (entry.id !== null && !NO_ID.test(entry.id)) return shortId(entry.id);
  if (entry.url) return shortId(entry.url);
  const words = [entry.title, entry.published?.toISOString() ?? entry.content?.html ?? ''];
  return `urn:sha256:${digest(words)}`;
}

export function digest(words: string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}

export type EntryIdentity = ReturnType<typeof newIdentity>;

/** The identity of a new entry. It has a longer key where the short one is taken: an attacker can find two ids with the same ten digits. */
export function newIdentity(feed: string, id: string, isTaken: (key: string) => boolean = () => false) {
  const key = permalinkKey({ feed, id });
  return { feed, id, key: isTaken(key) ? digest([feed, id]).slice(0, 32) : key };
}

/** The entry under another id and key: its permalink and its HTML ids change with them. */
export function withIdentity(entry: Entry, { id, key }: EntryIdentity): Entry {
  const before = keyOfPath(entry.path);
  const path = `${entry.path.slice(0, -before.length)}${key}`;
  return { ...entry, id, path, content: entry.content.replaceAll(before, key) };
}

/** The end of a permalink. */
export function keyOfPath(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('-')) + 1);
}

/** For each new post the first of its possible ids that is not used yet. They are used from then on. */
export function newIds(
  newPosts: readonly Post[],
  used: Set<string>,
  has: (post: Post) => { isId: boolean; isLink: boolean },
): Map<Post, string> {
  const ids = new Map<Post, string>();
  for (const post of newPosts) {
    const id = possibleIds(post, has(post)).find((each) => !used.has(each)) ?? post.id;
    used.add(id);
    ids.set(post, id);
  }
  return ids;
}

/** Without end: its id, then its link, each only where no other entry has it, then hashes of its words. */
function* possibleIds(post: Post, { isId, isLink }: { isId: boolean; isLink: boolean }): Generator<string> {
  if (isId) yield post.id;
  if (isLink && post.url !== null) yield post.url;
  const { title, instant, words } = post;
  yield `urn:sha256:${digest([title, instant ?? words.join(' ')])}`;
  for (let count = 1; ; count += 1) {
    yield `urn:sha256:${digest([title, instant ?? '', post.url ?? '', words.join(' '), String(count)])}`;
  }
}

export interface FeedMemory {
  /** Keys of the entries in the last document, in its order. */
  lastDocument: readonly string[];
  /** Key of an id that the feed gives now → key of the entry in the archive. */
  aliases: Readonly<Record<string, string>>;
  idsUnreliable: boolean;
}

export const NO_MEMORY: FeedMemory = { lastDocument: [], aliases: {}, idsUnreliable: false };
const MOST_KEYS = 200;

interface MatchedDocument {
  feed: string;
  /** The entries of the document, in its order: the id in the archive, and the id that the feed gives, where that one counts. */
  entries: readonly { id: string; givenId: string | null }[];
  vanished: Iterable<Post>;
  isPart: boolean;
  idsUnreliable: boolean;
}

/** The entries of a document and those that vanished inside it. The same set keeps its order: no file changes. */
export function nextMemory(memory: FeedMemory, document: MatchedDocument): FeedMemory {
  const { feed, entries, isPart, idsUnreliable } = document;
  if (entries.length === 0) return memory;
  const keys = entries.map(({ id }) => permalinkKey({ feed, id }));
  const before = new Set(memory.lastDocument);
  const vanished = new Set([...document.vanished].map(({ id }) => permalinkKey({ feed, id })));
  const now = withMissingInOrder(keys, isPart ? before : vanished, memory.lastDocument).slice(0, MOST_KEYS);
  const isSame = now.length === before.size && now.every((key) => before.has(key));
  const current = entries.flatMap(({ id, givenId }) =>
    givenId === null || givenId === id
      ? []
      : [[permalinkKey({ feed, id: givenId }), permalinkKey({ feed, id })] as const],
  );
  // A server may turn to an older document and back, or leave entries out for a while. If most have their own ids again, a change
  // of all ids was taken back.
  const own = new Set(entries.filter(({ id, givenId }) => id === givenId).map(({ id }) => permalinkKey({ feed, id })));
  const stored = Object.entries(memory.aliases);
  const others = stored.filter(([, key]) => !own.has(key));
  const isTakenBack = 2 * (stored.length - others.length) > entries.length;
  const former = isTakenBack ? others : stored;
  const all = new Map([...former, ...current]);
  const missing = former.filter(([, key]) => now.includes(key) && !keys.includes(key));
  const aliases = all.size > MOST_KEYS ? new Map([...missing, ...current]) : all;
  return {
    lastDocument: isSame ? memory.lastDocument : now,
    aliases: idsUnreliable ? {} : sortedByKey(aliases),
    idsUnreliable,
  };
}

/** The keys of a document, and the missing ones, each at its place: above the key that it stood above, else at the end. */
function withMissingInOrder(
  keys: readonly string[],
  missing: ReadonlySet<string>,
  before: readonly string[],
): string[] {
  const listed = new Set(keys);
  const above = Map.groupBy(
    before.filter((key) => missing.has(key) && !listed.has(key)),
    (key) => before.slice(before.indexOf(key)).find((below) => listed.has(below)),
  );
  return [...keys.flatMap((key) => [...(above.get(key) ?? []), key]), ...(above.get(undefined) ?? [])];
}
