import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Limits } from '../../../scripts/snapshot/fetch/failure.ts';
import { createFetcher } from '../../../scripts/snapshot/fetch/fetcher.ts';
import type { Fetched } from '../../../scripts/snapshot/fetch/response.ts';
import { type FailureReason, failureSentence } from '../../../scripts/snapshot/outcome.ts';
import type { Validators } from '../../../src/core/feed-state.ts';
import { type FaultServer, fetcherFor, startFaultServer } from '../../lib/fault-server.ts';
import { etag, type FaultName, feed, lastModified } from '../../lib/faults.ts';

let server: FaultServer;

beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

/** What a test says of ports that change with every run. */
function said(fetched: Fetched): string {
  const text = fetched.kind === 'failed' ? failureSentence(fetched.reason) : fetched.kind;
  return text.replaceAll(server.host, 'HERE');
}

// The sentence table: what the server does, and what the operator reads. --------------------------------------------

interface Failing {
  when: FaultName;
  kind: FailureReason['kind'];
  says: string;
  limits?: Partial<Limits>;
}

const small = { body: 200_000 };

const failing: Failing[] = [
  // Answers that are none
  {
    when: 'unchanged-unasked',
    kind: 'status',
    says: 'the server answers 304: it says that nothing has changed, although this is the first request',
  },
  {
    when: 'part-unasked',
    kind: 'status',
    says: 'the server answers 206: it sends only a part of the feed, although we requested all of it',
  },
  { when: 'no-content', kind: 'empty', says: 'the answer is empty' },
  { when: 'reset-content', kind: 'empty', says: 'the answer is empty' },
  { when: 'nothing', kind: 'empty', says: 'the answer is empty' },
  { when: 'zstd-of-nothing', kind: 'empty', says: 'the answer is empty' },
  { when: 'unknown-packing-of-nothing', kind: 'empty', says: 'the answer is empty' },
  { when: 'gzip-of-nothing', kind: 'empty', says: 'the answer is empty' },
  { when: 'gzip-labelled-nothing', kind: 'empty', says: 'the answer is empty' },

  // Refusals
  { when: 'created', kind: 'status', says: 'the server answers 201, which is no feed' },
  { when: 'accepted', kind: 'status', says: 'the server answers 202, which is no feed' },
  { when: 'use-proxy', kind: 'status', says: 'the server answers 305, which is no feed' },
  { when: 'bad-request', kind: 'status', says: 'the server answers 400, which is no feed' },
  {
    when: 'password',
    kind: 'status',
    says: 'the server answers 401: it wants a password; look for a public feed of the blog',
  },
  { when: 'pay', kind: 'status', says: 'the server answers 402: it demands payment' },
  {
    when: 'forbidden',
    kind: 'status',
    says: 'the server answers 403: it does not let us read the feed; ask its owner to let feed readers through',
  },
  {
    when: 'missing',
    kind: 'status',
    says: 'the server answers 404: there is no feed at this address any more; look for the new one on the blog',
  },
  {
    when: 'not-acceptable',
    kind: 'status',
    says: 'the server answers 406: it has no feed in a format that we request',
  },
  { when: 'teapot', kind: 'status', says: 'the server answers 418, which is no feed' },
  {
    when: 'legal',
    kind: 'status',
    says: 'the server answers 451: it is not allowed to show the feed, for legal reasons',
  },
  { when: 'broken', kind: 'status', says: 'the server answers 500: it has a problem; this often passes' },
  { when: 'bad-gateway', kind: 'status', says: 'the server answers 502: it has a problem; this often passes' },
  { when: 'unavailable', kind: 'status', says: 'the server answers 503: it has a problem; this often passes' },
  { when: 'unavailable-oddly', kind: 'status', says: 'the server answers 503: it has a problem; this often passes' },
  { when: 'odd-status', kind: 'status', says: 'the server answers 599: it has a problem; this often passes' },
  { when: 'slow-down', kind: 'rate-limited', says: 'the server asks for fewer requests' },
  { when: 'slow-down-oddly', kind: 'rate-limited', says: 'the server asks for fewer requests' },
  {
    when: 'slow-down-for-2-hours',
    kind: 'rate-limited',
    says: 'the server wants no request before 2026-01-23 10:40 UTC; we wait',
  },
  {
    when: 'slow-down-for-a-second',
    kind: 'rate-limited',
    says: 'the server wants no request before 2026-01-23 09:40 UTC; we wait',
  },
  {
    when: 'slow-down-for-a-year',
    kind: 'rate-limited',
    says: 'the server wants no request before 2026-01-30 08:40 UTC; we wait',
  },
  {
    when: 'slow-down-till-a-date',
    kind: 'rate-limited',
    says: 'the server wants no request before 2026-01-23 18:40 UTC; we wait',
  },

  // Bot protection
  {
    when: 'cloudflare-403',
    kind: 'bot-protection',
    says: '127.0.0.1 answers 403 from its bot protection; ask its owner to let feed readers through',
  },
  {
    when: 'cloudflare-503',
    kind: 'bot-protection',
    says: '127.0.0.1 answers 503 from its bot protection; ask its owner to let feed readers through',
  },
  {
    when: 'cloudflare-429',
    kind: 'bot-protection',
    says: '127.0.0.1 answers 429 from its bot protection; ask its owner to let feed readers through',
  },
  {
    when: 'cloudflare-old',
    kind: 'bot-protection',
    says: '127.0.0.1 answers 503 from its bot protection; ask its owner to let feed readers through',
  },
  {
    when: 'aws-waf',
    kind: 'bot-protection',
    says: '127.0.0.1 answers 202 from its bot protection; ask its owner to let feed readers through',
  },
  {
    when: 'refused-by-a-guard',
    kind: 'bot-protection',
    says: '127.0.0.1 answers 403 from its bot protection; ask its owner to let feed readers through',
  },
  {
    when: 'anubis',
    kind: 'bot-protection',
    says: '127.0.0.1 answers 403 from its bot protection; ask its owner to let feed readers through',
  },

  // Redirects
  {
    when: 'choice-open',
    kind: 'status',
    says: 'the server answers 300: it offers several addresses; open this one in a browser and choose',
  },
  {
    when: 'moved-nowhere',
    kind: 'redirects',
    says: 'the address redirects to nowhere: the server does not say where the feed is',
  },
  {
    when: 'moved-to-nothing',
    kind: 'redirects',
    says: 'the address redirects to nowhere: the server does not say where the feed is',
  },
  {
    when: 'moved-to-nonsense',
    kind: 'bad-address',
    says: 'the feed redirects to http://[nonsense, which cannot be requested: it is not a full address; write https://…',
  },
  { when: 'to-itself', kind: 'redirects', says: 'the address redirects in a circle; its owner must repair the server' },
  { when: 'ping', kind: 'redirects', says: 'the address redirects in a circle; its owner must repair the server' },
  {
    when: 'cookie-in-a-circle',
    kind: 'redirects',
    says: 'the address redirects in a circle; its owner must repair the server',
  },
  {
    when: 'cookies-without-end',
    kind: 'redirects',
    says: 'the address redirects too many times; open it in a browser and write down where it ends',
  },
  {
    when: 'six-steps',
    kind: 'redirects',
    says: 'the address redirects too many times; open it in a browser and write down where it ends',
  },
  {
    when: 'endless-steps',
    kind: 'redirects',
    says: 'the address redirects too many times; open it in a browser and write down where it ends',
  },
  {
    when: 'to-ftp',
    kind: 'bad-address',
    says: 'the feed redirects to ftp://files.example/feed.xml, which cannot be requested: only http and https addresses can be',
  },
  {
    when: 'to-file',
    kind: 'bad-address',
    says: 'the feed redirects to a file: address, which cannot be requested: only http and https addresses can be',
  },
  {
    when: 'to-data',
    kind: 'bad-address',
    says: 'the feed redirects to a data: address, which cannot be requested: only http and https addresses can be',
  },
  {
    when: 'to-javascript',
    kind: 'bad-address',
    says: 'the feed redirects to a javascript: address, which cannot be requested: only http and https addresses can be',
  },
  {
    when: 'to-credentials',
    kind: 'bad-address',
    says: 'the feed redirects to https://blog.example/feed, which cannot be requested: it must not contain a name or a password',
  },
  {
    when: 'to-metadata',
    kind: 'private-address',
    says: '169.254.169.254 is a private address; only PLANET_ALLOW_PRIVATE=host:port opens it',
  },
  {
    when: 'cookie-to-metadata',
    kind: 'private-address',
    says: '169.254.169.254 is a private address; only PLANET_ALLOW_PRIVATE=host:port opens it',
  },
  {
    when: 'to-host-agent',
    kind: 'private-address',
    says: '168.63.129.16 is a private address; only PLANET_ALLOW_PRIVATE=host:port opens it',
  },

  // Packing
  { when: 'gzip-thrice-said-once', kind: 'encoding', says: 'the answer cannot be unpacked: it is gzip inside gzip' },
  {
    when: 'gzip-ten-times',
    kind: 'encoding',
    says: 'the answer cannot be unpacked: it declares 10 layers of packing',
  },
  {
    when: 'gzip-truncated',
    kind: 'encoding',
    says: 'the answer cannot be unpacked: its gzip ends too early',
  },
  {
    when: 'gzip-without-trailer',
    kind: 'encoding',
    says: 'the answer cannot be unpacked: its gzip ends too early',
  },
  {
    when: 'gzip-unlabelled-truncated',
    kind: 'encoding',
    says: 'the answer cannot be unpacked: its gzip ends too early',
  },
  { when: 'gzip-bad-checksum', kind: 'encoding', says: 'the answer cannot be unpacked: its gzip is damaged' },
  {
    when: 'gzip-not',
    kind: 'encoding',
    says: 'the answer cannot be unpacked: it is declared as gzip, and is not gzip',
  },
  {
    when: 'brotli-truncated',
    kind: 'encoding',
    says: 'the answer cannot be unpacked: its br ends too early',
  },
  { when: 'brotli-not', kind: 'encoding', says: 'the answer cannot be unpacked: its br is damaged' },
  { when: 'deflate-not', kind: 'encoding', says: 'the answer cannot be unpacked: its deflate is damaged' },
  {
    when: 'zstd-truncated',
    kind: 'encoding',
    says: 'the answer cannot be unpacked: its zstd ends too early',
  },
  {
    when: 'zstd-not',
    kind: 'encoding',
    says: 'the answer cannot be unpacked: its zstd is damaged',
  },
  {
    when: 'zstd-wide',
    kind: 'encoding',
    says: 'the answer cannot be unpacked: its zstd is damaged',
  },
  {
    when: 'unknown-packing-in-gzip',
    kind: 'encoding',
    says: 'the answer cannot be unpacked: it is packed as “snappy”, and we did not request that',
  },
  {
    when: 'gzip-in-unknown-packing',
    kind: 'encoding',
    says: 'the answer cannot be unpacked: it is packed as “snappy”, and we did not request that',
  },
  {
    when: 'unknown-packing',
    kind: 'encoding',
    says: 'the answer cannot be unpacked: it is packed as “snappy”, and we did not request that',
  },

  // Too much
  {
    when: 'too-large',
    kind: 'too-large',
    says: 'the answer is larger than 5 MB; ask the owner for a feed of only the newest posts',
  },
  {
    when: 'too-large-declared',
    kind: 'too-large',
    says: 'the answer is larger than 5 MB; ask the owner for a feed of only the newest posts',
  },
  {
    when: 'too-large-unpacked',
    kind: 'too-large',
    limits: small,
    says: 'the answer is larger than 195.3 KB; ask the owner for a feed of only the newest posts',
  },
  {
    when: 'too-large-brotli',
    kind: 'too-large',
    limits: small,
    says: 'the answer is larger than 195.3 KB; ask the owner for a feed of only the newest posts',
  },
  {
    when: 'too-large-zstd',
    kind: 'too-large',
    limits: small,
    says: 'the answer is larger than 195.3 KB; ask the owner for a feed of only the newest posts',
  },
  {
    when: 'zstd-frames-without-end',
    kind: 'too-large',
    limits: small,
    says: 'the answer is larger than 195.3 KB; ask the owner for a feed of only the newest posts',
  },
  { when: 'too-large-headers', kind: 'too-large', says: 'the headers of the answer are larger than 64 KB' },
  { when: 'one-large-header', kind: 'too-large', says: 'the headers of the answer are larger than 64 KB' },
  { when: 'endless-headers', kind: 'too-large', says: 'the headers of the answer are larger than 64 KB' },

  // Too slow
  {
    when: 'silence',
    kind: 'timed-out',
    limits: { headers: 60 },
    says: 'timed out after 0.06 s while waiting for an answer; the server is slow or down, which often passes',
  },
  {
    when: 'silence-in-headers',
    kind: 'timed-out',
    limits: { headers: 60 },
    says: 'timed out after 0.06 s while waiting for an answer; the server is slow or down, which often passes',
  },
  {
    when: 'slow-drip-headers',
    kind: 'timed-out',
    limits: { headers: 60 },
    says: 'timed out after 0.06 s while waiting for an answer; the server is slow or down, which often passes',
  },
  {
    when: 'endless-hints',
    kind: 'timed-out',
    limits: { headers: 60 },
    says: 'timed out after 0.06 s while waiting for an answer; the server is slow or down, which often passes',
  },
  {
    when: 'silence-after-headers',
    kind: 'timed-out',
    limits: { deadline: 400 },
    says: 'timed out after 0.4 s while reading; the server is slow or down, which often passes',
  },
  {
    when: 'slow-drip',
    kind: 'timed-out',
    limits: { deadline: 400 },
    says: 'timed out after 0.4 s while reading; the server is slow or down, which often passes',
  },

  // Broken off, or never HTTP
  {
    when: 'hangs-up',
    kind: 'disconnected',
    says: '127.0.0.1 closed the connection before the answer was complete',
  },
  { when: 'resets', kind: 'disconnected', says: '127.0.0.1 closed the connection before the answer was complete' },
  {
    when: 'hangs-up-in-headers',
    kind: 'disconnected',
    says: '127.0.0.1 closed the connection before the answer was complete',
  },
  {
    when: 'resets-in-body',
    kind: 'disconnected',
    says: '127.0.0.1 closed the connection before the answer was complete',
  },
  {
    when: 'shorter-than-said',
    kind: 'disconnected',
    says: '127.0.0.1 closed the connection before the answer was complete',
  },
  {
    when: 'chunks-cut',
    kind: 'disconnected',
    says: '127.0.0.1 closed the connection before the answer was complete',
  },
  {
    when: 'two-lengths',
    kind: 'broken-answer',
    says: '127.0.0.1 does not answer in valid HTTP; its owner must repair the server',
  },
  {
    when: 'two-lengths-in-one',
    kind: 'broken-answer',
    says: '127.0.0.1 does not answer in valid HTTP; its owner must repair the server',
  },
  {
    when: 'no-length-to-speak-of',
    kind: 'broken-answer',
    says: '127.0.0.1 does not answer in valid HTTP; its owner must repair the server',
  },
  {
    when: 'length-and-chunks-that-are-none',
    kind: 'broken-answer',
    says: '127.0.0.1 does not answer in valid HTTP; its owner must repair the server',
  },
  {
    when: 'nonsense-http',
    kind: 'broken-answer',
    says: '127.0.0.1 does not answer in valid HTTP; its owner must repair the server',
  },
  {
    when: 'closes-early',
    kind: 'disconnected',
    says: '127.0.0.1 closed the connection before the answer was complete',
  },
  {
    when: 'chunks-garbled',
    kind: 'broken-answer',
    says: '127.0.0.1 does not answer in valid HTTP; its owner must repair the server',
  },
  {
    when: 'another-protocol',
    kind: 'broken-answer',
    says: '127.0.0.1 does not answer in valid HTTP; its owner must repair the server',
  },
  {
    when: 'no-headers-at-all',
    kind: 'broken-answer',
    says: '127.0.0.1 does not answer in valid HTTP; its owner must repair the server',
  },
  {
    when: 'switches-protocols',
    kind: 'broken-answer',
    says: '127.0.0.1 does not answer in valid HTTP; its owner must repair the server',
  },
];

