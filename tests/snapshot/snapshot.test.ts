import { readdir, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reportText } from '../../scripts/snapshot/report.ts';
import { readStates } from '../../src/archive/archive.ts';
import { aPlanet, aServedPlanet } from '../lib/a-planet.ts';
import { type FeedServer, rss } from '../lib/feed-server.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';
import { programHere, snapshotCommand } from '../lib/program-here.ts';

const one = { title: 'One', link: 'https://t.example/1' };
const two = { title: 'Two', link: 'https://t.example/2', date: 'Mon, 01 Dec 2025 10:00:00 GMT' };
const start = 1_772_000_000;

async function following(answers: FeedServer['answers'], feeds: Record<string, string> = { a: '/a', b: '/b' }) {
  const planet = await aServedPlanet(answers, (url) =>
    planetYaml(Object.fromEntries(Object.entries(feeds).map(([id, path]) => [id, url(path)]))),
  );
  const report = (hours = 0) => planet.snapshot(new Date((start + hours * 3600) * 1000));
  return {
    ...planet,
    report,
    /** What a snapshot prints, so many hours after the first. */
    prints: async (hours = 0) => reportText(await report(hours)),
    /** The command itself. */
    command: (...args: string[]) =>
      programHere(['scripts/snapshot.ts', ...args], { ...planet.env, SOURCE_DATE_EPOCH: `${start}` }),
  };
}

test('entries land in the month of their date; a later run without news changes no byte, also with a feed that fails', async () => {
  const planet = await following({ '/a': rss([one, two]), '/b': rss([one]) });
  const of = 'a  updated    2 new, 0 changed, 0 kept\nb  updated    1 new, 0 changed, 0 kept';
  expect(await planet.prints()).toBe(`${of}\n3 entries: 3 new, 0 changed, 0 kept`);
  const archive = await planet.folder.archive();
  expect(Object.keys(archive)).toEqual(['2025-12.ndjson', '2026-01.ndjson', 'feeds.json', 'ledger.json']);
  expect(await planet.prints()).toContain('3 entries: 0 new, 0 changed, 3 kept');
  expect(await planet.folder.archive()).toEqual(archive);
  delete planet.server.answers['/b'];
  await planet.report();
  const failing = await planet.folder.archive();
  await planet.report(1);
  expect(await planet.folder.archive()).toEqual(failing);
});

test('a feed that cannot be read costs one line, and the others are there', async () => {
  const page = '<!doctype html><title>Hi</title><p>Hi';
  const answers: FeedServer['answers'] = {
    '/good': rss([one]),
    '/500': (_, response) => response.writeHead(500).end('oops'),
    '/410': (_, response) => response.writeHead(410).end(),
    '/html': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page),
    '/empty': '',
    '/cut': (_, response) => response.destroy(),
  };
  const statuses = { e404: '/404', e500: '/500', e410: '/410' };
  const feeds = { good: '/good', ...statuses, html: '/html', empty: '/empty', cut: '/cut' };
  const planet = await following(answers, feeds);
  const lines = (await planet.prints()).split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^good +updated +1 new/),
    expect.stringMatching(/^e404 +failed .*: the server answers 404/),
    expect.stringMatching(/^e500 +failed .*: the server answers 500/),
    expect.stringMatching(/^e410 +failed .*: the server answers 410/),
    expect.stringMatching(/^html +failed .*: the address shows a web page, not a feed; write the address of the feed/),
    expect.stringMatching(/^empty +failed .*: the answer is empty/),
    expect.stringMatching(/^cut +failed .*: 127\.0\.0\.1/),
    '1 entry: 1 new, 0 changed, 0 kept; 6 of 7 feeds could not be read',
  ]);
});

test('a feed that leaves planet.yaml keeps what it had', async () => {
  const planet = await following({ '/a': rss([one, two]), '/b': rss([one]) });
  await planet.report();
  const held = await planet.folder.entries();
  await planet.folder.write('planet.yaml', planetYaml({ b: planet.server.url('/b') }));
  expect((await planet.report()).entries).toBe(1);
  expect(await planet.folder.entries()).toEqual(held);
});

test('feeds on disk are read from inside the folder only', async () => {
  const planet = await following({}, {});
  const paths = { here: 'feeds/here.xml', missing: 'feeds/missing.xml', folder: 'feeds', host: 'www.example.org' };
  await planet.folder.write('planet.yaml', planetYaml(paths));
  await planet.folder.write('feeds/here.xml', rss([one]));
  const printed = await planet.prints();
  expect(printed).toMatch(/^here +updated +1 new/m);
  expect(printed).toMatch(/^missing +failed .*the file feeds\/missing\.xml cannot be read: there is no such file$/m);
  expect(printed).toMatch(/^folder +failed .*the file feeds cannot be read: it is a folder$/m);
  expect(printed).toMatch(/^host +failed .*there is no such file; a web address begins with https:\/\/$/m);
});

