import type { Validators } from '../../../src/model/state.ts';
import type { FailureReason } from '../outcome.ts';
import type { Received } from './ask.ts';
import { isGuarded } from './bots.ts';
import type { Limits } from './limits.ts';
import { freshUntil, retryAt as penanceOver } from './manners.ts';
import { here, movedTo, type Trail } from './redirects.ts';
import { unpack } from './unpack.ts';
import { readValidators } from './validators.ts';

export type Fetched =
  | {
      kind: 'body';
      /** Where it came from in the end. */
      url: string;
      /** Unpacked. */
      bytes: Uint8Array;
      contentType: string | null;
      /** To the letter; worth keeping only once what they belong to is safe on disk. */
      validators: Validators;
      /** Where the asked address has moved for good. */
      movedTo: string | null;
      /** Before this the server expects nothing new. */
      askAgainAt: Date | null;
      /** Only what is new since we last asked (226). */
      delta: boolean;
    }
  | { kind: 'not-modified'; movedTo: string | null; askAgainAt: Date | null }
  | { kind: 'gone' }
  | { kind: 'failed'; reason: FailureReason; retryAt: Date | null };

/** The end of the redirects, and what was said there. */
export interface Arrived {
  kind: 'arrived';
  answer: Received;
  trail: Trail;
}

interface Circumstances {
  /** We asked "has it changed?". */
  conditional: boolean;
  limits: Limits;
  now: Date;
}

/** What the answer at the end of the way means. */
export async function judge({ answer, trail }: Arrived, { conditional, limits, now }: Circumstances): Promise<Fetched> {
  const { status, header } = answer;
  const retryAt = status === 429 || status === 503 ? penanceOver(header, now) : null;
  if (isGuarded(status, header, answer.bytes))
    return failed({ kind: 'bot-protection', host: here(trail).hostname, status }, retryAt);
  switch (status) {
    case 200:
    case 203:
    case 226:
      return unpacked({ answer, trail }, limits, now);
    case 204:
    case 205:
      return failed({ kind: 'empty' });
    case 304:
      if (!conditional) return failed({ kind: 'status', status });
      return { kind: 'not-modified', movedTo: movedTo(trail), askAgainAt: freshUntil(header, now) };
    case 410:
      return { kind: 'gone' };
    case 429:
      return failed({ kind: 'rate-limited', until: retryAt }, retryAt);
    default:
      return failed(retryAt ? { kind: 'rate-limited', until: retryAt } : { kind: 'status', status }, retryAt);
  }
}

async function unpacked({ answer, trail }: Omit<Arrived, 'kind'>, limits: Limits, now: Date): Promise<Fetched> {
  const { status, header, bytes: packed } = answer;
  const content = await unpack(packed, header('content-encoding'), limits.body);
  if (content.kind === 'failed') return failed(content.reason);
  if (content.bytes.length === 0) return failed({ kind: 'empty' });
  return {
    kind: 'body',
    url: here(trail).href,
    bytes: content.bytes,
    contentType: header('content-type'),
    validators: readValidators(header),
    movedTo: movedTo(trail),
    askAgainAt: freshUntil(header, now),
    delta: status === 226,
  };
}

function failed(reason: FailureReason, retryAt: Date | null = null): Fetched {
  return { kind: 'failed', reason, retryAt };
}