test.for(failing)('a server that does “$when”', async ({ when, kind, says, limits }) => {
  const fetched = await fetcherFor(server, limits).fetchFeed({ url: `http://${server.host}/${when}`, validators: {} });
  expect(fetched).toMatchObject({ kind: 'failed', reason: { kind } });
  expect(said(fetched)).toBe(says);
});

test('a redirect after a redirect, each too quick to time out: the deadline counts them all', async () => {
  const { fetchFeed } = fetcherFor(server, { deadline: 400, redirects: 40 });
  const fetched = await fetchFeed({ url: `http://${server.host}/slow-steps`, validators: {} });
  expect(fetched).toMatchObject({ kind: 'failed', reason: { kind: 'timed-out', seconds: 0.4 } });
});

test.for([
  { url: 'feed.xml', says: 'the address feed.xml cannot be requested: it is not a full address; write https://…' },
  {
    url: 'gopher://old.example/feed',
    says: 'the address gopher://old.example/feed cannot be requested: only http and https addresses can be',
  },
  {
    url: 'https://me:hush@blog.example/feed?key=hush',
    says: 'the address https://blog.example/feed cannot be requested: it must not contain a name or a password',
  },
])('the address $url', async ({ url, says }) => {
  expect(said(await fetcherFor(server).fetchFeed({ url, validators: {} }))).toBe(says);
});

