import { appendFile, cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseShard, shareOf } from '../../scripts/archive-branch/shards.ts';
import { reportText } from '../../scripts/snapshot/report.ts';
import { aFeed } from '../lib/builders.ts';
import { type FeedServer, rss, serveFeeds } from '../lib/feed-server.ts';
import { aPicture } from '../lib/pictures.ts';
import { aFolder, type Folder, hashes, planetYaml } from '../lib/planet.ts';
import { programHere } from '../lib/program-here.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';
import { areaFor } from '../lib/test-folder.ts';

const now = new Date(1_772_000_000_000);

const feeds = Array.from({ length: 200 }, (_, index) =>
  aFeed({ id: `f${index}`, url: index % 4 === 0 ? `https://big.example/${index}` : `https://b${index}.example/feed` }),
);
const idsOf = (list: typeof feeds, said: string) => {
  const shard = parseShard(said);
  return typeof shard === 'string' ? [] : shareOf(list, shard).map(({ id }) => id);
};

describe('the shares of several machines', () => {
  const shares = [1, 2, 3].map((number) => idsOf(feeds, `${number}/3`));

  test('are the whole planet, each feed once, in about equal parts', () => {
    expect(shares.flat().sort()).toEqual(feeds.map(({ id }) => id).sort());
    expect(Math.min(...shares.map(({ length }) => length))).toBeGreaterThan(30);
  });

  test('keep the feeds of a host together', () => {
    const big = feeds.filter(({ url }) => url.includes('//big.')).map(({ id }) => id);
    expect(shares.filter((share) => share.some((id) => big.includes(id)))).toHaveLength(1);
  });

  test('move no feed when another comes or goes', () => {
    const more = [aFeed({ id: 'new', url: 'https://new.example/' }), ...feeds.slice(1)];
    for (const [index, share] of shares.entries()) {
      const now = idsOf(more, `${index + 1}/3`).filter((id) => id !== 'new');
      expect(now).toEqual(share.filter((id) => id !== 'f0'));
    }
  });
});

test('a machine’s number is one of how many there are, or a sentence says so', () => {
  expect(parseShard('2/4')).toEqual({ number: 2, count: 4 });
  const needs = '--shard needs the number of this machine and the number of all machines (2/4 for the second of four)';
  for (const said of ['0/3', '4/3', '2', 'a/b', '1/0', '1/2/3', '-1/2', ''])
    expect(parseShard(said)).toBe(`${needs}; "${said}" is not valid.`);
});

/** Feeds on disk are shared out by their ids; these fall to three machines. */
const texts = ['ada', 'mirror', 'community', 'aggregator', 'planet', 'flood'];
const many = (from: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ title: `${from} ${index}`, link: `https://ada.example/${index}` }));

describe('several machines that each read a share', () => {
  let server: FeedServer;
  let whole: Folder;
  const area = areaFor('shards');
  const env = () => ({ PLANET_ALLOW_PRIVATE: server.host, SOURCE_DATE_EPOCH: `${now.getTime() / 1000}` });

  beforeAll(async () => {
    server = await serveFeeds({
      '/a': ({ headers }, response) => {
        const feed = rss(many('a', 2)).replace('<item>', `<image><url>${server.url('/a.png')}</url></image><item>`);
        if (headers['if-none-match']) response.writeHead(304).end();
        else response.writeHead(200, { etag: '"1"' }).end(feed);
      },
      '/a.png': await aPicture(),
    });
    const files = Object.fromEntries(texts.map((id) => [id, `${id}.xml`]));
    whole = await aFolder(planetYaml({ ...files, a: server.url('/a'), gone: server.url('/gone') }));
    for (const [index, id] of texts.entries()) await whole.write(`${id}.xml`, rss(many(id, index + 1)));
  });
  afterAll(async () => {
    await Promise.all([server[Symbol.asyncDispose](), whole[Symbol.asyncDispose]()]);
  });

  const copyOf = async (name: string) => {
    await cp(whole.path, join(area, name), { recursive: true });
    return join(area, name);
  };
  const run = (folder: string, ...command: string[]) => programHere(command, { PLANET_CONTENT: folder, ...env() });
  const joinIn = (folder: string, ...machines: string[]) =>
    run(folder, 'scripts/archive.ts', 'join', ...machines.map((machine) => join(machine, 'archive')));

  test.for(['begin', 'continue'])('%s the archive of one machine, byte for byte', async (round) => {
    if (round === 'continue') {
      const edited = many('mirror', 3).map((post) => ({ ...post, html: '<p>Another text.</p>' }));
      await whole.write('mirror.xml', rss(edited));
      await whole.write('flood.xml', rss(many('flood', 60)));
      await rm(join(whole.path, 'aggregator.xml'));
    }
    const joined = await copyOf(`${round}-joined`);
    const machines = await Promise.all([1, 2, 3].map((number) => copyOf(`${round}-${number}`)));
    for (const [index, machine] of machines.entries()) {
      // One of them by the command.
      if (index > 0) await snapshotHere(machine, now, server.host, `${index + 1}/3`);
      else {
        const read = await run(machine, 'scripts/snapshot.ts', '--shard', '1/3');
        expect(read, read.stderr).toMatchObject({ code: 0 });
      }
    }
    const ran = await joinIn(joined, ...machines);
    const report = await snapshotHere(whole.path, now, server.host);
    expect(ran).toEqual({ code: 0, stdout: `${reportText(report)}\n`, stderr: '' });
    expect(await hashes(join(joined, 'archive'))).toEqual(await whole.archive());
    expect(await readdir(join(joined, 'archive/avatars'))).toHaveLength(2);
  });

  test('shares that do not fit are refused with a sentence', async () => {
    const before = await whole.archive();
    const [one, twin, later] = [await copyOf('one'), await copyOf('twin'), await copyOf('later')];
    await snapshotHere(one, now, server.host, '1/3');
    const outcomes = join(one, 'archive/outcomes');
    await cp(outcomes, join(twin, 'archive/outcomes'));
    await appendFile(join(later, 'archive/feeds.json'), '\n');
    const refused = async (folder: string, machines: string[], why: RegExp) =>
      expect(await joinIn(folder, ...machines)).toMatchObject({ code: 1, stderr: expect.stringMatching(why) });
    await refused(whole.path, [one, twin], /both have the feed "\w+"\. Each machine must begin with/);
    await refused(whole.path, [one, join(area, 'nowhere')], /^There is no file .*outcomes\.\n$/);
    await refused(later, [one], /outcomes is damaged, or comes from another archive or from another version/);
    await appendFile(outcomes, ' ');
    await refused(whole.path, [one], /outcomes is damaged, or comes from another archive or from another version/);
    const { code, stderr } = await run(whole.path, 'scripts/snapshot.ts', '--shard', '4/3');
    expect({ code, stderr }).toEqual({ code: 2, stderr: `${parseShard('4/3')}\n` });
    expect(await whole.archive()).toEqual(before);
  });
});
