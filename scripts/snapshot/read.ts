import { setFlagsFromString } from 'node:v8';
import { decode } from './decode.ts';
import type { FeedDocument } from './document.ts';
import { readJsonFeed } from './json-feed.ts';
import { normalise } from './normalise.ts';
import type { FailureReason } from './outcome.ts';
import { parse } from './parse.ts';
import { RanAway, within } from './watch.ts';

export type FeedRead = { kind: 'feed'; feed: FeedDocument } | { kind: 'failed'; reason: FailureReason };

/** Where bytes came from, and what their server called them. */
export interface From {
  url: string;
  contentType: string | null;
}

/** Every stage takes time that grows with the feed alone: a feed of 10 MB takes a few seconds. */
const SECONDS = 30;

/** From here on a feed's tree is so large that the memory for its making shows: 13 MB of small entries took 340 MB, now 230. */
const LARGE = 4_000_000;

/** A feed's bytes as what they mean. Whatever the bytes hold, the failure is a value. */
export async function readFeed(bytes: Uint8Array, from: From, seconds = SECONDS): Promise<FeedRead> {
  // V8 doubles the room for new objects while many survive, as in a growing tree they do, and does not give it back.
  if (bytes.length > LARGE) setFlagsFromString('--semi-space-growth-factor=1');
  try {
    return within(seconds, () => read(bytes, from));
  } catch (error) {
    if (error instanceof RanAway) return failed({ kind: 'runaway', seconds: error.seconds });
    throw error;
  }
}

function read(bytes: Uint8Array, { url, contentType }: From): FeedRead {
  const text = decode(bytes, contentType);
  if (text.trim() === '') return failed({ kind: 'empty' });
  if (/^\s*[{[]/.test(text)) {
    const feed = readJsonFeed(text, url);
    return feed ? { kind: 'feed', feed } : failed({ kind: 'not-a-feed', detail: 'it is JSON, but no JSON Feed' });
  }
  const parsed = parse(text, url);
  return parsed.kind === 'failed' ? parsed : normalise(parsed.tree, url);
}

function failed(reason: FailureReason): FeedRead {
  return { kind: 'failed', reason };
}