test('nobody listens', async () => {
  const fetched = await fetcherFor(server).fetchFeed({ url: `http://${server.closed}/`, validators: {} });
  expect(said(fetched)).toBe('127.0.0.1 refuses connections; its web server is down');
});

test('a name that is not found', async () => {
  // Too long for the name system, so that no name server is asked.
  const host = `${'a'.repeat(64)}.example`;
  const fetched = await fetcherFor(server).fetchFeed({ url: `http://${host}/`, validators: {} });
  expect(said(fetched)).toBe(`the name ${host} is not found; the blog may have moved, or its domain expired`);
});

// What succeeds ----------------------------------------------------------------------------------------------------

const plain: FaultName[] = [
  'feed',
  'signed-by-a-guard',
  'not-authoritative',
  'early-hints',
  'no-length',
  'http-1.0',
  'gzip',
  'x-gzip',
  'brotli',
  'deflate',
  'deflate-raw',
  'identity',
  'gzip-unlabelled',
  'gzip-in-members',
  'gzip-then-brotli',
  'gzip-twice-said-once',
  'redirect-with-endless-body',
  'five-steps',
  'sets-a-cookie',
  'cookie-to-itself',
  'cookie-in-two-steps',
  'cookie-for-others',
  'gzip-said-twice',
  'gzip-said-twice-apart',
  'gzip-then-gzip',
  'zstd',
  'zstd-in-frames',
  'aws-chunked',
  'aws-chunked-gzip',
  'gzip-aws-chunked',
  'none-as-packing',
  'empty-packing',
  'unknown-packing-of-plain',
  'same-length-twice',
  'same-length-twice-in-one',
  'length-and-chunks',
  'chunks-and-length',
  'chunks-said-twice',
  'identity-and-length',
  'a-zero-in-a-header',
  'controls-in-a-header',
  'header-in-two-lines',
  'begins-with-a-fold',
  'space-before-colon',
  'no-ascii-in-headers',
  'no-name-of-a-header',
  'lines-without-cr',
  'asks-to-go-on',
  'head-byte-by-byte',
];

