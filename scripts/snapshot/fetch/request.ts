import type { IncomingHttpHeaders } from 'node:http';
import { Client, type Dispatcher } from 'undici';
import type { FailureReason } from '../outcome.ts';
import { guardedConnector, hostAndPort } from './connect.ts';
import { failureOf, inBytes, type Limits, type Phase, Refusal } from './failure.ts';
import type { Header } from './headers.ts';

interface Question {
  url: URL;
  headers: Record<string, string>;
  /** What is sent along: then it is a POST. */
  body?: string;
  /** Hosts and ports that may be private. */
  doors: ReadonlySet<string>;
  limits: Limits;
  /** Milliseconds that are left of the deadline. */
  left: number;
  /** Ends it early. */
  stop: AbortSignal;
}

/** What one address said, redirects not followed, packed as it came. */
export interface Received {
  kind: 'answer';
  status: number;
  header: Header;
  /** Each `Set-Cookie`. */
  cookies: readonly string[];
  bytes: Uint8Array;
}

export type HttpAnswer = Received | { kind: 'failed'; reason: FailureReason };

/** Of a page that is not a feed, as much as shows what it is. */
const glimpse = 64 * 1024;

/** One request over a connection of its own: a connection that was kept may be closed just when it is used again. */
export async function sendRequest({ url, headers, body, doors, limits, left, stop }: Question): Promise<HttpAnswer> {
  let phase: Phase = 'connecting';
  const late = new AbortController();
  const after = (limit: number, wait = limit) => setTimeout(() => late.abort(tooSlow(limit, phase)), wait);
  const deadline = after(limits.deadline, left);
  let patience = after(limits.connect);
  const onConnected = () => {
    clearTimeout(patience);
    phase = 'waiting for an answer';
    // undici's own begins anew with every 103.
    patience = after(limits.headers);
  };
  const signal = AbortSignal.any([stop, late.signal]);
  const connect = guardedConnector({
    allowPrivate: doors.has(hostAndPort(url)),
    headerBytes: limits.headerBytes,
    signal,
    onConnected,
  });
  const client = new Client(url.origin, { ...lean, connect, maxHeaderSize: limits.headerBytes });
  try {
    const what = body === undefined ? ({ method: 'GET' } as const) : ({ method: 'POST', body } as const);
    const response = await client.request({ ...what, path: url.pathname + url.search, headers, signal });
    clearTimeout(patience);
    phase = 'reading';
    return await readAnswer(response, limits);
  } catch (error) {
    return { kind: 'failed', reason: failureOf(error, { host: url.hostname, phase, limits }) };
  } finally {
    clearTimeout(patience);
    clearTimeout(deadline);
    await client.destroy();
  }
}

/** Nothing is kept between questions, and all the timing is ours. */
const lean = { pipelining: 0, headersTimeout: 0, bodyTimeout: 0 };

function tooSlow(limit: number, during: Phase): Refusal {
  return new Refusal({ kind: 'timed-out', seconds: limit / 1000, during });
}

async function readAnswer({ statusCode, headers, body }: Dispatcher.ResponseData, limits: Limits): Promise<HttpAnswer> {
  // A body that is left unread reports its own end as an error.
  body.on('error', () => {});
  const header = (name: string) => oneValue(headers, name);
  const cookies = [headers['set-cookie'] ?? []].flat();
  const answer = { kind: 'answer', status: statusCode, header, cookies } as const;
  if (statusCode === 403 || statusCode === 429 || statusCode === 503)
    return { ...answer, bytes: await readGlimpse(body) };
  if (statusCode < 200 || statusCode > 299) return { ...answer, bytes: new Uint8Array() };
  const tooLarge = Number(answer.header('content-length')) > limits.body;
  const bytes = tooLarge ? null : await readWhole(body, limits.body);
  if (bytes) return { ...answer, bytes };
  return { kind: 'failed', reason: { kind: 'too-large', what: 'answer', limit: inBytes(limits.body) } };
}

/** All of it; null where that is more than the limit. */
async function readWhole(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What comes before the limit or the first trouble: the status has said already what matters. */
async function readGlimpse(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > glimpse) break;
    }
  } catch {}
  return Buffer.concat(chunks);
}

/** Where a header stands twice, the first counts; but several encodings are one after the other. */
function oneValue(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  if (!Array.isArray(value)) return value ?? null;
  return (name === 'content-encoding' ? value.join(',') : value[0]) ?? null;
}
