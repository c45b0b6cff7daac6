import { readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { changedFeeds } from '../../scripts/ci/websub.ts';
import { onLoopback } from '../lib/feed-server.ts';
import { planetYaml, type Ran } from '../lib/planet.ts';
import { programHere } from '../lib/program-here.ts';
import { areaFor } from '../lib/test-folder.ts';

const tls = (name: string) => join(import.meta.dirname, '../fixtures/tls', `${name}.pem`);
const SITE = 'https://planet.example';
const PLANETS = ['rss.xml', 'atom.xml', 'feed.json'].map((file) => `${SITE}/${file}`);

let area: string;
let heard: (string | null)[];
let status: number;
/** The address of a feed that the hub refuses. */
let refused: string;
const hub = createServer(
  { cert: readFileSync(tls('good')), key: readFileSync(tls('key')) },
  async (request, response) => {
    const form = new URLSearchParams(await text(request));
    if (form.get('hub.mode') === 'publish' && request.method === 'POST') heard.push(form.get('hub.url'));
    response.writeHead(form.get('hub.url') === refused ? 403 : status).end();
  },
);

const open = await onLoopback(hub);
const host = open.host.replace('127.0.0.1', 'localhost');
afterAll(() => open[Symbol.asyncDispose]());
beforeEach(async () => {
  area = areaFor('ping');
  [heard, status, refused] = [[], 204, ''];
  await planet(`hub: https://${host}/\n`);
  for (const place of ['', 'authors/zoë/', 'feeds/a/'])
    for (const file of ['rss.xml', 'atom.xml', 'feed.json']) await publish(`${place}${file}`, 'one');
});

const planet = async (more: string) => writeFile(join(area, 'planet.yaml'), planetYaml({ a: 'a.xml' }, more));

async function publish(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(area, 'dist', path)), { recursive: true });
  await writeFile(join(area, 'dist', path), content);
}

function ping(): Promise<Ran> {
  return programHere(['scripts/ping.ts'], {
    PLANET_CONTENT: area,
    PLANET_DIST: join(area, 'dist'),
    PLANET_ALLOW_PRIVATE: host,
  });
}

test('a hub hears of the planet’s feeds first, and then of those that changed', async () => {
  const stdout = `hub: 3 of 3 changed feeds announced to ${host}\n`;
  expect(await ping()).toMatchObject({ code: 0, stdout });
  expect(heard.splice(0)).toEqual(PLANETS);
  await publish('authors/zoë/atom.xml', 'two');
  await publish('rss.xml', 'two');
  await publish('feeds/new/rss.xml', 'one');
  await ping();
  expect(heard).toEqual([`${SITE}/rss.xml`, `${SITE}/authors/zo%C3%AB/atom.xml`, `${SITE}/feeds/new/rss.xml`]);
});

test('a hub that does not answer is one line, and gets the feeds again at the next ping', async () => {
  status = 503;
  const stderr = expect.stringMatching(/^The hub did not accept all feeds.* 503 .*\n$/);
  expect(await ping()).toMatchObject({ code: 0, stderr });
  status = 202;
  heard.splice(0);
  await ping();
  expect(heard.splice(0)).toEqual(PLANETS);
  await planet('hub: https://127.0.0.1:9/\n');
  expect(await ping()).toMatchObject({ code: 0, stderr: expect.stringContaining('127.0.0.1 is a private address') });
});

test('a feed that the hub refuses does not keep it from the others', async () => {
  refused = PLANETS[0] ?? '';
  expect(await ping()).toMatchObject({ stdout: expect.stringContaining('hub: 2 of 3 changed feeds announced') });
  expect(heard.splice(0)).toEqual(PLANETS);
  refused = '';
  await ping();
  expect(heard).toEqual(PLANETS.slice(0, 1));
});

test('a hub that refuses everything is asked three times', async () => {
  await ping();
  heard.splice(0);
  for (const place of ['', 'authors/zoë/', 'feeds/a/']) await publish(`${place}rss.xml`, 'two');
  await publish('atom.xml', 'two');
  status = 401;
  expect(await ping()).toMatchObject({ stdout: expect.stringContaining('hub: 0 of 4 changed feeds announced') });
  expect(heard).toHaveLength(3);
});

test('ping without a hub sends nothing, and without a site it says so', async () => {
  await rm(join(area, 'dist'), { recursive: true });
  expect(await ping()).toMatchObject({ code: 1, stderr: expect.stringContaining('Run "npm run site" first') });
  await planet('');
  expect(await ping()).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('the hub hears nothing without a change, and not everything at once after a change of all feeds', () => {
  const feeds = (hash: string) => new Map(Array.from({ length: 2000 }, (_, index) => [`${SITE}/${index}`, hash]));
  expect(changedFeeds(feeds('one'), feeds('one'))).toEqual([]);
  const told = changedFeeds(feeds('one'), feeds('two'));
  expect(told).toHaveLength(500);
  expect(told[0]).toBe(`${SITE}/0`);
});