test.for(plain)('the feed comes through “%s” as it is', async (path) => {
  const fetched = await fetcherFor(server).fetchFeed({ url: `http://${server.host}/${path}`, validators: {} });
  expect(fetched).toMatchObject({ kind: 'body', validators: {}, askAgainAt: null, delta: false });
  expect(fetched.kind === 'body' && Buffer.from(fetched.bytes).toString()).toBe(feed);
});

test.for<FaultName>(['utf-8-as-packing', 'binary-as-packing'])('the feed comes through “%s”', async (path) => {
  const fetched = await fetcherFor(server).fetchFeed({ url: `http://${server.host}/${path}`, validators: {} });
  expect(fetched.kind === 'body' && Buffer.from(fetched.bytes).toString().trim()).toContain(feed);
});

test('a cookie stays with its host, and is gone when the feed is read', async () => {
  const other = server.host.replace('127.0.0.1', 'localhost');
  const options = { userAgent: 'Orrery/0.1', allowPrivate: [server.host, other], now: () => new Date() };
  const { fetchFeed } = createFetcher(options);
  const ask = (path: FaultName) => fetchFeed({ url: `http://${server.host}/${path}`, validators: {} });
  expect(await ask('cookie-for-one-host')).toMatchObject({ kind: 'body', url: `http://${other}/wants-no-cookie` });
  expect(await ask('cookie-to-itself')).toMatchObject({ kind: 'body', movedTo: null });
  expect(await ask('wants-no-cookie')).toMatchObject({ kind: 'body' });
});

