import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFetcher } from '../../../scripts/snapshot/fetch/fetcher.ts';
import { defaultLimits, type Limits } from '../../../scripts/snapshot/fetch/limits.ts';
import { requestSender } from '../../../scripts/snapshot/fetch/request.ts';
import type { Fetched } from '../../../scripts/snapshot/fetch/response.ts';
import { failureSentence } from '../../../scripts/snapshot/outcome.ts';
import type { Validators } from '../../../src/core/feed-state.ts';
import { rows } from '../../lib/case-table.ts';
import { type FaultServer, fetcherFor, startFaultServer } from '../../lib/fault-server.ts';
import { etag, type FaultName, feed, lastModified } from '../../lib/faults.ts';
import { serveFeeds } from '../../lib/feed-server.ts';

let server: FaultServer;

beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());

/** What comes of a request of one path. A fetcher asks a host that wants rest once, so each request has its own. */
function ask(path: string, { limits, validators = {} }: { limits?: Partial<Limits>; validators?: Validators } = {}) {
  return fetcherFor(server, limits).fetchFeed({ url: `http://${server.host}/${path}`, validators });
}

/** The body of an answer as text. */
async function textOf(...request: Parameters<typeof ask>): Promise<string> {
  const fetched = await ask(...request);
  return fetched.kind === 'body' ? Buffer.from(fetched.bytes).toString() : fetched.kind;
}

/** What a test says of ports that change with every run. */
function said(fetched: Fetched): string {
  const text = fetched.kind === 'failed' ? failureSentence(fetched.reason) : fetched.kind;
  return text.replaceAll(server.host, 'HERE');
}

