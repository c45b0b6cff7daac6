import { execFile } from 'node:child_process';
import type { RequestListener } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createFeedWorker, type FeedWorker, MEMORY_FLAGS } from '../../scripts/snapshot/feed-worker.ts';
import { createFetcher } from '../../scripts/snapshot/fetch/fetcher.ts';
import { failureSentence, type Outcome } from '../../scripts/snapshot/outcome.ts';
import { readSafely } from '../../scripts/snapshot/read-feed.ts';
import { readFeeds } from '../../scripts/snapshot/run.ts';
import { aFeed } from '../lib/builders.ts';
import { type FeedServer, rss, serveFeeds } from '../lib/feed-server.ts';
import { milliseconds } from '../lib/time-growth.ts';

const healthy = rss([{ title: 'One', link: 'https://a.example/1' }]);
/** Reading grows with the feed, so that what reads long or much is long. */
const long = (megabytes: number): string =>
  rss([]).replace('</channel>', `<item><title>Long</title>${'<b>x</b>'.repeat(megabytes * 125_000)}</item></channel>`);

const readers: FeedWorker[] = [];
afterEach(() => {
  for (const reader of readers.splice(0)) reader.close();
});

function readerOf(...limits: Parameters<typeof createFeedWorker>): FeedWorker {
  const reader = createFeedWorker(...limits);
  readers.push(reader);
  return reader;
}

/** What became of each feed, in words; each has a server of its own. */
async function askedAtOnce(
  feeds: readonly FeedServer['answers'][string][],
  reader: FeedWorker,
  deadline: number,
): Promise<string[]> {
  const servers: FeedServer[] = [];
  for (const feed of feeds) servers.push(await serveFeeds({ '/feed': feed }));
  const fetcher = createFetcher({
    userAgent: 'Test',
    allowPrivate: servers.map(({ host }) => host),
    now: () => new Date('2026-01-23T08:40:00Z'),
    limits: { deadline, body: 100 * 1024 * 1024 },
  });
  try {
    const means = {
      fetchFeed: fetcher.fetchFeed,
      readInWorker: reader.readInWorker,
      folder: '/',
      site: 'https://night.example',
      now: new Date('2026-01-23T08:40:00Z'),
    };
    const followed = servers.map(({ url }, index) => aFeed({ id: `f${index}`, url: url('/feed') }));
    return (await readFeeds(followed, {}, means, () => {})).map(inWords);
  } finally {
    await fetcher.close();
    for (const server of servers) await server[Symbol.asyncDispose]();
  }
}

function inWords(outcome: Outcome): string {
  if (outcome.kind === 'read') return outcome.entries.map(({ title }) => title).join();
  return outcome.kind === 'failed' ? failureSentence(outcome.reason) : outcome.kind;
}

const three = Array.from({ length: 3 }, () => healthy);

test('a feed that takes as long as it may costs its neighbours nothing', async () => {
  // References of nobody's are looked up one by one.
  const slow = (references: number) =>
    rss([]).replace('</channel>', `<item>${'&nothing;'.repeat(references)}</item></channel>`);
  const from = { url: 'https://a.example/feed', contentType: null };
  // A third of the processor time that twenty times as many take at least, however busy the machine is meanwhile.
  const seconds = Math.ceil(milliseconds(() => readSafely(Buffer.from(slow(100_000)), from)) / 15) / 10;
  const reader = readerOf({ seconds, megabytes: 4096 });
  // Its process is started before: on a busy machine that takes as long as it may.
  await reader.readInWorker({ bytes: Buffer.from(healthy), from });
  // It comes in no time.
  const packed = gzipSync(slow(2_000_000), { level: 1 });
  const answer: RequestListener = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
  const told = await askedAtOnce([answer, ...three], reader, seconds * 1000 - 100);
  expect(told).toEqual([`reading the feed took longer than ${seconds} s and was stopped`, ...three.map(() => 'One')]);
});

test('a post that takes too long is left out, and the others of its feed are read', () => {
  const drawing = `<svg><style>${'.a circle{fill:red}'.repeat(60)}</style>${'<circle r="1"/>'.repeat(300)}</svg>`;
  const item = (title: string, text: string) =>
    `<item><title>${title}</title><description>${text}</description></item>`;
  const slow = `<![CDATA[${`<div class="a">${drawing}</div>`.repeat(170)}]]>`;
  const feed = rss([]).replace('</channel>', `${item('One', 'a')}${item('Two', slow)}${item('Three', 'b')}</channel>`);
  const readIn = (time?: number) =>
    readSafely(Buffer.from(feed), { url: 'https://a.example/feed', contentType: null }, time);
  const entries = [{ title: 'One' }, { title: 'Three' }];
  const notes = ['left out 1 entry that took too long to read'];
  // In much less than the text takes, whatever the machine.
  const time = Math.ceil(milliseconds(() => readIn()) / 8);
  expect(readIn(time)).toMatchObject({ feed: { entries, notes } });
});

