import { readFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { linkTarget } from '../../src/archive/inside.ts';
import { type FeedState, newFeedState } from '../../src/core/feed-state.ts';
import { isOurFeed } from '../../src/core/paths.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import type { Reader } from './feed-reader.ts';
import type { Fetched } from './fetch/response.ts';
import type { Outcome } from './outcome.ts';
import { isBackingOff } from './schedule.ts';

/** Everything that reading a feed needs from outside. */
export interface FetchContext {
  fetchFeed(asking: { url: string; validators: FeedState['validators'] }): Promise<Fetched>;
  readSafely: Reader['readSafely'];
  /** The operator's folder, absolute: feeds on disk are inside it. */
  folder: string;
  /** The planet's own address: the base of addresses in feeds on disk. */
  site: string;
  now: Date;
}

/** Fetches and reads one feed. Every failure of a feed or its server is a value. */
export async function refresh(
  feed: FeedConfig,
  stored: FeedState | undefined,
  context: FetchContext,
): Promise<Outcome> {
  const state = stored?.url === feed.url ? stored : newFeedState(feed.url);
  if (isOurFeed(feed.url, context.site)) return { kind: 'failed', feed, reason: { kind: 'own-feed' }, retryAt: null };
  if (feed.paused) return { kind: 'paused', feed };
  if (state.trouble?.outcome === 'gone') return { kind: 'gone', feed };
  if (!isOnDisk(feed) && isBackingOff(state, context.now))
    return { kind: 'resting', feed, until: new Date(state.askAgainAt ?? 0) };
  const fetched = await ask(feed, state, context);
  switch (fetched.kind) {
    case 'not-modified':
      return { kind: 'unchanged', feed, askAgainAt: fetched.askAgainAt, movedTo: fetched.movedTo };
    case 'gone':
      return { kind: 'gone', feed };
    case 'failed':
      return { kind: 'failed', feed, reason: fetched.reason, retryAt: fetched.retryAt };
    case 'body':
      return readBody(feed, fetched, context);
    default:
      return fetched satisfies never;
  }
}

async function readBody(
  feed: FeedConfig,
  fetched: Extract<Fetched, { kind: 'body' }>,
  context: FetchContext,
): Promise<Outcome> {
  const { bytes, url, contentType, validators, askAgainAt, movedTo, delta } = fetched;
  const read = await context.readSafely({ bytes, from: { url, contentType } });
  if (read.kind === 'failed') return { kind: 'failed', feed, reason: read.reason, retryAt: null };
  // A file may be read as often as we like.
  const manners = isOnDisk(feed) ? newFeedState(feed.url).manners : read.feed.manners;
  const host = isOnDisk(feed) ? null : new URL(url).host;
  return { kind: 'read', feed, validators, askAgainAt, movedTo, from: url, host, delta, ...read.feed, manners };
}

async function ask(feed: FeedConfig, state: FeedState, context: FetchContext): Promise<Fetched> {
  if (isOnDisk(feed)) return readFromDisk(feed.url, context);
  return context.fetchFeed({ url: feed.url, validators: state.validators });
}

function isOnDisk({ url }: FeedConfig): boolean {
  return !/^https?:/i.test(url);
}

async function readFromDisk(path: string, { folder, site }: FetchContext): Promise<Fetched> {
  const failed = (detail: string): Fetched => ({
    kind: 'failed',
    reason: { kind: 'no-file', path, detail },
    retryAt: null,
  });
  try {
    if (linkTarget(folder, path) === 'outside') return failed("it lies outside the operator's folder");
    const bytes = await readFile(resolve(folder, path));
    const url = new URL(path.replaceAll(sep, '/'), site).href;
    return {
      kind: 'body',
      url,
      bytes,
      contentType: null,
      validators: {},
      movedTo: null,
      askAgainAt: null,
      delta: false,
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Not the message of the system: it names paths of this machine, and the sentence is published.
    const hint = /^[^/\\]+\.[a-z]{2,}\//i.test(path) ? '; a web address begins with https://' : '';
    return failed(code === 'ENOENT' ? `there is no such file${hint}` : `the system says ${code}`);
  }
}