test.for<{ when: FaultName; movedTo: string | null; ends: FaultName }>([
  { when: 'feed', movedTo: null, ends: 'feed' },
  { when: 'moved', movedTo: 'feed', ends: 'feed' },
  { when: 'moved-again', movedTo: 'feed', ends: 'feed' },
  { when: 'moved-to-umlaut', movedTo: 'caf%C3%A9', ends: 'caf%C3%A9' },
  { when: 'moved-to-latin1', movedTo: 'caf%C3%A9', ends: 'caf%C3%A9' },
  { when: 'found', movedTo: null, ends: 'feed' },
  { when: 'see-other', movedTo: null, ends: 'feed' },
  { when: 'elsewhere', movedTo: null, ends: 'feed' },
  { when: 'choice-made', movedTo: null, ends: 'feed' },
  { when: 'moved-then-found', movedTo: null, ends: 'feed' },
  { when: 'found-then-moved', movedTo: null, ends: 'feed' },
])('redirected by “$when”, the feed has moved to $movedTo', async ({ when, movedTo, ends }) => {
  const here = `http://${server.host}`;
  const fetched = await fetcherFor(server).fetchFeed({ url: `${here}/${when}`, validators: {} });
  expect(fetched).toMatchObject({ kind: 'body', url: `${here}/${ends}`, movedTo: movedTo && `${here}/${movedTo}` });
});

