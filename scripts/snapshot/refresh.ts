import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { linkTarget, slashes } from '../../src/archive/link-target.ts';
import { type FeedState, newFeedState, stateForAddress } from '../../src/core/feed-state.ts';
import { isOurFeed } from '../../src/core/paths.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import { withoutSecrets } from '../../src/core/web-address.ts';
import type { FeedWorker } from './feed-worker.ts';
import type { Fetched, FetchedBody } from './fetch/response.ts';
import {
  type Failure,
  type FailureReason,
  failure,
  failureSentence,
  fileFailure,
  isRefusal,
  type Outcome,
} from './outcome.ts';
import { DAY, isGoneForGood, mustWait, needsFullRequest } from './schedule.ts';

export interface FetchContext {
  fetchFeed(request: { url: string; validators: FeedState['validators'] }): Promise<Fetched>;
  readInWorker: FeedWorker['readInWorker'];
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
  const state = stateForAddress(stored, feed.url);
  const onDisk = isOnDisk(feed);
  if (isOurFeed(feed.url, context.site)) return { ...failure({ kind: 'own-feed' }), feed, retryAt: null };
  if (feed.paused) return { kind: 'paused', feed };
  // Earlier versions wrote this after the first answer.
  if (state.trouble?.outcome === 'gone' && isGoneForGood(state.trouble.since, context.now))
    return { kind: 'gone', feed };
  if (!onDisk && mustWait(state, context.now)) return { kind: 'waiting', feed, until: new Date(state.askAgainAt ?? 0) };
  const fetched = onDisk
    ? await readFromDisk(feed.url, context)
    : await fetchAgain(feed.url, needsFullRequest(state, context.now) ? {} : state.validators, context);
  switch (fetched.kind) {
    case 'not-modified':
      return { ...fetched, kind: 'unchanged', feed };
    case 'gone':
      return { ...fetched, feed };
    case 'failed': {
      const { beginning, ...failed } = fetched;
      const read = beginning && (await readBeginning(feed, failed.reason, beginning, context));
      return read ?? { ...failed, feed };
    }
    case 'body':
      return readFetchedBody(feed, fetched, context);
    default:
      return fetched satisfies never;
  }
}

/** Fetches a feed that may have validators. Some servers refuse every conditional request: then once more, without them. */
async function fetchAgain(
  url: string,
  validators: FeedState['validators'],
  { fetchFeed }: FetchContext,
): Promise<Fetched> {
  const fetched = await fetchFeed({ url, validators });
  const isRefused = fetched.kind === 'failed' && isRefusal(fetched.reason);
  return isRefused && Object.keys(validators).length > 0 ? fetchFeed({ url, validators: {} }) : fetched;
}

/** `canRefresh`: whether a page that leads elsewhere by itself is followed. */
async function readFetchedBody(
  feed: FeedConfig,
  fetched: FetchedBody,
  context: FetchContext,
  canRefresh = !isOnDisk(feed),
): Promise<Outcome> {
  const { bytes, url, contentType, refresh, validators, askAgainAt, movedTo, delta } = fetched;
  const read = await context.readInWorker({ bytes, from: { url, contentType, refresh } });
  if (read.kind === 'failed') {
    const target = read.reason.kind === 'web-page' && canRefresh ? read.reason.refresh : undefined;
    return target === undefined ? { ...read, feed, retryAt: null } : readRefreshed(feed, read, target, context);
  }
  const answer = { validators: read.feed.delta ? {} : validators, askAgainAt, movedTo, from: url };
  const reading = { kind: 'read', feed, ...answer, ...read.feed, delta: delta || read.feed.delta } as const;
  // A file may be read in every run.
  if (isOnDisk(feed)) return { ...reading, host: null, manners: newFeedState(feed.url).manners };
  return { ...reading, host: new URL(url).host };
}

/**
 * Reads the beginning of an answer that broke off, or is too large: servers declare a wrong length for years, and blogs publish all their
 * posts in one feed (https://github.com/dolphin-emu/www/issues/124, https://github.com/Athou/commafeed/issues/1580). Null if
 * it has no whole entry with a date, or if the newest may be at the end, which never comes.
 */
async function readBeginning(
  feed: FeedConfig,
  reason: FailureReason,
  beginning: FetchedBody,
  context: FetchContext,
): Promise<Outcome | null> {
  const outcome = await readFetchedBody(feed, beginning, context, false);
  if (outcome.kind !== 'read') return null;
  if (!outcome.partial) return outcome;
  const times = outcome.entries.flatMap(({ published, updated }) => (published ?? updated)?.getTime() ?? []);
  // The first post may be pinned.
  const steps = times.map((time, index) => Math.sign(time - (times[index - 1] ?? time)));
  if (times.length === 0 || steps.reduce((sum, step) => sum + step, 0) > 0) return null;
  const note = `its beginning was read: ${failureSentence(reason)}`;
  // Other notes have numbers, which may change with every answer. As after a failure, the next run asks again.
  if (reason.kind !== 'too-large') return { ...outcome, askAgainAt: null, notes: [note] };
  // What there is of it is whole, and may be edited. Without validators, each request gets it all again.
  const askAgainAt = new Date(context.now.getTime() + DAY);
  return {
    ...outcome,
    partial: false,
    delta: true,
    validators: {},
    askAgainAt,
    notes: [note, ...outcome.notes.slice(1)],
  };
}

/** Reads the feed to which a page leads, if it does. Without validators: the page could answer that it has not changed. */
async function readRefreshed(feed: FeedConfig, page: Failure, target: string, context: FetchContext): Promise<Outcome> {
  const fetched = await context.fetchFeed({ url: target, validators: {} });
  const failed = fetched.kind === 'failed' ? fetched : null;
  if (failed?.reason.kind === 'stopped') return { ...failed, feed };
  const noFeed = { ...page, feed, retryAt: failed?.retryAt ?? null };
  if (fetched.kind !== 'body') return noFeed;
  const outcome = await readFetchedBody(feed, { ...fetched, validators: {}, movedTo: null }, context, false);
  if (outcome.kind !== 'read') return noFeed;
  const address = withoutSecrets(fetched.movedTo ?? target);
  const note = `its address is now a page that leads to the feed: write url: ${address} in planet.yaml`;
  return { ...outcome, notes: [note, ...outcome.notes] };
}

function isOnDisk({ url }: FeedConfig): boolean {
  return !/^https?:/i.test(url);
}

/** `blog.example.org`, `blog.example.org/feed.xml` and `<https://…>`, but not `feed.xml`. */
const MAY_BE_ADDRESS = /^[^/\\]+\.(?!(?:atom|json|rdf|rss|xml)$)[a-z]{2,}(?:\/|$)|https?:/i;

async function readFromDisk(path: string, { folder, site }: FetchContext): Promise<Fetched> {
  const noFile = (detail: string): Fetched => ({ ...failure({ kind: 'no-file', path, detail }), retryAt: null });
  try {
    if (linkTarget(folder, path) === 'outside') return noFile('it lies outside your folder');
    const bytes = await readFile(resolve(folder, path));
    const url = new URL(slashes(path), site).href;
    const unconditional = { refresh: null, validators: {}, movedTo: null, askAgainAt: null, delta: false };
    return { kind: 'body', url, bytes, contentType: null, ...unconditional };
  } catch (error) {
    const hint = MAY_BE_ADDRESS.test(path) ? '; a web address begins with https://' : '';
    return noFile(`${fileFailure(error as NodeJS.ErrnoException)}${hint}`);
  }
}
