import { readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FeedServer, rss, serveFeeds } from '../lib/feed-server.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';

const one = { title: 'One', link: 'https://t.example/1' };
const two = { title: 'Two', link: 'https://t.example/2', date: 'Mon, 01 Dec 2025 10:00:00 GMT' };

async function following(answers: FeedServer['answers'], feeds = { a: '/a', b: '/b' } as Record<string, string>) {
  const server = await serveFeeds(answers);
  const urls = Object.fromEntries(Object.entries(feeds).map(([id, path]) => [id, server.url(path)]));
  const folder = await aFolder(planetYaml(urls));
  const env = { PLANET_ALLOW_PRIVATE: server.host, SOURCE_DATE_EPOCH: '1772000000' };
  return {
    server,
    folder,
    snapshot: (...args: string[]) => folder.snapshot({ args, env }),
    report: async (...args: string[]) => JSON.parse((await folder.snapshot({ args: ['--json', ...args], env })).stdout),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test('entries land in the month of their date, and a second run changes no byte', async () => {
  await using planet = await following({ '/a': rss([one, two]), '/b': rss([one]) });
  const first = await planet.snapshot();
  expect(first.stdout).toBe(
    'a  updated    2 new, 0 changed, 0 kept\nb  updated    1 new, 0 changed, 0 kept\n3 entries: 3 new, 0 changed, 0 kept\n',
  );
  const archive = await planet.folder.archive();
  expect(Object.keys(archive)).toEqual(['2025-12.ndjson', '2026-01.ndjson', 'feeds.json', 'ledger.json']);
  const second = await planet.snapshot();
  expect(second.stdout).toContain('3 entries: 0 new, 0 changed, 3 kept');
  expect(await planet.folder.archive()).toEqual(archive);
});

test('the clock may move on: an unchanged run still changes no byte, also with a feed that fails', async () => {
  await using planet = await following({ '/a': rss([one, two]) });
  const at = (seconds: number) =>
    planet.folder.snapshot({ env: { PLANET_ALLOW_PRIVATE: planet.server.host, SOURCE_DATE_EPOCH: String(seconds) } });
  await at(1772000000);
  const archive = await planet.folder.archive();
  await at(1772003600);
  expect(await planet.folder.archive()).toEqual(archive);
});

test('a feed that cannot be read costs one line, and the others are there', async () => {
  await using planet = await following(
    {
      '/good': rss([one]),
      '/500': (_, response) => response.writeHead(500).end('oops'),
      '/410': (_, response) => response.writeHead(410).end(),
      '/html': (_, response) =>
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Hi</title><p>Hi'),
      '/empty': '',
      '/cut': (_, response) => response.destroy(),
    },
    { good: '/good', e404: '/404', e500: '/500', e410: '/410', html: '/html', empty: '/empty', cut: '/cut' },
  );
  const ran = await planet.snapshot();
  expect(ran.code).toBe(0);
  const lines = ran.stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(8);
  expect(lines[0]).toMatch(/^good +updated +1 new/);
  expect(lines[1]).toMatch(/^e404 +failed .*: the server answers 404/);
  expect(lines[2]).toMatch(/^e500 +failed .*: the server answers 500/);
  expect(lines[3]).toMatch(/^e410 +gone .*: the server answers 410/);
  expect(lines[4]).toMatch(/^html +failed .*: the address now shows a web page, not a feed/);
  expect(lines[5]).toMatch(/^empty +failed .*: the answer is empty/);
  expect(lines[6]).toMatch(/^cut +failed .*: 127\.0\.0\.1/);
  expect(lines[7]).toBe('1 entries: 1 new, 0 changed, 0 kept; 6 of 7 feeds could not be read');
});

test('a feed that fails, empties or shrinks keeps what it had', async () => {
  await using planet = await following({ '/a': rss([one, two]), '/b': rss([one]) });
  await planet.snapshot();
  const held = await planet.folder.entries();
  for (const answer of [undefined, rss([]), rss([two])]) {
    if (answer === undefined) delete planet.server.answers['/a'];
    else planet.server.answers['/a'] = answer;
    await planet.snapshot();
    expect(await planet.folder.entries()).toEqual(held);
  }
});

test('an edit replaces the words in place', async () => {
  await using planet = await following({ '/a': rss([one, two]), '/b': rss([one]) });
  await planet.snapshot();
  const before = await planet.folder.entries();
  planet.server.answers['/a'] = rss([{ ...one, title: 'One, mended' }, two]);
  expect((await planet.report()).feeds[0]).toEqual({
    id: 'a',
    outcome: 'updated',
    reason: null,
    new: 0,
    changed: 1,
    kept: 1,
  });
  const after = await planet.folder.entries();
  expect(after.map(({ path }) => path)).toEqual(before.map(({ path }) => path));
  expect(after.map(({ title }) => title)).toContain('One, mended');
});

test('--json prints the report alone on standard output', async () => {
  await using planet = await following({ '/a': rss([one]) });
  expect(await planet.report()).toEqual({
    feeds: [
      { id: 'a', outcome: 'updated', reason: null, new: 1, changed: 0, kept: 0 },
      { id: 'b', outcome: 'failed', reason: expect.stringContaining('404'), new: 0, changed: 0, kept: 0 },
    ],
    entries: 1,
  });
});

test('--strict turns a failed feed into exit 1', async () => {
  await using planet = await following({ '/a': rss([one]), '/b': rss([one]) });
  expect((await planet.snapshot('--strict')).code).toBe(0);
  delete planet.server.answers['/b'];
  expect((await planet.snapshot('--strict')).code).toBe(1);
  expect((await planet.snapshot()).code).toBe(0);
});

test('nothing reachable and nothing held is exit 1 with a sentence; with an archive it is exit 0', async () => {
  await using planet = await following({});
  const empty = await planet.snapshot();
  expect(empty.code).toBe(1);
  expect(empty.stderr).toContain('There is nothing to publish: no feed could be read, and the archive has no entry.');
  planet.server.answers['/a'] = rss([one]);
  await planet.snapshot();
  delete planet.server.answers['/a'];
  expect((await planet.snapshot()).code).toBe(0);
});

test('a feed taken out of planet.yaml stays on disk', async () => {
  await using planet = await following({ '/a': rss([one]), '/b': rss([two]) });
  await planet.snapshot();
  const held = await planet.folder.entries();
  await planet.folder.write('planet.yaml', planetYaml({ a: planet.server.url('/a') }));
  expect((await planet.report()).entries).toBe(1);
  expect(await planet.folder.entries()).toEqual(held);
});

test('a private address is refused unless it is allowed by name', async () => {
  await using planet = await following({ '/a': rss([one]) }, { a: '/a' });
  const ran = await planet.folder.snapshot();
  expect(ran.code).toBe(1);
  expect(ran.stdout).toContain('private address');
});

test('a mistake in planet.yaml is exit 2 and told with file, line and column', async () => {
  await using folder = await aFolder(planetYaml({ a: 'ftp://a' }));
  const ran = await folder.snapshot();
  expect(ran.code).toBe(2);
  expect(ran.stderr).toMatch(/planet\.yaml:7:10: feeds\[0\]\.url: is not an address; write/);
});

test('a folder without planet.yaml is exit 2', async () => {
  await using folder = await aFolder('');
  const ran = await folder.snapshot({ env: { PLANET_CONTENT: join(folder.path, 'nowhere') } });
  expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining('there is no such file')]);
});

