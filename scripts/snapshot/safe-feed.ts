import type { Manners } from '../../src/model/state.ts';
import { cuts, fewEnough, shortTitle } from './caps.ts';
import { type Incoming, incoming } from './incoming.ts';
import { saysSomething } from './nothing.ts';
import type { FailureReason } from './outcome.ts';
import { type From, readFeed } from './read.ts';

/** What a feed said, safe to keep and small enough. */
interface SafeFeed {
  title: string;
  home: string | null;
  manners: Manners;
  entries: Incoming[];
  /** Whether its document ends in the middle. */
  partial: boolean;
  /** What was cut off or left out, in sentences. */
  notes: string[];
}

export type SafeRead = { kind: 'feed'; feed: SafeFeed } | { kind: 'failed'; reason: FailureReason };

/** From a feed's bytes to safe entries: all work whose time and memory the feed decides, and nothing else. */
export function readSafely(bytes: Uint8Array, from: From): SafeRead {
  const read = readFeed(bytes, from);
  if (read.kind === 'failed') return read;
  const { home, manners, partial } = read.feed;
  const title = shortTitle(read.feed.title);
  const said = read.feed.entries.filter(saysSomething);
  const few = fewEnough(said);
  const entries = few.entries.map(incoming);
  const notes = [...(partial ? [endsEarly(said.length)] : []), ...few.notes, ...cuts(few.entries, entries)];
  return { kind: 'feed', feed: { title, home, manners, partial, entries, notes } };
}

function endsEarly(entries: number): string {
  if (entries === 0) return 'the document ends in the middle, and none of its entries is whole';
  return entries === 1
    ? 'the document ends in the middle; the one entry that is whole was taken'
    : `the document ends in the middle; the ${entries} entries that are whole were taken`;
}
