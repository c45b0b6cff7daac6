import { joinedHalves } from './characters.ts';
import { decode } from './decode.ts';
import type { FeedDocument } from './document.ts';
import { readJsonFeed } from './json-feed.ts';
import { normalise } from './normalise.ts';
import type { FailureReason } from './outcome.ts';
import { rssInJson } from './parse/rss-in-json.ts';
import { parse } from './parse.ts';
import { readJson } from './read-json.ts';

export type FeedRead = { kind: 'feed'; feed: FeedDocument } | { kind: 'failed'; reason: FailureReason };

/** Where bytes came from, and what their server called them. */
export interface From {
  url: string;
  contentType: string | null;
}

/** A feed's bytes as what they mean. Whatever the bytes hold, the failure is a value. */
export function readFeed(bytes: Uint8Array, { url, contentType }: From): FeedRead {
  const text = joinedHalves(decode(bytes, contentType));
  if (text.trim() === '') return failed({ kind: 'empty' });
  if (/^\s*[{[]/.test(text)) {
    const feed = readJsonFeed(text, url);
    if (feed) return { kind: 'feed', feed };
    const tree = rssInJson(readJson(text));
    return tree ? normalise(tree, url) : failed({ kind: 'not-a-feed', detail: 'it is JSON, but no JSON Feed' });
  }
  const parsed = parse(text, url);
  return parsed.kind === 'failed' ? parsed : normalise(parsed.tree, url);
}

function failed(reason: FailureReason): FeedRead {
  return { kind: 'failed', reason };
}
