import { createHash } from 'node:crypto';
import { ledgerKey } from '../../../src/archive/ledger.ts';
import type { Entry } from '../../../src/core/entry.ts';
import type { FeedEntry } from '../feed-entry.ts';
import type { Post } from './post.ts';

/** What a template prints where it has no id. */
const NO_ID = /^[^\p{L}\p{N}]*$|^(?:n\/?a|none|null|nil|undefined|unknown|false|0)$/iu;

/** What an entry is known by inside its feed: its own id, else its link, else its words. Never empty. */
export function idInArchive(entry: FeedEntry): string {
  if (entry.id !== null && !NO_ID.test(entry.id)) return entry.id;
  if (entry.url) return entry.url;
  const words = [entry.title, entry.published?.toISOString() ?? entry.content?.html ?? ''];
  return `urn:sha256:${digest(words)}`;
}

/** Ten letters and digits that stand for (feed id, entry id): the end of its permalink, the start of its HTML ids. */
export function keyInArchive(feed: string, id: string): string {
  return ledgerKey({ feed, id });
}

/** For an entry whose key is taken. */
function longKeyOf(feed: string, id: string): string {
  return digest([feed, id]).slice(0, 32);
}

export function digest(words: string[]): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex');
}

/** What an entry is called in the archive. */
export interface EntryName {
  feed: string;
  id: string;
  /** The end of its permalink, the start of its HTML ids. */
  key: string;
}

/** With a longer key where its own is another's already: ten digits can be made to agree, by who tries often enough. */
export function nameEntry(feed: string, id: string, isTaken: (key: string) => boolean = () => false): EntryName {
  const key = keyInArchive(feed, id);
  return { feed, id, key: isTaken(key) ? longKeyOf(feed, id) : key };
}

/** An entry under another name. */
export function renameEntry(entry: Entry, { id, key }: EntryName): Entry {
  const before = keyIn(entry.path);
  const path = `${entry.path.slice(0, -before.length)}${key}`;
  return { ...entry, id, path, content: entry.content.replaceAll(before, key) };
}

/** The end of a permalink. */
export function keyIn(path: string): string {
  return /[^/-]*$/.exec(path)?.[0] ?? '';
}

/** What a new entry may be called: its id, else its link, else its words; each only where it is its own. Never at an end. */
export function* namesOf(post: Post, { isId, isLink }: { isId: boolean; isLink: boolean }): Generator<string> {
  if (isId) yield post.id;
  if (isLink && post.url !== null) yield post.url;
  const { title, instant, words } = post;
  yield `urn:sha256:${digest([title, instant ?? words.join(' ')])}`;
  for (let count = 1; ; count += 1) {
    yield `urn:sha256:${digest([title, instant ?? '', post.url ?? '', words.join(' '), String(count)])}`;
  }
}

/** What the archive remembers of a feed to know its entries by. */
export interface Memory {
  lastDocument: readonly string[];
  aliases: Readonly<Record<string, string>>;
  idsUnreliable: boolean;
}

export const NOTHING: Memory = { lastDocument: [], aliases: {}, idsUnreliable: false };

const MOST_REMEMBERED = 200;

interface Seen {
  feed: string;
  /** What stands in the document now, in its order: what it is called in the archive, and its id where that is one. */
  standing: readonly { name: string; id: string | null }[];
  /** What vanished from inside it. */
  gone: Iterable<Post>;
  isPart: boolean;
  idsUnreliable: boolean;
}

/** Of the entries that stand in the document now, and of those that vanished from inside it. As it was where it is the same set. */
export function remembered(memory: Memory, { feed, standing, gone, isPart, idsUnreliable }: Seen): Memory {
  if (standing.length === 0) return memory;
  const keys = standing.map(({ name }) => keyInArchive(feed, name));
  const before = new Set(memory.lastDocument);
  const vanished = [...gone]
    .map(({ id }) => keyInArchive(feed, id))
    .filter((key) => before.has(key) && !keys.includes(key));
  const more = isPart ? memory.lastDocument.filter((key) => !keys.includes(key)) : vanished;
  const now = [...keys, ...more].slice(0, MOST_REMEMBERED);
  const isSame = now.length === before.size && now.every((key) => before.has(key));
  const aliases = new Map(Object.entries(memory.aliases).filter(([, key]) => now.includes(key) && !keys.includes(key)));
  for (const { name, id } of standing) {
    if (id !== null && id !== name) aliases.set(keyInArchive(feed, id), keyInArchive(feed, name));
  }
  const sorted = [...aliases].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    lastDocument: isSame ? memory.lastDocument : now,
    aliases: idsUnreliable ? {} : Object.fromEntries(sorted),
    idsUnreliable,
  };
}