test('what a server says of its answer is kept', async () => {
  const { fetchFeed } = fetcherFor(server);
  const ask = (path: FaultName) => fetchFeed({ url: `http://${server.host}/${path}`, validators: {} });
  expect(await ask('feed')).toMatchObject({ contentType: 'application/rss+xml' });
  expect(await ask('fresh-for-a-year')).toMatchObject({ askAgainAt: new Date('2026-01-24T08:40:00Z') });
  expect(await ask('two-etags')).toMatchObject({ validators: { etag: '"first"' } });
  expect(await ask('endless-etag')).toMatchObject({ kind: 'body', validators: {} });
});

test.for<FaultName>(['unchanged', 'moved-unchanged'])('asked again, “%s” says so', async (path) => {
  const { fetchFeed } = fetcherFor(server);
  const url = `http://${server.host}/${path}`;
  const first = await fetchFeed({ url, validators: {} });
  expect(first).toMatchObject({ kind: 'body', validators: { etag, lastModified } });
  const again = await fetchFeed({ url, validators: { etag, lastModified } });
  const movedTo = path === 'unchanged' ? null : `http://${server.host}/unchanged`;
  expect(again).toEqual({ kind: 'not-modified', movedTo, askAgainAt: new Date('2026-01-23T10:40:00Z') });
});

