import type { IncomingHttpHeaders } from 'node:http';
import { Client, type Dispatcher } from 'undici';
import { type Failure, type FailureReason, failure } from '../outcome.ts';
import { guardedConnector, hostAndPort } from './connect.ts';
import { failureOf, type Phase, Refusal, type Where } from './failure.ts';
import { type Header, retryAt } from './headers.ts';
import { collect, inBytes, type Limits } from './limits.ts';

interface RequestOptions {
  url: URL;
  headers: Record<string, string>;
  /** With a body the request is a POST. */
  body?: string;
  privateHosts: ReadonlySet<string>;
  limits: Limits;
  /** The rest of the deadline in milliseconds. */
  left: number;
  stop: AbortSignal;
}

/** The answer of one address, redirects not followed, still packed. */
export interface Received {
  kind: 'answer';
  status: number;
  header: Header;
  cookies: readonly string[];
  bytes: Uint8Array;
  /** Why `bytes` are only the beginning; null for all. */
  cut: FailureReason | null;
}

type HttpAnswer = Received | Failure;

/** One request over a new connection: a server may close a kept connection at the moment of its next use. Every failure of the network is a value. */
export async function sendRequest(request: RequestOptions): Promise<HttpAnswer> {
  const { url, headers, body = null, limits } = request;
  let phase: Phase = 'connecting';
  const late = new AbortController();
  const tooSlow = (limit: number) => new Refusal({ kind: 'timed-out', seconds: limit / 1000, during: phase });
  const after = (limit: number, wait = limit) => setTimeout(() => late.abort(tooSlow(limit)), wait);
  const deadline = after(limits.deadline, request.left);
  let phaseTimer = after(limits.connect);
  const onConnected = () => {
    clearTimeout(phaseTimer);
    phase = 'waiting for an answer';
    // The timer of undici starts again with every 103.
    phaseTimer = after(limits.headers);
  };
  const signal = AbortSignal.any([request.stop, late.signal]);
  const { headerBytes } = limits;
  const allowPrivate = request.privateHosts.has(hostAndPort(url));
  const connect = guardedConnector({ allowPrivate, headerBytes, signal, onConnected });
  const client = new Client(url.origin, { ...CLIENT_OPTIONS, connect, maxHeaderSize: headerBytes });
  try {
    const method = body === null ? 'GET' : 'POST';
    const response = await client.request({ method, body, path: url.pathname + url.search, headers, signal });
    clearTimeout(phaseTimer);
    phase = 'reading';
    return await readAnswer(response, { host: url.hostname, phase, limits });
  } catch (error) {
    return failure(failureOf(error, { host: url.hostname, phase, limits }));
  } finally {
    clearTimeout(phaseTimer);
    clearTimeout(deadline);
    await client.destroy();
  }
}

/** No connection is kept, and the timers are ours. */
const CLIENT_OPTIONS = { pipelining: 0, headersTimeout: 0, bodyTimeout: 0 };

async function readAnswer({ statusCode, headers, body }: Dispatcher.ResponseData, where: Where): Promise<HttpAnswer> {
  // A body that is not read to its end emits an error.
  body.on('error', () => {});
  const header = (name: string) => oneValue(headers, name);
  const cookies = [headers['set-cookie'] ?? []].flat();
  const answer = { kind: 'answer', status: statusCode, header, cookies, cut: null } as const;
  if (statusCode < 200 || statusCode > 299) return { ...answer, bytes: new Uint8Array() };
  const chunks: Uint8Array[] = [];
  const limit = where.limits.body;
  const cut = await collect(body, limit, chunks).then(
    (isWhole): FailureReason | null => (isWhole ? null : { kind: 'too-large', what: 'answer', limit: inBytes(limit) }),
    (error: unknown) => failureOf(error, where),
  );
  // A slow answer fails as a whole: it counts against its host.
  const isUseful = cut === null || (chunks.length > 0 && cut.kind !== 'stopped' && !OF_HOST.has(cut.kind));
  return isUseful ? { ...answer, bytes: Buffer.concat(chunks), cut } : failure(cut);
}

/** The value of a header; null if it is missing. Of a repeated header the first value counts; repeated encodings are joined. */
function oneValue(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  if (!Array.isArray(value)) return value ?? null;
  return (name === 'content-encoding' ? value.join(',') : value[0]) ?? null;
}

/** Failures that other addresses of the same host would probably have too. */
export const OF_HOST: ReadonlySet<FailureReason['kind']> = new Set<FailureReason['kind']>([
  'name-not-found',
  'name-server',
  'refused',
  'unreachable',
  'only-ipv6',
  'no-tls',
  'certificate',
  'timed-out',
]);

/** After so many of these answers in a row a host is down: two feeds of a large host may be slow, or limited, by themselves. */
const MOST_FAILURES = 3;

/** `sendRequest` with a memory: the last answer of a host that is down, or wants no request, stands for its others in this run. */
export function requestSender(now: () => Date): typeof sendRequest {
  const inARow = new Map<string, HttpAnswer[]>();
  return async (request) => {
    const { host } = request.url;
    const last = inARow.get(host)?.[MOST_FAILURES - 1];
    if (last !== undefined) return last;
    const answer = await sendRequest(request);
    const isOfHost =
      answer.kind === 'failed'
        ? OF_HOST.has(answer.reason.kind)
        : [429, 503].includes(answer.status) && retryAt(answer.header, now()) !== null;
    // Others may have come meanwhile.
    inARow.set(host, isOfHost ? [...(inARow.get(host) ?? []), answer] : []);
    return answer;
  };
}
