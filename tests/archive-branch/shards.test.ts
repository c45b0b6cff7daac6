import { cp, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseShard, shareOf } from '../../scripts/archive-branch/shards.ts';
import { aFeed } from '../lib/builders.ts';
import { type FeedServer, rss, serveFeeds } from '../lib/feed-server.ts';
import { aPicture } from '../lib/pictures.ts';
import { aFolder, type Folder, hashes, planetYaml, run } from '../lib/planet.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

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
  expect(parseShard('2/4')).toEqual({ number: 2, of: 4 });
  for (const said of ['0/3', '4/3', '2', 'a/b', '1/0', '1/2/3', '-1/2', '']) {
    expect(parseShard(said)).toBe(
      `--shard needs the number of this machine and the number of all machines (2/4 for the second of four); "${said}" is not valid.`,
    );
  }
});

/** Feeds on disk are shared out by their ids; these fall to three machines. */
const texts = ['ada', 'mirror', 'community', 'aggregator', 'planet', 'flood'];
const entry = (name: string, more = {}) => ({ title: name, link: `https://ada.example/${name}`, ...more });
const many = (from: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    title: `${from} ${index}`,
    link: `https://${from}.example/${index}`,
  }));

describe('several machines that each read a share', () => {
  let server: FeedServer;
  let whole: Folder;
  let area: string;
  const withImage = (picture: string, posts: Parameters<typeof rss>[0]) =>
    rss(posts).replace('<channel>', `<channel><image><url>${server.url(picture)}</url></image>`);
  const env = () => ({ PLANET_ALLOW_PRIVATE: server.host, SOURCE_DATE_EPOCH: `${now.getTime() / 1000}` });

  beforeAll(async () => {
    server = await serveFeeds({
      '/a': ({ headers }, response) => {
        if (headers['if-none-match']) response.writeHead(304).end();
        else response.writeHead(200, { etag: '"1"' }).end(withImage('/a.png', [entry('elsewhere'), entry('by-a')]));
      },
      '/a.png': await aPicture(),
      '/b.png': await aPicture('png', { colour: '#123456' }),
    });
    server.answers['/b'] = withImage('/b.png', [entry('by-a'), entry('only-b')]);
    const files = Object.fromEntries(texts.map((id) => [id, `${id}.xml`]));
    const remote = { a: server.url('/a'), b: server.url('/b'), gone: server.url('/gone') };
    // The feed on whose site the posts lie stands last, and so has a better right than its place.
    const { ada, ...others } = files;
    whole = await aFolder(`${planetYaml({ ...others, ...remote, ada: ada ?? '' })}    home: https://ada.example/\n`);
    area = await mkdtemp(join(tmpdir(), 'orrery-shards-'));
    await whole.write('ada.xml', rss([entry('one'), entry('two')]));
    await whole.write('mirror.xml', rss([entry('two'), entry('three'), entry('elsewhere')]));
    await whole.write('community.xml', rss([entry('one'), entry('three')]));
    await whole.write('aggregator.xml', rss([entry('three', { title: 'Three, told again' }), entry('one')]));
    await whole.write('planet.xml', rss([entry('three'), entry('two'), entry('only-b')]));
    await whole.write('flood.xml', rss(many('flood', 3)));
  });
  afterAll(async () => {
    await Promise.all([server[Symbol.asyncDispose](), whole[Symbol.asyncDispose](), rm(area, { recursive: true })]);
  });

  /** Lets three machines read, each from the archive as it is now, and joins in another folder what they wrote. */
  async function shared(): Promise<{ joined: string; report: string }> {
    const round = await mkdtemp(join(area, 'round-'));
    const joined = join(round, 'joined');
    await cp(whole.path, joined, { recursive: true });
    const folders = [1, 2, 3].map((number) => join(round, String(number)));
    for (const [index, folder] of folders.entries()) {
      await cp(whole.path, folder, { recursive: true });
      const before = await hashes(join(folder, 'archive')).catch(() => ({}));
      const share = `${index + 1}/3`;
      // One of them by the command.
      if (index > 0) await snapshotHere(folder, now, server.host, share);
      else {
        const read = await run(['scripts/snapshot.ts', '--shard', share], { PLANET_CONTENT: folder, ...env() });
        expect(read, read.stderr).toMatchObject({ code: 0 });
      }
      // A machine hands in what it changed, and no more.
      const archive = join(folder, 'archive');
      const after: Record<string, string> = await hashes(archive);
      const same = Object.entries(before).filter(([name, hash]) => after[name] === hash);
      await Promise.all(same.map(([name]) => rm(join(archive, name))));
    }
    const archives = folders.map((folder) => join(folder, 'archive'));
    const ran = await run(['scripts/archive.ts', 'join', ...archives], { PLANET_CONTENT: joined });
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
    return { joined: join(joined, 'archive'), report: ran.stdout };
  }

  test('begin together the archive that one would have begun, byte for byte', async () => {
    const { joined, report } = await shared();
    await snapshotHere(whole.path, now, server.host);
    expect(await hashes(joined)).toEqual(await whole.archive());
    expect(await readdir(join(joined, 'avatars'))).toHaveLength(4);
    const entries = await whole.entries();
    expect(report).toBe(`Joined 3 shares: ${entries.length} entries new, 0 changed.\n`);
    // The test is worth something only while copies cross from machine to machine, by every kind of right.
    const why = entries.map(({ copyOf }) => (copyOf as { why: string } | null)?.why);
    expect(new Set(why)).toEqual(new Set([undefined, 'site', 'order']));
  });

  test('let it grow as one would have let it: newcomers by several routes, an edit, a flood, a feed that fails', async () => {
    await whole.write('mirror.xml', rss([entry('four'), entry('two', { html: '<p>Another text.</p>' })]));
    await whole.write('planet.xml', rss([entry('four'), entry('by-a'), entry('five')]));
    await whole.write('community.xml', rss([entry('five', { date: 'Sun, 01 Feb 2026 08:40:00 GMT' })]));
    await whole.write('flood.xml', rss(many('flood', 60)));
    await rm(join(whole.path, 'aggregator.xml'));
    const { joined } = await shared();
    const { feeds } = await snapshotHere(whole.path, now, server.host);
    expect(feeds.find(({ id }) => id === 'flood')).toMatchObject({ outcome: 'held' });
    expect(await hashes(joined)).toEqual(await whole.archive());
    expect(await readdir(joined)).toContain('held.ndjson');
  });

  test('are told in a sentence what cannot be', async () => {
    const before = await whole.archive();
    const twice = join(area, 'twice');
    await cp(whole.path, twice, { recursive: true });
    await rm(join(twice, 'archive'), { recursive: true });
    const archive = join(whole.path, 'archive');
    const join2 = (...folders: string[]) => run(['scripts/archive.ts', 'join', ...folders], { PLANET_CONTENT: twice });
    expect(await join2(archive, archive)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/both changed the feed "\w+"\. Each machine must begin with/),
    });
    expect(await join2(join(area, 'nowhere'))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^There is no folder .*nowhere\.\n$/),
    });
    expect(await stat(join(twice, 'archive/feeds.json')).catch(() => null)).toBeNull();
    const { code, stderr } = await whole.snapshot({ args: ['--shard', '4/3'], env: env() });
    expect({ code, stderr }).toEqual({ code: 2, stderr: `${parseShard('4/3')}\n` });
    expect(await whole.archive()).toEqual(before);
  });
});