test('one validator alone is sent alone, and one that no header can carry is not', async () => {
  const { fetchFeed } = fetcherFor(server);
  const question = async (validators: Validators) => {
    const fetched = await fetchFeed({ url: `http://${server.host}/shows-the-question`, validators });
    return fetched.kind === 'body' ? Buffer.from(fetched.bytes).toString().split('\n') : [];
  };
  expect(await question({ lastModified })).not.toContain('if-none-match');
  expect(await question({ etag })).not.toContain('if-modified-since');
  expect(await question({ etag: 'a\r\nHost: evil.example' })).not.toContain('if-none-match');
});

test('only the new entries (226) are told from all of them', async () => {
  const { fetchFeed } = fetcherFor(server);
  const url = `http://${server.host}/delta`;
  expect(await fetchFeed({ url, validators: {} })).toMatchObject({ kind: 'body', delta: false });
  expect(await fetchFeed({ url, validators: { etag: '"1"' } })).toMatchObject({
    kind: 'body',
    delta: true,
    validators: { etag: '"2"' },
  });
});

test.for<FaultName>(['gone', 'moved-to-gone'])('“%s” is gone', async (path) => {
  expect(await fetcherFor(server).fetchFeed({ url: `http://${server.host}/${path}`, validators: {} })).toEqual({
    kind: 'gone',
  });
});

test('when to come back is told for machines too', async () => {
  const { fetchFeed } = fetcherFor(server);
  const ask = (path: FaultName) => fetchFeed({ url: `http://${server.host}/${path}`, validators: {} });
  expect(await ask('slow-down-for-2-hours')).toMatchObject({ retryAt: new Date('2026-01-23T10:40:00Z') });
  expect(await ask('slow-down')).toMatchObject({ retryAt: null });
  expect(await ask('cloudflare-503')).toMatchObject({ retryAt: new Date('2026-01-23T09:40:00Z') });
  expect(await ask('missing')).toMatchObject({ retryAt: null });
});

test('a question says who asks, and nothing of cookies and referrers', async () => {
  const fetched = await fetcherFor(server).fetchFeed({
    url: `http://${server.host}/shows-the-question`,
    validators: {},
  });
  const lines = fetched.kind === 'body' ? Buffer.from(fetched.bytes).toString().split('\n') : [];
  expect(lines.filter((_line, place) => place % 2 === 0)).toEqual([
    'host',
    'connection',
    'user-agent',
    'accept',
    'accept-encoding',
  ]);
  expect(lines).toContain('Orrery/0.1 (+https://planet.example/; feeds)');
});

test('one host is asked one thing at a time, also by way of redirects', async () => {
  const quiet = await startFaultServer();
  const { fetchFeed } = createFetcher({
    userAgent: 'Orrery/0.1',
    allowPrivate: [quiet.host, server.host],
    now: () => new Date(),
  });
  const target = `http://${quiet.host}/takes-its-time`;
  // Two come straight, two are sent there by another server.
  const roads = [target, target, `http://${server.host}/to?${target}`, `http://${server.host}/to?${target}`];
  const fetched = await Promise.all(roads.map((url) => fetchFeed({ url, validators: {} })));
  expect(fetched.map(({ kind }) => kind)).toEqual(['body', 'body', 'body', 'body']);
  expect(quiet.busiest()).toBe(1);
  await quiet.close();
});

test('a fetcher that is closed ends what is under way', async () => {
  const { fetchFeed, close } = fetcherFor(server);
  const fetching = fetchFeed({ url: `http://${server.host}/silence`, validators: {} });
  await close();
  expect(said(await fetching)).toBe('the run was stopped before the feed was read');
});
