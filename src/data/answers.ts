import { AsyncLocalStorage } from 'node:async_hooks';
import { hash } from 'node:crypto';
import { memoized } from '../core/memoized.ts';
import { currentPath, type PagesSince, routes } from '../core/paths.ts';
import type { AuthorIdentity, EntrySummary, FeedIdentity } from '../core/records.ts';
import type { Question, SiteData } from './site-data.ts';

export interface QuestionLog {
  data: SiteData;
  note: (question: Question) => void;
  /** Is called for every answer that failed. Astro passes the error to the page, which may ignore it. */
  fail: (error: unknown) => void;
}

export const questionLog = new AsyncLocalStorage<QuestionLog>();

/** The answer to a page's question, and a hash that changes with it. */
export interface Answer<T> {
  hash: () => string;
  data: () => T;
}

/** 132 bits of SHA-256: enough to notice any change of an answer. */
export function shortHash(bytes: string | Uint8Array): string {
  return hash('sha256', bytes, 'base64url').slice(0, 22);
}

/** An answer whose data is small enough to hash whole. */
export function answerOf<T>(data: T): Answer<T> {
  return { hash: () => shortHash(JSON.stringify(data instanceof Map ? [...data] : data)), data: () => data };
}

/** `map(value)`; undefined if there is no value. */
export function mapDefined<T, R>(value: T | undefined, map: (value: T) => R): R | undefined {
  return value === undefined ? undefined : map(value);
}

/** Fields without a part of their own in the hash: they come from the entry's line, and `language` from that of its feed too. */
type InLine = 'id' | 'published' | 'firstSeen' | 'language';

/** The hash changes if any text about the entry may: with line, rules, other occurrences, and what is `removed` from all: secrets, and links to lost sites. */
export function entryHasher(
  since: PagesSince,
  feedById: ReadonlyMap<string, FeedIdentity>,
  authorBySlug: ReadonlyMap<string, AuthorIdentity>,
  removed: readonly unknown[],
): (entry: EntrySummary) => string {
  const identityHash = memoized((identity: FeedIdentity | AuthorIdentity | undefined) =>
    shortHash(JSON.stringify(identity ?? null)),
  );
  return memoized((entry) => {
    const { position, mainPosition, path, feed, via, ownedBecause, credit, day, sharedId, publishedBy } = entry;
    const authors = credit.authors.map((slug) => identityHash(authorBySlug.get(slug)));
    const parts: Record<Exclude<keyof EntrySummary, InLine>, unknown> = {
      ...{ ownedBecause, sharedId, day, publishedBy },
      path: currentPath(routes.entry(path), since),
      position: position.hash,
      mainPosition: mainPosition?.hash,
      feed: identityHash(feedById.get(feed)),
      via: via.map((id) => identityHash(feedById.get(id))),
      credit: { title: credit.title, authors } satisfies Record<keyof EntrySummary['credit'], unknown>,
    };
    return shortHash(JSON.stringify([parts, removed]));
  });
}
