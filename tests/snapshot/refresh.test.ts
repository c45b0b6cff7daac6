import type { RequestListener, ServerResponse } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createFetcher } from '../../scripts/snapshot/fetch/fetcher.ts';
import { failureSentence } from '../../scripts/snapshot/outcome.ts';
import { readSafely } from '../../scripts/snapshot/read-feed.ts';
import { type FetchContext, refresh } from '../../scripts/snapshot/refresh.ts';
import { aFeed } from '../lib/builders.ts';
import { rss, serveFeeds } from '../lib/feed-server.ts';
import { Random } from '../lib/random.ts';

const LIMIT = 50 * 1024;
const now = new Date('2026-01-23T08:40:00Z');
const tomorrow = new Date('2026-01-24T08:40:00Z');

/** Posts of 1 KB that do not pack well, one a day, the newest first. */
function posts(count: number): Parameters<typeof rss>[0] {
  const random = new Random(1);
  return Array.from({ length: count }, (_, index) => ({
    title: `${count - index}`,
    link: `https://a.example/${count - index}`,
    date: new Date(Date.UTC(2026, 0, count - index)).toUTCString(),
    html: Array.from({ length: 100 }, () => random.below(1e9).toString(36)).join(' '),
  }));
}

/** Atom whose posts have no other date than that of their update. */
function atom(items: ReturnType<typeof posts>): Buffer {
  const entries = items.map(({ title, link, date = '', html }) => {
    const dated = `<updated>${new Date(date).toISOString()}</updated>`;
    return `<entry><id>${link}</id><title>${title}</title>${dated}<summary>${html}</summary></entry>`;
  });
  return Buffer.from(`<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>${entries.join('')}</feed>`);
}

const feed = Buffer.from(rss(posts(20)));
const large = Buffer.from(rss(posts(100)));

/** Declares more bytes than it sends, and hangs up. */
const cut =
  (bytes: Uint8Array, headers = {}): RequestListener =>
  (_, response: ServerResponse) => {
    const said = { 'content-length': bytes.length + 1000, etag: '"1"', 'cache-control': 'max-age=86400' };
    response.writeHead(200, { ...said, ...headers });
    response.write(bytes, () => response.destroy());
  };
const packed =
  (encoding: string, bytes: Uint8Array): RequestListener =>
  (_, response) =>
    response.writeHead(200, { 'content-encoding': encoding, etag: '"1"' }).end(bytes);

async function read(answer: Buffer | RequestListener, timeForEntry?: number) {
  await using server = await serveFeeds({ '/feed': answer });
  const limits = { body: LIMIT };
  const fetcher = createFetcher({ userAgent: 'Test', allowPrivate: [server.host], now: () => now, limits });
  const { fetchFeed } = fetcher;
  const readInWorker: FetchContext['readInWorker'] = async ({ bytes, from }) => readSafely(bytes, from, timeForEntry);
  const context = { fetchFeed, readInWorker, folder: '/', site: 'https://planet.example/', now };
  const outcome = await refresh(aFeed({ url: server.url('/feed') }), undefined, context);
  await fetcher.close();
  if (outcome.kind === 'failed') return failureSentence(outcome.reason);
  if (outcome.kind !== 'read') return outcome.kind;
  const { partial, delta, entries, notes, validators, askAgainAt } = outcome;
  return { partial, delta, entries: entries.map(({ title }) => title), notes, validators, askAgainAt };
}

const newest = (count: number, of: number) => Array.from({ length: count }, (_, index) => `${of - index}`);

describe('an answer of which only the beginning comes', () => {
  test.for([
    ['breaks off', cut(feed.subarray(0, -1500)), 18],
    ['breaks off inside gzip', cut(gzipSync(feed).subarray(0, -1500), { 'content-encoding': 'gzip' }), 16],
    ['is a piece of gzip', packed('gzip', gzipSync(feed).subarray(0, -1500)), 16],
    ['is a piece of Brotli', packed('br', brotliCompressSync(feed).subarray(0, -1500)), 16],
  ] as const)('%s', async ([, answer, entries]) => {
    const outcome = await read(answer);
    const notes = [expect.stringMatching(/^its beginning was read: .* (complete|too early)$/)];
    expect(outcome).toMatchObject({ partial: true, entries: newest(entries, 20), askAgainAt: null, notes });
  });

  test.for([
    ['is too large', packed('identity', large)],
    ['is too large when it is unpacked', packed('gzip', gzipSync(large))],
    ['is too large, from Brotli', packed('br', brotliCompressSync(large))],
  ] as const)('%s: once a day', async ([, answer]) => {
    const outcome = await read(answer);
    // An edit is taken, unlike one in an answer that breaks off.
    expect(outcome).toMatchObject({ partial: false, delta: true, askAgainAt: tomorrow });
    expect(typeof outcome === 'object' && outcome.validators).toEqual({});
    expect(outcome).toMatchObject({ notes: [expect.stringContaining('the answer is larger than 50 KB')] });
    expect(typeof outcome === 'object' && outcome.entries.length).toBeGreaterThan(30);
  });

  test('breaks off where it likes: the note has no number that changes with it', async () => {
    const titled = posts(20).map((post) => ({ ...post, title: 'long '.repeat(100) }));
    const outcome = await read(cut(Buffer.from(rss(titled)).subarray(0, -1500)));
    expect(typeof outcome === 'object' && outcome.notes).toHaveLength(1);
  });

  test('has the whole feed, and is as good as any', async () => {
    const outcome = await read(cut(feed));
    const good = { partial: false, delta: false, notes: [], validators: { etag: '"1"' }, askAgainAt: tomorrow };
    expect(outcome).toEqual({ ...good, entries: newest(20, 20) });
  });

  test('has no whole entry', async () => {
    const closed = '127.0.0.1 closed the connection before the answer was complete';
    expect(await read(cut(feed.subarray(0, 300)))).toBe(closed);
  });

  test('begins with the oldest entry: the newest would never come', async () => {
    const oldest = Buffer.from(rss(posts(100).reverse()));
    expect(await read(oldest)).toMatch(/^the answer is larger than 50 KB/);
    expect(await read(atom(posts(100).reverse()))).toMatch(/^the answer is larger than 50 KB/);
    expect(await read(atom(posts(100)))).toMatchObject({ delta: true });
  });

  test('has no dates: nobody knows where the newest are', async () => {
    const undated = posts(100).map((post) => ({ ...post, date: '' }));
    expect(await read(Buffer.from(rss(undated)))).toMatch(/^the answer is larger than 50 KB/);
  });

  test('begins with a pinned post: the newest come next', async () => {
    const [pinned, ...others] = posts(100).reverse();
    const outcome = await read(Buffer.from(rss(pinned ? [pinned, ...others.reverse()] : [])));
    expect(outcome).toMatchObject({ entries: expect.arrayContaining(['1', '100', '99']) });
  });

  test('is no feed', async () => {
    expect(await read(Buffer.alloc(2 * LIMIT, '<html><p>a</p>'))).toMatch(/^the answer is larger than 50 KB/);
  });
});

test('an answer with a post that takes too long is a part: no other post can have its id, and the next run asks for all', async () => {
  const slow = Buffer.from(rss([{ title: 'Slow', link: 'https://a.example/1', html: '<b>a</b> '.repeat(2_000) }]));
  const part = { partial: false, delta: true, entries: [], validators: {} };
  expect(await read(packed('gzip', gzipSync(slow)), 1)).toMatchObject(part);
  expect(await read(packed('gzip', gzipSync(slow)))).toMatchObject({ delta: false, validators: { etag: '"1"' } });
});