/** What the operator reads of what a server does, by the kind of failure; and within which limits it is asked. */
const failing = rows`
  status | the server answers 304: it says that nothing has changed, although this is the first request | unchanged-unasked
  status | the server answers 206: it sends only a part of the feed, although we requested all of it | part-unasked
  empty | the answer is empty | no-content reset-content nothing unknown-packing-of-nothing gzip-of-nothing gzip-labelled-nothing
  status | the server answers 201 instead of a feed | created
  status | the server answers 202 instead of a feed | accepted
  status | the server answers 305 instead of a feed | use-proxy
  status | the server answers 400 instead of a feed | bad-request
  status | the server answers 401: it requires a password; look for a public feed of the blog | password
  status | the server answers 402: it demands payment | pay
  status | the server answers 403: it does not let us read the feed; ask its owner to let feed readers through; the User-Agent of this one is Orrery | forbidden
  status | the server answers 404: there is no feed at this address any more; look for the new one on the blog | missing
  status | the server answers 406: it has no feed in a format that we request | not-acceptable
  status | the server answers 410: the feed is gone for good | gone-for-now
  status | the server answers 418 instead of a feed | teapot
  status | the server answers 451: it is not allowed to show the feed, for legal reasons | legal
  status | the server answers 500: it has a problem; this often passes | broken
  status | the server answers 502: it has a problem; this often passes | bad-gateway
  status | the server answers 503: it has a problem; this often passes | unavailable unavailable-oddly
  status | the server answers 599: it has a problem; this often passes | odd-status
  rate-limited | the server asks for fewer requests | slow-down slow-down-oddly
  rate-limited | the server wants no request before 2026-01-23 10:40 UTC; we wait | slow-down-for-2-hours
  rate-limited | the server wants no request before 2026-01-23 09:40 UTC; we wait | slow-down-for-a-second
  rate-limited | the server wants no request before 2026-01-30 08:40 UTC; we wait | slow-down-for-a-year
  rate-limited | the server wants no request before 2026-01-23 18:40 UTC; we wait | slow-down-till-a-date
  bot-protection | 127.0.0.1 answers 403 from its bot protection; ask its owner to let feed readers through; the User-Agent of this one is Orrery | cloudflare-403
  bot-protection | 127.0.0.1 answers 503 from its bot protection; ask its owner to let feed readers through; the User-Agent of this one is Orrery | cloudflare-503
  bot-protection | 127.0.0.1 answers 429 from its bot protection; ask its owner to let feed readers through; the User-Agent of this one is Orrery | cloudflare-429 vercel
  bot-protection | 127.0.0.1 answers 202 from its bot protection; ask its owner to let feed readers through; the User-Agent of this one is Orrery | aws-waf
  status | the server answers 300: it offers several addresses; open this one in a browser and choose | choice-open
  redirects | the address redirects to nowhere: the server does not say where the feed is | moved-nowhere moved-to-nothing
  bad-address | the feed redirects to http://[nonsense, which cannot be requested: it is not a full address; write https://… | moved-to-nonsense
  redirects | the address redirects in a circle; its owner must repair the server | to-itself ping cookie-in-a-circle
  redirects | the address redirects too many times; open it in a browser and write down where it ends | cookies-without-end six-steps endless-steps
  bad-address | the feed redirects to ftp://files.example/feed.xml, which cannot be requested: only http and https addresses can be | to-ftp
  bad-address | the feed redirects to a file: address, which cannot be requested: only http and https addresses can be | to-file
  bad-address | the feed redirects to a data: address, which cannot be requested: only http and https addresses can be | to-data
  bad-address | the feed redirects to a javascript: address, which cannot be requested: only http and https addresses can be | to-javascript
  bad-address | the feed redirects to https://blog.example/feed, which cannot be requested: it must not contain a name or a password | to-credentials
  private-address | 169.254.169.254 is a private address; to request it, set PLANET_ALLOW_PRIVATE to its host:port | to-metadata cookie-to-metadata
  private-address | 168.63.129.16 is a private address; to request it, set PLANET_ALLOW_PRIVATE to its host:port | to-host-agent
  encoding | the answer cannot be unpacked: it is gzip inside gzip | gzip-thrice-said-once
  encoding | the answer cannot be unpacked: it declares 10 layers of packing | gzip-ten-times
  encoding | the answer cannot be unpacked: its gzip ends too early | gzip-truncated gzip-without-trailer gzip-unlabelled-truncated gzip-and-a-cut-member
  encoding | the answer cannot be unpacked: its gzip is damaged | gzip-bad-checksum gzip-bad-checksum-and-more
  encoding | the answer cannot be unpacked: it is declared as gzip, and is not gzip | gzip-not
  encoding | the answer cannot be unpacked: its br ends too early | brotli-truncated
  encoding | the answer cannot be unpacked: its br is damaged | brotli-not
  encoding | the answer cannot be unpacked: its deflate is damaged | deflate-not
  encoding | the answer cannot be unpacked: it is packed as “snappy”, and we did not request that | unknown-packing-in-gzip gzip-in-unknown-packing unknown-packing
  too-large | the answer is larger than 5 MB; ask the owner for a feed of only the newest posts | too-large
  too-large | the answer is larger than 195.3 KB; ask the owner for a feed of only the newest posts | too-large-unpacked too-large-brotli | small
  too-large | the headers of the answer are larger than 64 KB | too-large-headers one-large-header endless-headers
  timed-out | timed out after 0.06 s while waiting for an answer; the server is slow or down, which often passes | silence silence-in-headers slow-drip-headers endless-hints | silent
  timed-out | timed out after 1 s while reading; the server is slow or down, which often passes | silence-after-headers slow-drip | slow
  disconnected | 127.0.0.1 closed the connection before the answer was complete | hangs-up resets hangs-up-in-headers resets-in-body shorter-than-said chunks-cut closes-early
  broken-answer | 127.0.0.1 does not answer in valid HTTP; its owner must repair the server | two-lengths two-lengths-in-one no-length-to-speak-of length-and-chunks-that-are-none nonsense-http chunks-garbled another-protocol no-headers-at-all switches-protocols
`;

const [body, headers, deadline] = [200_000, 60, 1000];
const limitsOf: Record<string, Partial<Limits>> = { small: { body }, silent: { headers }, slow: { deadline } };
const each = failing.flatMap(([kind, says, names, limits = '']) =>
  names.split(' ').map((when) => [when, kind, says, limits] as const),
);
test.concurrent.for(each)('a server that does “%s”', async ([when, kind, says, limits]) => {
  const fetched = await ask(when, { limits: limitsOf[limits] ?? {} });
  expect(fetched).toMatchObject({ kind: 'failed', reason: { kind } });
  expect(said(fetched)).toBe(says);
});

