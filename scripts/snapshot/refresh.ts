import { readFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { leads } from '../../src/archive/inside.ts';
import { type FeedState, unmet } from '../../src/core/feed-state.ts';
import { isOurFeed } from '../../src/core/paths.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import type { Reader } from './feed-reader.ts';
import type { Fetched } from './fetch/response.ts';
import type { Outcome } from './outcome.ts';
import { isBackingOff } from './schedule.ts';

/** What reading a feed needs from outside. */
export interface FetchContext {
  fetchFeed(asking: { url: string; validators: FeedState['validators'] }): Promise<Fetched>;
  readSafely: Reader['readSafely'];
  /** The operator's folder, absolute: where feeds on disk lie. */
  folder: string;
  /** The planet's own address: what a feed on disk is relative to. */
  site: string;
  now: Date;
}

/** One feed, from its address to safe entries. Never throws for what a feed or its server does. */
export async function refresh(
  feed: FeedConfig,
  remembered: FeedState | undefined,
  means: FetchContext,
): Promise<Outcome> {
  const state = remembered?.url === feed.url ? remembered : unmet(feed.url);
  if (isOurFeed(feed.url, means.site)) return { kind: 'failed', feed, reason: { kind: 'own-feed' }, retryAt: null };
  if (feed.paused) return { kind: 'paused', feed };
  if (state.trouble?.outcome === 'gone') return { kind: 'gone', feed };
  if (!isOnDisk(feed) && isBackingOff(state, means.now))
    return { kind: 'resting', feed, until: new Date(state.askAgainAt ?? 0) };
  const fetched = await ask(feed, state, means);
  switch (fetched.kind) {
    case 'not-modified':
      return { kind: 'unchanged', feed, askAgainAt: fetched.askAgainAt, movedTo: fetched.movedTo };
    case 'gone':
      return { kind: 'gone', feed };
    case 'failed':
      return { kind: 'failed', feed, reason: fetched.reason, retryAt: fetched.retryAt };
    case 'body':
      return readBody(feed, fetched, means);
    default:
      return fetched satisfies never;
  }
}

async function readBody(
  feed: FeedConfig,
  fetched: Extract<Fetched, { kind: 'body' }>,
  means: FetchContext,
): Promise<Outcome> {
  const { bytes, url, contentType, validators, askAgainAt, movedTo, delta } = fetched;
  const read = await means.readSafely({ bytes, from: { url, contentType } });
  if (read.kind === 'failed') return { kind: 'failed', feed, reason: read.reason, retryAt: null };
  // A file costs nobody anything, however often it is read.
  const manners = isOnDisk(feed) ? unmet(feed.url).manners : read.feed.manners;
  const host = isOnDisk(feed) ? null : new URL(url).host;
  return { kind: 'read', feed, validators, askAgainAt, movedTo, from: url, host, delta, ...read.feed, manners };
}

async function ask(feed: FeedConfig, state: FeedState, means: FetchContext): Promise<Fetched> {
  if (isOnDisk(feed)) return readFromDisk(feed.url, means);
  return means.fetchFeed({ url: feed.url, validators: state.validators });
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
    if (leads(folder, path) === 'outside') return failed("it lies outside the operator's folder");
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
    // Not the system's own message: it holds the machine's paths, and the sentence is published.
    return failed(code === 'ENOENT' ? 'there is no such file' : `the system says ${code}`);
  }
}
