import type { FeedDocument } from '../../scripts/snapshot/feed-entry.ts';
import { readFeed } from '../../scripts/snapshot/read-feed.ts';

/** What a feed says. Throws if the text is none. */
export function feedOf(text: string, url = 'https://home.example/blog/feed.xml'): FeedDocument {
  const read = readFeed(Buffer.from(text), { url, contentType: null });
  if (read.kind === 'failed') throw new Error(JSON.stringify(read.reason));
  return read.feed;
}

/** What its first entry says. */
export function entryOf(text: string, url?: string): FeedDocument['entries'][number] {
  const [entry] = feedOf(text, url).entries;
  if (entry === undefined) throw new Error('the feed has no entry');
  return entry;
}