test('feeds on disk are read from inside the folder only', async () => {
  await using folder = await aFolder(planetYaml({ here: 'feeds/here.xml', missing: 'feeds/missing.xml' }));
  await folder.write('feeds/here.xml', rss([one]));
  const { stdout } = await folder.snapshot();
  expect(stdout).toMatch(/^here +updated +1 new/m);
  expect(stdout).toMatch(/^missing +failed .*the file feeds\/missing\.xml cannot be read: there is no such file/m);
});

test('a damaged month is set aside and named, and nothing goes on until it is mended', async () => {
  await using planet = await following({ '/a': rss([one]), '/b': rss([two]) });
  await planet.snapshot();
  const whole = await readFile(join(planet.folder.path, 'archive/2026-01.ndjson'), 'utf8');
  await planet.folder.write('archive/2026-01.ndjson', '{"feed":"a","broken\n');
  const ran = await planet.snapshot();
  expect(ran.code).toBe(1);
  expect(ran.stderr).toMatch(
    /2026-01\.ndjson was not written by a snapshot, at byte 0: .*set aside as .*2026-01\.ndjson\.damaged/,
  );
  expect(await readFile(join(planet.folder.path, 'archive/2026-01.ndjson.damaged'), 'utf8')).toBe(
    '{"feed":"a","broken\n',
  );
  expect((await planet.snapshot()).stderr).toContain('Put a good copy back');
  await planet.folder.write('archive/2026-01.ndjson', whole);
  await rm(join(planet.folder.path, 'archive/2026-01.ndjson.damaged'));
  expect((await planet.snapshot()).stdout).toContain('2 entries: 0 new, 0 changed, 2 kept');
});

test('two snapshots at once: the second says who is at work; a lock whose owner is dead is taken over', async () => {
  await using planet = await following({ '/a': rss([one]), '/b': rss([two]) });
  await planet.folder.write('archive/.lock', `${process.pid} ${hostname()}\n`);
  const second = await planet.snapshot();
  expect([second.code, second.stderr]).toEqual([
    1,
    expect.stringContaining(`Another snapshot is running (process ${process.pid}`),
  ]);
  // No process has this number: it is above every system's limit.
  await planet.folder.write('archive/.lock', `99999999 ${hostname()}\n`);
  expect((await planet.snapshot()).stdout).toContain('2 entries: 2 new');
  expect(Object.keys(await planet.folder.archive())).toEqual([
    '2025-12.ndjson',
    '2026-01.ndjson',
    'feeds.json',
    'ledger.json',
  ]);
});
