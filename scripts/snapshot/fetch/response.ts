import type { Validators } from '../../../src/core/feed-state.ts';
import { type Failure, type FailureReason, failure } from '../outcome.ts';
import { decompress } from './decompress.ts';
import { isGuarded } from './guards.ts';
import { freshUntil, retryAt as readRetryAt, readValidators } from './headers.ts';
import type { Limits } from './limits.ts';
import { movedTo, type Trail } from './redirects.ts';
import type { Received } from './request.ts';

export type Fetched =
  | FetchedBody
  | { kind: 'not-modified'; movedTo: string | null; askAgainAt: Date | null }
  | { kind: 'gone' }
  | (Failure & { retryAt: Date | null; beginning?: FetchedBody });

export interface FetchedBody {
  kind: 'body';
  /** The address after redirects. */
  url: string;
  /** Unpacked. */
  bytes: Uint8Array;
  contentType: string | null;
  /** The header `Refresh`: a page may have it in place of a redirect. */
  refresh: string | null;
  /** To be stored only after the entries of this answer. */
  validators: Validators;
  /** The new address after permanent redirects; else null. */
  movedTo: string | null;
  /** Until then the answer is fresh. */
  askAgainAt: Date | null;
  /** Whether it holds only some entries, each whole: those since the last request (226, RFC 3229), or the beginning of too many. */
  delta: boolean;
}

export type Arrived = { kind: 'arrived'; answer: Received; trail: Trail };

/** `conditional`: whether the request had validators. */
type ResponseContext = { conditional: boolean; limits: Limits; now: Date };

export async function readResponse(arrived: Arrived, context: ResponseContext): Promise<Fetched> {
  const { answer, trail } = arrived;
  const { conditional, now } = context;
  const { status, header } = answer;
  const retryAt = status === 429 || status === 503 ? readRetryAt(header, now) : null;
  if (isGuarded(header)) return failureWithRetry({ kind: 'bot-protection', host: trail.url.hostname, status }, retryAt);
  switch (status) {
    case 200:
    case 203:
    case 226:
      return unpacked(arrived, context);
    case 204:
    case 205:
      return failureWithRetry({ kind: 'empty' });
    case 304:
      if (!conditional) return failureWithRetry({ kind: 'status', status });
      return { kind: 'not-modified', movedTo: movedTo(trail), askAgainAt: freshUntil(header, now) };
    case 410:
      // Behind a temporary redirect it is the other address that is gone.
      return trail.permanent ? { kind: 'gone' } : failureWithRetry({ kind: 'status', status });
    case 429:
      return failureWithRetry({ kind: 'rate-limited', until: retryAt }, retryAt);
    default:
      return failureWithRetry(retryAt ? { kind: 'rate-limited', until: retryAt } : { kind: 'status', status }, retryAt);
  }
}

async function unpacked({ answer, trail }: Arrived, { limits, now }: ResponseContext): Promise<Fetched> {
  const { status, header, bytes: packed } = answer;
  const content = await decompress(packed, header('content-encoding'), limits.body);
  if (content.kind === 'failed') return failureWithRetry(answer.cut ?? content.reason);
  const cut = answer.cut ?? content.cut;
  if (content.bytes.length === 0) return failureWithRetry(cut ?? { kind: 'empty' });
  const body = {
    kind: 'body',
    url: trail.url.href,
    bytes: content.bytes,
    contentType: header('content-type'),
    refresh: header('refresh'),
    validators: readValidators(header, now),
    movedTo: movedTo(trail),
    askAgainAt: freshUntil(header, now),
    delta: status === 226,
  } as const;
  return cut === null ? body : { ...failureWithRetry(cut), beginning: body };
}

function failureWithRetry(reason: FailureReason, retryAt: Date | null = null): Failure & { retryAt: Date | null } {
  return { ...failure(reason), retryAt };
}