test('a redirect after a redirect, each too quick to time out: the deadline counts them all', async () => {
  const fetched = await ask('slow-steps', { limits: { deadline: 400, redirects: 40 } });
  expect(fetched).toMatchObject({ kind: 'failed', reason: { kind: 'timed-out', seconds: 0.4 } });
});

test.for(rows`
  feed.xml | feed.xml | it is not a full address; write https://…
  gopher://old.example/feed | gopher://old.example/feed | only http and https addresses can be
  https://me:hush@blog.example/feed?key=hush | https://blog.example/feed | it must not contain a name or a password
`)('the address %s', async ([url, shown, why]) => {
  const fetched = await fetcherFor(server).fetchFeed({ url, validators: {} });
  expect(said(fetched)).toBe(`the address ${shown} cannot be requested: ${why}`);
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

const plain = (
  'feed signed-by-a-guard not-authoritative early-hints no-length http-1.0 gzip x-gzip brotli deflate deflate-raw ' +
  'identity gzip-unlabelled gzip-in-members gzip-then-brotli gzip-twice-said-once redirect-with-endless-body ' +
  'gzip-and-a-line-end gzip-and-a-comment ' +
  'five-steps sets-a-cookie cookie-to-itself cookie-in-two-steps cookie-for-others gzip-said-twice ' +
  'gzip-said-twice-apart gzip-then-gzip aws-chunked aws-chunked-gzip gzip-aws-chunked ' +
  'none-as-packing empty-packing unknown-packing-of-plain same-length-twice same-length-twice-in-one ' +
  'length-and-chunks chunks-and-length chunks-said-twice identity-and-length a-zero-in-a-header ' +
  'controls-in-a-header header-in-two-lines begins-with-a-fold space-before-colon no-ascii-in-headers ' +
  'no-name-of-a-header lines-without-cr asks-to-go-on head-byte-by-byte'
).split(' ') as FaultName[];

test.for(plain)('the feed comes through “%s” as it is', async (path) => {
  expect(await ask(path)).toMatchObject({ kind: 'body', validators: {}, askAgainAt: null, delta: false });
  expect(await textOf(path)).toBe(feed);
});

test.for<FaultName>(['utf-8-as-packing', 'binary-as-packing'])('the feed comes through “%s”', async (path) => {
  expect((await textOf(path)).trim()).toContain(feed);
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

test.for(rows`
  feed | no other address | feed
  moved | feed | feed
  moved-again | feed | feed
  moved-to-umlaut | caf%C3%A9 | caf%C3%A9
  moved-to-latin1 | caf%C3%A9 | caf%C3%A9
  found | no other address | feed
  see-other | no other address | feed
  elsewhere | no other address | feed
  choice-made | no other address | feed
  moved-then-found | no other address | feed
  found-then-moved | no other address | feed
`)('redirected by “%s”, the feed has moved to %s', async ([when, to, ends]) => {
  const here = `http://${server.host}`;
  const movedTo = to === 'no other address' ? null : `${here}/${to}`;
  expect(await ask(when)).toMatchObject({ kind: 'body', url: `${here}/${ends}`, movedTo });
});

test('the headers of an answer are returned with it', async () => {
  expect(await ask('feed')).toMatchObject({ contentType: 'application/rss+xml' });
  expect(await ask('fresh-for-a-year')).toMatchObject({ askAgainAt: new Date('2026-01-24T08:40:00Z') });
  expect(await ask('two-etags')).toMatchObject({ validators: { etag: '"first"' } });
  expect(await ask('endless-etag')).toMatchObject({ kind: 'body', validators: {} });
});

test.for<FaultName>(['unchanged', 'moved-unchanged'])('asked again, “%s” says so', async (path) => {
  expect(await ask(path)).toMatchObject({ kind: 'body', validators: { etag, lastModified } });
  const again = await ask(path, { validators: { etag, lastModified } });
  const movedTo = path === 'unchanged' ? null : `http://${server.host}/unchanged`;
  expect(again).toEqual({ kind: 'not-modified', movedTo, askAgainAt: new Date('2026-01-23T10:40:00Z') });
});

test('one validator alone is sent alone, and one that no header can carry is not', async () => {
  const question = async (validators: Validators) => (await textOf('shows-the-question', { validators })).split('\n');
  expect(await question({ lastModified })).not.toContain('if-none-match');
  expect(await question({ etag })).not.toContain('if-modified-since');
  expect(await question({ etag: 'a\r\nHost: evil.example' })).not.toContain('if-none-match');
});

test('an answer with only the new entries (226) is recognised', async () => {
  expect(await ask('delta')).toMatchObject({ kind: 'body', delta: false });
  const next = await ask('delta', { validators: { etag: '"1"' } });
  expect(next).toMatchObject({ kind: 'body', delta: true, validators: { etag: '"2"' } });
});

test.for<FaultName>(['gone', 'moved-to-gone'])('“%s” is gone', async (path) => {
  expect(await ask(path)).toEqual({ kind: 'gone' });
});

test('an answer that asks to slow down has the time of the next request', async () => {
  expect(await ask('slow-down-for-2-hours')).toMatchObject({ retryAt: new Date('2026-01-23T10:40:00Z') });
  expect(await ask('slow-down')).toMatchObject({ retryAt: null });
  expect(await ask('cloudflare-503')).toMatchObject({ retryAt: new Date('2026-01-23T09:40:00Z') });
  expect(await ask('missing')).toMatchObject({ retryAt: null });
});

const silent = () => {};
const status =
  (code: number, headers = {}): RequestListener =>
  (_, response) =>
    response.writeHead(code, headers).end(code === 200 ? feed : '');

/** Milliseconds: after it a silent host has failed; in it, also on a busy machine, an answer comes. */
const [SOON, LATE] = [60, 1000];

test.concurrent.for<[when: string, requests: number, kind: string, headers: number, ...answers: RequestListener[]]>([
  ['wants no request for a time', 4, 'rate-limited', LATE, status(200), status(429, { 'retry-after': '7200' })],
  ['wants no request for a time at one address', 6, 'status', LATE, status(503, { 'retry-after': '600' }), status(404)],
  ['wants fewer requests', 6, 'rate-limited', LATE, status(429)],
  ['is silent', 3, 'timed-out', SOON, silent],
  ['was silent twice', 6, 'status', LATE, silent, silent, status(404)],
  ['is silent between answers', 6, 'status', LATE, silent, silent, status(200), silent, silent, status(404)],
])('a host that %s gets %s requests for six feeds', async ([, requests, kind, headers, ...answers]) => {
  let asked = 0;
  await using host = await serveFeeds({});
  const asker = { userAgent: 'Orrery/0.1', allowPrivate: [host.host], now: () => new Date(), limits: { headers } };
  const { fetchFeed } = createFetcher(asker);
  const last = answers.at(-1) ?? silent;
  for (let at = 0; at < 6; at++) {
    host.answers[`/${at}`] = (...exchange) => (answers[asked++] ?? last)(...exchange);
    const fetched = await fetchFeed({ url: host.url(`/${at}`), validators: {} });
    if (at === 5) expect(fetched).toMatchObject({ kind: 'failed', reason: { kind } });
  }
  expect(asked).toBe(requests);
});

test('a host that wants no request for a time gets no other one after three at once', async () => {
  let asked = 0;
  await using host = await serveFeeds({});
  host.answers['/'] = (...exchange) => {
    asked += 1;
    status(503, { 'retry-after': '600' })(...exchange);
  };
  const send = requestSender(() => new Date());
  const { signal: stop } = new AbortController();
  const rest = { headers: {}, privateHosts: new Set([host.host]), limits: defaultLimits, left: 60_000, stop };
  const ask = () => send({ url: new URL(host.url('/')), ...rest });
  await Promise.all([ask(), ask(), ask()]);
  expect(await ask()).toMatchObject({ kind: 'answer', status: 503 });
  expect(asked).toBe(3);
});

test('a question says who asks, and nothing of cookies and referrers', async () => {
  const lines = (await textOf('shows-the-question')).split('\n');
  expect(lines.filter((_line, place) => place % 2 === 0)).toEqual(
    'host connection user-agent accept accept-encoding'.split(' '),
  );
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
