import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOSTILE_HTML } from '../fixtures/hostile-html.ts';
import { tagSoup } from '../fixtures/tag-soup.ts';
import { type FaultServer, startFaultServer } from '../lib/fault-server.ts';
import type { FaultName } from '../lib/faults.ts';
import { escaped, type FeedServer, rss, serveFeeds } from '../lib/feed-server.ts';
import { aFolder, type Folder, planetYaml } from '../lib/planet.ts';
import { snapshotCommand } from '../lib/program-here.ts';
import { buildSite } from '../lib/site.ts';
import { areaFor } from '../lib/test-folder.ts';

/** One of each kind: what all others lead to, `fetcher.test` tells, and what a slow one costs its neighbours, `feed-worker.test`. None asks for rest: its host has the others too. */
const FAULTS: FaultName[] = [
  ...(['too-large', 'too-large-headers', 'too-large-brotli', 'endless-steps', 'cookies-without-end'] as const),
  ...(['resets-in-body', 'switches-protocols', 'unchanged-unasked', 'to-metadata', 'gone', 'bad-gateway'] as const),
];

const item = (at: number, inside: string) =>
  `<item><title>Post ${at}</title><link>https://bad.example/${at}</link>${inside}</item>`;
const channel = (items: string, attributes = '') =>
  `<rss version="2.0" ${attributes}><channel><title>Bad</title>${items}</channel></rss>`;
const times = (count: number, piece: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => piece(at)).join('');
const NAMESPACES = times(20_000, (at) => `xmlns:a${at}="u${at}" `);

const withBodies = (bodies: string[], titles?: string[]) =>
  rss(bodies.map((html, at) => ({ title: titles?.[at] ?? `H${at}`, link: `https://h.example/${at}`, html })));

/** Documents that cost much to read, or lie, or say what harms whoever prints it. */
const DOCUMENTS: Record<string, string> = {
  namespaces: channel(item(1, ''), NAMESPACES),
  videos: channel(item(1, `<description>${escaped('<video>'.repeat(100_000))}</description>`)),
  'half-tags': channel(item(1, `<description>${escaped('<p'.repeat(50_000))}</description>`)),
  deep: channel(item(1, `<description>${escaped('<div>'.repeat(20_000))}</description>`)),
  'deep-xml': channel(item(1, '<a>'.repeat(50_000))),
  entities: `<!DOCTYPE x [${times(9, (at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`)}]>${channel(item(1, '<description>&e9;</description>'))}`,
  attributes: channel(item(1, `<b ${times(20_000, (at) => `a${at}="${at}" `)}/>`)),
  cdata: channel(item(1, '<![CDATA['.repeat(20_000))),
  'one-id': channel(times(20, (at) => item(at, '<guid>same</guid>'))),
  'one-key': channel([473072, 491260].map((at) => item(at, `<guid>https://evil.example/${at}</guid>`)).join('')),
  wordless: withBodies(['', '', '', '', ''], ['…', '!!!', '', '<!--', '\u200b']),
  commands: rss([
    { title: '##[error]Gone', link: 'https://c.example/1' },
    { title: '::error file=a::Gone', link: 'https://c.example/2' },
    { title: '\u001b[2J\u202eGone', link: 'https://c.example/3' },
  ]),
  html: withBodies(HOSTILE_HTML.filter((_, at) => at % 8 === 0)),
  soup: withBodies(Array.from({ length: 20 }, (_, at) => tagSoup(at, 200))),
  json: JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    items: Array.from({ length: 300 }, (_, id) => {
      return { id, authors: [null, { name: {} }], tags: [[[]]], content_html: '<b>'.repeat(id) };
    }),
  }),
  'not-json': `{"items": [${'['.repeat(50_000)}`,
  'cut-off': rss([{ title: 'Cut', link: 'https://cut.example/1' }]).slice(0, -60),
};

let healthy: FeedServer[];
let hostile: FeedServer;
let faulty: FaultServer;
let folder: Folder;
const area = areaFor('hostile');

const postOf = (feed: number, at: number) => ({
  ...{
    title: `Good post ${at} of ${feed}`,
    link: `https://good${feed}.example/${at}`,
    date: `2026-01-2${at}T08:00:00Z`,
  },
  html: `<p>What good feed ${feed} says in post ${at}.</p>`,
});
const said = (feed: number, posts: number) => rss(Array.from({ length: posts }, (_, at) => postOf(feed, at)));

beforeAll(async () => {
  healthy = await Promise.all(Array.from({ length: 6 }, () => serveFeeds({})));
  hostile = await serveFeeds(Object.fromEntries(Object.entries(DOCUMENTS).map(([name, text]) => [`/${name}`, text])));
  faulty = await startFaultServer();
  const feeds = [
    ...Object.keys(hostile.answers).map((path, at) => [`bad${at}`, hostile.url(path)] as const),
    ...FAULTS.map((name, at) => [`fault${at}`, `http://${faulty.host}/${name}`] as const),
    ...healthy.map(({ url }, at) => [`good${at}`, url('/feed')] as const),
  ];
  folder = await aFolder(planetYaml(Object.fromEntries(feeds)));
});
afterAll(async () => {
  for (const server of [...healthy, hostile]) await server[Symbol.asyncDispose]();
  await faulty.close();
  await folder[Symbol.asyncDispose]();
});

test('beside every hostile feed the healthy ones arrive in every run, and the site is published', async () => {
  const env = { PLANET_ALLOW_PRIVATE: [...healthy, hostile, faulty].map(({ host }) => host).join() };
  const now = (round: number) => String(1772000000 + round * 90_000);
  for (const round of [1, 2]) {
    for (const [at, server] of healthy.entries()) server.answers['/feed'] = said(at, round);
    // An hour later than the last run, so that nobody rests.
    const ran = await snapshotCommand(folder.path, { ...env, SOURCE_DATE_EPOCH: now(round) }, '--json');
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout + ran.stderr).not.toMatch(/^\s*(?:::|##\[)|\u001b|\u202e/m);
    const feeds: { id: string; reason: string | null }[] = JSON.parse(ran.stdout).feeds;
    const good = feeds.filter(({ id }) => id.startsWith('good'));
    expect(good).toMatchObject(healthy.map(() => ({ outcome: 'updated', reason: null, new: 1 })));
    expect(feeds.filter(({ reason }) => /bug/.test(reason ?? ''))).toEqual([]);
  }
  const dist = join(area, 'dist');
  const built = await buildSite(folder.path, dist, { SOURCE_DATE_EPOCH: now(2) });
  expect(built.code, built.stdout + built.stderr).toBe(0);
  const pages = readdirSync(join(dist, '2026/01'), { recursive: true }).map(String);
  const names = [0, 1].flatMap((at) => healthy.map((_, feed) => `good-post-${at}-of-${feed}-`));
  for (const name of names) expect(pages).toContainEqual(expect.stringContaining(name));
}, 300_000);
