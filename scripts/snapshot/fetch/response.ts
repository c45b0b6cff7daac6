import type { Validators } from '../../../src/core/feed-state.ts';
import type { FailureReason } from '../outcome.ts';
import { decompress } from './decompress.ts';
import type { Limits } from './failure.ts';
import { freshUntil, type Header, retryAt as penanceOver, readValidators } from './headers.ts';
import { currentUrl, movedTo, type Trail } from './redirects.ts';
import type { Received } from './request.ts';

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
export async function readResponse(
  { answer, trail }: Arrived,
  { conditional, limits, now }: Circumstances,
): Promise<Fetched> {
  const { status, header } = answer;
  const retryAt = status === 429 || status === 503 ? penanceOver(header, now) : null;
  if (isGuarded(status, header, answer.bytes))
    return failed({ kind: 'bot-protection', host: currentUrl(trail).hostname, status }, retryAt);
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
  const content = await decompress(packed, header('content-encoding'), limits.body);
  if (content.kind === 'failed') return failed(content.reason);
  if (content.bytes.length === 0) return failed({ kind: 'empty' });
  return {
    kind: 'body',
    url: currentUrl(trail).href,
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

/** A page that stands before a site to keep robots out. */
interface Guard {
  header?: readonly [name: string, value: RegExp];
  /** Matched in lower case. */
  body?: RegExp;
}

/** They say it whatever the status: one answers 202. */
const outspoken: readonly Guard[] = [
  // https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
  { header: ['cf-mitigated', /./] },
  // https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html
  { header: ['x-amzn-waf-action', /./] },
  // SiteGround
  { header: ['sg-captcha', /./] },
  { header: ['x-sucuri-block', /./] },
];

/** They sign what they let through as well, so only a refusal counts. */
const discreet: readonly Guard[] = [
  { header: ['x-datadome', /./] },
  { header: ['server', /^(sucuri\/cloudproxy|ddos-guard)/i] },
  // Cloudflare, without its header.
  { body: /<title>(just a moment\.\.\.|attention required! \| cloudflare)/ },
  { body: /\/cdn-cgi\/challenge-platform\// },
  // Imperva
  { body: /_incapsula_resource/ },
  // PerimeterX
  { body: /window\._pxappid/ },
  // Anubis
  { body: /<title>making sure you(&#39;|'|’)re not a bot!/ },
];

const refusing = new Set([403, 429, 503]);

function isGuarded(status: number, header: Header, body: Uint8Array): boolean {
  const text = refusing.has(status) ? Buffer.from(body).toString().toLowerCase() : '';
  const signed = ({ header: mark, body: words }: Guard) =>
    mark?.[1].test(header(mark[0]) ?? '') || words?.test(text) || false;
  return outspoken.some(signed) || (refusing.has(status) && discreet.some(signed));
}
