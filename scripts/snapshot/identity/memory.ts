import { keyOf } from './names.ts';
import type { Post } from './post.ts';

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
  const keys = standing.map(({ name }) => keyOf(feed, name));
  const before = new Set(memory.lastDocument);
  const vanished = [...gone].map(({ id }) => keyOf(feed, id)).filter((key) => before.has(key) && !keys.includes(key));
  const more = isPart ? memory.lastDocument.filter((key) => !keys.includes(key)) : vanished;
  const now = [...keys, ...more].slice(0, MOST_REMEMBERED);
  const isSame = now.length === before.size && now.every((key) => before.has(key));
  const aliases = new Map(Object.entries(memory.aliases).filter(([, key]) => now.includes(key) && !keys.includes(key)));
  for (const { name, id } of standing) {
    if (id !== null && id !== name) aliases.set(keyOf(feed, id), keyOf(feed, name));
  }
  const sorted = [...aliases].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    lastDocument: isSame ? memory.lastDocument : now,
    aliases: idsUnreliable ? {} : Object.fromEntries(sorted),
    idsUnreliable,
  };
}