test('a feed that takes more memory than it may fails alone', async () => {
  const told = await askedAtOnce([...three, long(16), healthy], readerOf({ seconds: 60, megabytes: 64 }), 30_000);
  const failed = 'reading the feed took more than 64 MB of memory and was stopped';
  expect(told).toEqual([...three.map(() => 'One'), failed, 'One']);
});

test('a bug keeps its error across processes, and the next feed is read', async () => {
  const { readInWorker } = readerOf();
  const from = { url: 'https://a.example/feed', contentType: null };
  // No feed's bytes are known to strike a bug, so that something is sent that is no bytes.
  const noBytes = { bytes: 'words' as unknown as Uint8Array, from };
  await expect(readInWorker(noBytes)).rejects.toBeInstanceOf(TypeError);
  expect(await readInWorker({ bytes: Buffer.from(healthy), from })).toMatchObject({
    kind: 'feed',
    feed: { entries: [{ title: 'One', published: new Date('2026-01-23T08:40:00Z'), updated: null }], notes: [] },
  });
});

test('a process that cannot be started ends the run, and no feed is blamed', async () => {
  const { execPath } = process;
  process.execPath = import.meta.filename;
  try {
    const asked = askedAtOnce(three, readerOf(), 30_000);
    await expect(asked).rejects.toMatchObject({ code: 'EACCES', path: import.meta.filename });
  } finally {
    process.execPath = execPath;
  }
});

const late = `
  import { createFeedWorker } from './scripts/snapshot/feed-worker.ts';
  const { readInWorker } = createFeedWorker({ seconds: 0.2, megabytes: 4096 });
  const from = { url: 'https://a.example/feed', contentType: null };
  const { reason } = await readInWorker({ bytes: Buffer.from('<rss>' + '&nothing;'.repeat(3_000_000)), from });
  console.log(reason?.kind);
`;

test('a program waits for the end of a feed that takes too long, also if nothing else is left to do', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', late]);
  expect(stdout).toBe('runaway\n');
});

/** Opens files until the system refuses one more, and closes them before the second reading. */
const manyFiles = `
  import { closeSync, openSync } from 'node:fs';
  import { createFeedWorker } from './scripts/snapshot/feed-worker.ts';
  const reader = createFeedWorker();
  const feed = { bytes: Buffer.from(${JSON.stringify(healthy)}), from: { url: 'https://a.example/feed', contentType: null } };
  const files = [];
  try { for (;;) files.push(openSync('/dev/null')); } catch {}
  const refused = await reader.readInWorker(feed).catch(({ code }) => code);
  files.forEach((file) => closeSync(file));
  const { kind } = await reader.readInWorker(feed);
  console.log(refused, kind);
  reader.close();
`;

test.skipIf(process.platform === 'win32')('a process is started again when files may be opened again', async () => {
  const limited = 'ulimit -n 200; exec "$0" --input-type=module --eval "$1"';
  const { stdout } = await promisify(execFile)('bash', ['-c', limited, process.execPath, manyFiles]);
  expect(stdout).toBe('EMFILE feed\n');
});

const readFeedFile = fileURLToPath(new URL('../../scripts/snapshot/read-feed.ts', import.meta.url));

// A process of its own, with a limit: how much one takes without it depends on when V8 collects garbage.
const program = `
  import { readFeed } from ${JSON.stringify(readFeedFile)};
  const entry = '<entry><title>One</title><link href="http://e.org/1"/><id>urn:1</id><updated>2026-01-23T08:40:00Z</updated><summary>Words</summary></entry>';
  const bytes = Buffer.from('<feed xmlns="http://www.w3.org/2005/Atom">' + entry.repeat(20_000) + '</feed>');
  console.log(readFeed(bytes, { url: 'http://e.org/feed', contentType: null }).feed.entries.length);
`;

test('twenty thousand entries fit into a heap of 40 MB', { timeout: 60_000 }, async () => {
  const flags = [...MEMORY_FLAGS, '--max-old-space-size=40', '--input-type=module', '--eval'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, program]);
  expect(stdout).toBe('20000\n');
});
