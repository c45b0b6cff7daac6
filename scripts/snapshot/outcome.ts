import type { FeedConfig } from '../../src/core/planet.ts';
import type { REDIRECT_SENTENCES } from './failure-sentences.ts';
import type { FetchedBody } from './fetch/response.ts';
import type { SafeFeed } from './read-feed.ts';

export type Outcome =
  | FeedReading
  | { kind: 'unchanged'; feed: FeedConfig; askAgainAt: Date | null; movedTo: string | null }
  /** Not asked: its server, its document or our backoff forbids it. */
  | { kind: 'waiting'; feed: FeedConfig; until: Date }
  /** Not asked: the operator paused it. */
  | { kind: 'paused'; feed: FeedConfig }
  | { kind: 'gone'; feed: FeedConfig }
  | (Failure & { feed: FeedConfig; retryAt: Date | null });

export interface FeedReading extends SafeFeed, Pick<FetchedBody, 'validators' | 'askAgainAt' | 'movedTo' | 'delta'> {
  kind: 'read';
  feed: FeedConfig;
  /** Its address after redirects; for a file the address that the site would have for it. */
  from: string;
  /** The host after redirects; null for a file. */
  host: string | null;
}

export type Failure = { kind: 'failed'; reason: FailureReason };

export function failure(reason: FailureReason): Failure {
  return { kind: 'failed', reason };
}

/** Whether a server refuses a request as it is (4xx): it may not like its validators. */
export function isRefusal(reason: FailureReason): boolean {
  return reason.kind === 'status' && reason.status >= 400 && reason.status < 500;
}

/** Why a feed could not be read. Two failures have two kinds only if the operator would act differently. */
export type FailureReason =
  | { kind: HostFailure | 'private-address'; host: string }
  | { kind: 'certificate'; host: string; detail: string }
  | { kind: 'timed-out'; seconds: number; during: 'connecting' | 'waiting for an answer' | 'reading' }
  | { kind: 'bad-address'; url: string; detail: string; redirected: boolean }
  | { kind: 'redirects'; detail: keyof typeof REDIRECT_SENTENCES }
  | { kind: 'status'; status: number }
  | { kind: 'bot-protection'; host: string; status: number }
  | { kind: 'rate-limited'; until: Date | null }
  | { kind: 'too-large'; limit: string; what: 'answer' | 'headers' }
  | { kind: 'encoding' | 'not-a-feed' | 'bug'; detail: string }
  | { kind: 'not-xml'; line: number | null; detail: string }
  | { kind: 'runaway'; seconds: number }
  | { kind: 'too-heavy'; megabytes: number }
  | { kind: 'no-file'; path: string; detail: string }
  /** `refresh`: the address to which the page leads by itself. */
  | { kind: 'web-page'; refresh?: string | undefined }
  | { kind: 'empty' | 'stopped' | 'own-feed' };

export type HostFailure =
  | 'name-not-found'
  | 'name-server'
  | 'refused'
  | 'unreachable'
  | 'disconnected'
  | 'broken-answer'
  | 'no-tls';
