import { cleanText, cutTo } from '../../src/core/clean-text.ts';
import type { PollingHints } from '../../src/core/feed-state.ts';
import type { FeedDocument, FeedEntry } from './feed-entry.ts';
import { readJsonFeed } from './normalise/json-feed.ts';
import { normalise } from './normalise/normalise-feed.ts';
import type { FailureReason } from './outcome.ts';
import { decode } from './parse/decode.ts';
import { readJson, rssInJson } from './parse/json.ts';
import { parseFeed } from './parse/parse-feed.ts';
import { joinedHalves, plainText } from './parse/plain-text.ts';
import { cuts, fewEnough, type SanitisedEntry, sanitiseEntry, shortTitle } from './sanitised-entry.ts';

export type FeedRead = { kind: 'feed'; feed: FeedDocument } | { kind: 'failed'; reason: FailureReason };

/** Where bytes came from, and what their server called them. */
export interface FeedOrigin {
  url: string;
  contentType: string | null;
}

/** A feed's bytes as what they mean. Whatever the bytes hold, the failure is a value. */
export function readFeed(bytes: Uint8Array, { url, contentType }: FeedOrigin): FeedRead {
  const text = joinedHalves(decode(bytes, contentType));
  if (text.trim() === '') return failed({ kind: 'empty' });
  if (/^\s*[{[]/.test(text)) {
    const feed = readJsonFeed(text, url);
    if (feed) return { kind: 'feed', feed };
    const tree = rssInJson(readJson(text));
    return tree ? normalise(tree, url) : failed({ kind: 'not-a-feed', detail: 'it is JSON, but no JSON Feed' });
  }
  const parsed = parseFeed(text, url);
  return parsed.kind === 'failed' ? parsed : normalise(parsed.tree, url);
}

function failed(reason: FailureReason): FeedRead {
  return { kind: 'failed', reason };
}

/** What a feed said, safe to keep and small enough. */
interface SafeFeed {
  title: string;
  description: string | null;
  home: string | null;
  manners: PollingHints;
  entries: SanitisedEntry[];
  /** Whether its document ends in the middle. */
  partial: boolean;
  /** What was cut off or left out, in sentences. */
  notes: string[];
}

export type SafeRead = { kind: 'feed'; feed: SafeFeed } | { kind: 'failed'; reason: FailureReason };

/** From a feed's bytes to safe entries: all work whose time and memory the feed decides, and nothing else. */
export function readSafely(bytes: Uint8Array, from: FeedOrigin): SafeRead {
  const read = readFeed(bytes, from);
  if (read.kind === 'failed') return read;
  const { home, manners, partial } = read.feed;
  const title = shortTitle(read.feed.title);
  const description = read.feed.description && cutTo(DESCRIPTION, cleanText(read.feed.description));
  const said = read.feed.entries.filter(saysSomething);
  const few = fewEnough(said);
  const entries = few.entries.map(sanitiseEntry);
  const notes = [...(partial ? [endsEarly(said.length)] : []), ...few.notes, ...cuts(few.entries, entries)];
  return { kind: 'feed', feed: { title, description: description || null, home, manners, partial, entries, notes } };
}

/** Letters of what a feed says that it is about. */
const DESCRIPTION = 500;

function endsEarly(entries: number): string {
  if (entries === 0) return 'the document ends in the middle, and none of its entries is whole';
  return entries === 1
    ? 'the document ends in the middle; the one entry that is whole was taken'
    : `the document ends in the middle; the ${entries} entries that are whole were taken`;
}

/** Elements that show something without a word. */
const SHOWN = /<(?:img|picture|video|audio|iframe|svg|math|object|embed)\b/i;

/** Whether an entry has anything that a reader could see or follow: without any, `<item/>` would be an empty page. */
function saysSomething({ id, url, original, title, content, summary, enclosures }: FeedEntry): boolean {
  if (id || url || original || title || enclosures.length > 0) return true;
  return [content, summary].some((body) => body !== null && shows(body.html));
}

function shows(html: string): boolean {
  return SHOWN.test(html) || plainText(html).trim() !== '';
}