test('the command exits with 1 where nothing is reachable and nothing is held, or a feed fails and it is strict', async () => {
  const planet = await following({ '/a': rss([one]), '/b': rss([one]) });
  // A private address is refused unless it is allowed by name.
  const refused = await snapshotCommand(planet.folder.path);
  expect(refused).toMatchObject({ code: 1, stdout: expect.stringContaining('private address') });
  expect(refused.stderr).toContain('There is nothing to publish: no feed could be read, and the archive has no entry.');
  expect((await planet.command('--strict')).code).toBe(0);
  delete planet.server.answers['/b'];
  const strict = await planet.command('--strict', '--json');
  expect(strict.code).toBe(1);
  // The report alone is on standard output.
  expect(JSON.parse(strict.stdout)).toEqual({
    feeds: [
      { id: 'a', outcome: 'unchanged', reason: null, new: 0, changed: 0, kept: 1 },
      { id: 'b', outcome: 'failed', reason: expect.stringContaining('404'), new: 0, changed: 0, kept: 1 },
    ],
    entries: 2,
  });
  delete planet.server.answers['/a'];
  expect((await planet.command()).code).toBe(0);
});

test('the command exits with 2 where planet.yaml has a mistake or is missing, and says where', async () => {
  await using folder = await aFolder(planetYaml({ a: 'ftp://a' }));
  const mistaken = await snapshotCommand(folder.path);
  expect(mistaken.code).toBe(2);
  expect(mistaken.stderr).toMatch(/planet\.yaml:7:10: feeds\[0\]\.url: is not an address; write/);
  const missing = await snapshotCommand(join(folder.path, 'nowhere'));
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no such file') });
});

test('a damaged month is set aside and named, and nothing goes on until it is mended', async () => {
  const planet = await following({ '/a': rss([one]), '/b': rss([two]) });
  await planet.report();
  const [month, damaged] = ['', '.damaged'].map((end) => join(planet.folder.path, `archive/2026-01.ndjson${end}`));
  const whole = await readFile(month ?? '', 'utf8');
  await planet.folder.write('archive/2026-01.ndjson', '{"feed":"a","broken\n');
  const ran = await planet.command();
  expect(ran.code).toBe(1);
  const aside = /2026-01\.ndjson was not written by a snapshot, at byte 0: .*set aside as .*2026-01\.ndjson\.damaged/;
  expect(ran.stderr).toMatch(aside);
  expect(await readFile(damaged ?? '', 'utf8')).toBe('{"feed":"a","broken\n');
  await expect(planet.report()).rejects.toThrow('Put a good copy back');
  await planet.folder.write('archive/2026-01.ndjson', whole);
  await rm(damaged ?? '');
  expect(await planet.prints()).toContain('2 entries: 0 new, 0 changed, 2 kept');
});

test('the second of two snapshots at once names the process of the first', async () => {
  const planet = await following({ '/a': rss([one]), '/b': rss([two]) });
  await planet.folder.write('archive/.lock', `${process.pid} ${hostname()}\n`);
  const stderr = expect.stringContaining(`Another snapshot is running (process ${process.pid}`);
  expect(await planet.command()).toMatchObject({ code: 1, stderr });
});

test('half-written files of a killed run are removed, copies of the operator are kept', async () => {
  const planet = await following({ '/a': rss([one]), '/b': rss([two]) });
  const copies = ['2026-01.ndjson.1', join('notes', 'draft.unfinished')];
  for (const name of copies) await planet.folder.write(`archive/${name}`, 'my copy\n');
  for (const name of ['2026-01.ndjson', 'avatars/1.webp'])
    await planet.folder.write(`archive/${name}.77.unfinished`, '{"feed"');
  expect(await planet.prints()).toContain('2 entries: 2 new');
  const files = await readdir(join(planet.folder.path, 'archive'), { recursive: true });
  expect(files.filter((file) => /\.(?:1|unfinished)$/.test(file)).sort()).toEqual(copies);
});

test('a feed may have the id "constructor", which every object has', async () => {
  const { folder, snapshot } = await aPlanet({ constructor: rss([one]) });
  const { feeds } = await snapshot();
  expect(feeds).toMatchObject([{ id: 'constructor', outcome: 'updated', new: 1 }]);
  const states = await readStates(join(folder.path, 'archive'));
  expect(states['constructor']).toMatchObject({ url: 'constructor.xml', entries: 1 });
  expect((await readStates(join(folder.path, 'none')))['constructor']).toBeUndefined();
});
