import { wordsOf } from '../../../src/lib/text-likeness.ts';
import type { Entry } from '../../../src/model/entry.ts';
import { digest, keyOf } from './names.ts';

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
    hashes.has(keyOf(feed, entry.id)) || hashes.has(digest([feed, entry.id])) || hashes.has(wordsKey(feed, entry));
}

function wordsKey(feed: string, { url, title, content }: Said): string {
  return digest([feed, url ?? '', title, ...wordsOf(content)]);
}
