import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { refreshAvatars } from '../../../scripts/snapshot/avatars/refresh-avatars.ts';
import { wantedAvatars } from '../../../scripts/snapshot/avatars/wanted-avatars.ts';
import { createFeedWorker } from '../../../scripts/snapshot/feed-worker.ts';
import type { Fetched } from '../../../scripts/snapshot/fetch/response.ts';
import { readAvatars } from '../../../src/archive/read-avatars.ts';
import type { Avatar } from '../../../src/core/avatars.ts';
import { aPlanet, aServedPlanet } from '../../lib/a-planet.ts';
import { anEntry, aReading } from '../../lib/builders.ts';
import { type FeedServer, rss } from '../../lib/feed-server.ts';
import { aBomb, aPicture } from '../../lib/pictures.ts';
import { type Folder, planetYaml } from '../../lib/planet.ts';

const MONDAY = new Date('2026-01-26T08:00:00Z');
const daysLater = (days: number) => new Date(MONDAY.getTime() + days * 86_400_000);

const [brown, green] = await Promise.all([aPicture(), aPicture('jpeg', { colour: '#0a7a3f' })]);

/** What a fetch answers, but for its bytes. */
const EMPTY = { contentType: null, validators: {}, movedTo: null, refresh: null, askAgainAt: null } as const;
const BODY = { kind: 'body', ...EMPTY, delta: false } as const;

/** A feed with one post and a picture. */
const withImage = (url: string, more = '') => {
  const image = url && `<image><url>${url}</url></image>`;
  return rss([{ title: 'One', link: 'https://t.example/1' }]).replace('<channel>', `<channel>${image}${more}`);
};

const files = (folder: Folder) => readdirSync(join(folder.path, 'archive/avatars')).sort();
const rows = (folder: Folder) => readAvatars(join(folder.path, 'archive'));

const oneFeed = (answers: FeedServer['answers'], settings = '') =>
  aServedPlanet(answers, (url) => planetYaml({ a: url('/feed') }, settings));

/** A planet whose feed at `/feed` has the picture `/me.png`, which answers this; and what was asked of it. */
async function aBlog(picture: FeedServer['answers'][string] | undefined, settings = '') {
  const planet = await oneFeed({}, settings);
  const { answers, url } = planet.server;
  const asked: { etag: string | undefined; accept: string | undefined }[] = [];
  answers['/feed'] = withImage(url('/me.png'));
  const show = (next: typeof picture): void => {
    answers['/me.png'] = (request, response) => {
      asked.push({ etag: request.headers['if-none-match'], accept: request.headers.accept });
      if (typeof next === 'function') next(request, response);
      else response.writeHead(next === undefined ? 404 : 200).end(next);
    };
  };
  show(picture);
  return { ...planet, asked, show };
}

/** Answers with a picture, or says that it has not changed. */
const tagged =
  (bytes: Buffer, tag: string): RequestListener =>
  (request, response) => {
    if (request.headers['if-none-match'] === tag) response.writeHead(304).end();
    else response.writeHead(200, { etag: tag }).end(bytes);
  };

test('a feed’s picture is kept small, looked for once a week, and replaced when it is another', async () => {
  const blog = await aBlog(tagged(brown, '"1"'));
  const { server, folder, asked, show, snapshot } = blog;
  const first = await snapshot(MONDAY);
  expect(first.avatars).toEqual({ checked: 1, changed: 1, failed: [], note: null });
  const [row] = await rows(folder);
  expect(row).toMatchObject({ feed: 'a', author: null, from: server.url('/me.png'), settled: true, problem: null });
  expect(files(folder)).toEqual([`${row?.hash}.48.webp`, `${row?.hash}.96.webp`]);
  const before = await folder.archive();

  expect((await snapshot(daysLater(6))).avatars).toBeUndefined();
  expect(await folder.archive()).toEqual(before);
  expect(asked).toEqual([{ etag: undefined, accept: expect.stringContaining('image/') }]);

  expect((await snapshot(daysLater(7))).avatars).toMatchObject({ checked: 1, changed: 0 });
  expect(asked.at(-1)?.etag).toBe('"1"');
  expect(await rows(folder)).toEqual([{ ...row, checkedAt: '2026-02-02T08:00:00Z' }]);

  show(tagged(green, '"2"'));
  expect((await snapshot(daysLater(14))).avatars).toMatchObject({ checked: 1, changed: 1 });
  const [next] = await rows(folder);
  expect(next?.hash).not.toBe(row?.hash);
  expect(files(folder)).toEqual([`${next?.hash}.48.webp`, `${next?.hash}.96.webp`]);

  // The clock of the last run was ahead.
  expect((await snapshot(daysLater(8))).avatars).toMatchObject({ checked: 1 });
});

test('the last picture of a feed that is gone stays, and its server is not asked', async () => {
  const blog = await aBlog(brown);
  const { server, folder, asked, show, snapshot } = blog;
  await snapshot(MONDAY);
  const kept = await rows(folder);
  show(green);
  await folder.write('planet.yaml', `${planetYaml({ a: server.url('/feed') })}    gone: true\n`);
  expect((await snapshot(daysLater(30))).avatars).toBeUndefined();
  expect(await rows(folder)).toEqual(kept);
  expect(asked).toHaveLength(1);
});

test('the last picture stays while its server fails, which is asked once a day; a feed is never the worse for it', async () => {
  const blog = await aBlog(tagged(brown, '"1"'));
  const { server, folder, asked, show, snapshot } = blog;
  await snapshot(MONDAY);
  const [row] = await rows(folder);
  show((_request, response) => response.writeHead(500).end());
  const { feeds, avatars } = await snapshot(daysLater(7));
  expect(feeds).toMatchObject([{ outcome: 'unchanged', reason: null }]);
  const reason = `${server.url('/me.png')}: the server answers 500`;
  expect(avatars).toEqual({ checked: 1, changed: 0, failed: [{ of: 'a', reason }], note: null });
  expect(await rows(folder)).toMatchObject([{ hash: row?.hash, settled: false, problem: reason }]);
  expect(files(folder)).toHaveLength(2);
  await snapshot(new Date(daysLater(7).getTime() + 3_600_000));
  expect(asked).toHaveLength(2);
  show(brown);
  await snapshot(daysLater(8));
  // It may have refused the condition.
  expect(asked.map(({ etag }) => etag)).toEqual([undefined, '"1"', undefined]);
  expect(await rows(folder)).toMatchObject([{ hash: row?.hash, settled: true, problem: null }]);
});

const noPicture = 'it is not a picture in PNG, JPEG, WebP, GIF or AVIF';
const leadsAway: RequestListener = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
const breaksOff: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-length': '500' }).write('x');
  response.destroy();
};
const notAllowed = '127.0.0.1 is a private address; to request it, set PLANET_ALLOW_PRIVATE to its host:port';
test.for<[what: string, picture: FeedServer['answers'][string] | undefined, reason: string]>([
  ['too large', Buffer.concat([brown, Buffer.alloc(201 * 1024)]), 'it is larger than 200 KB'],
  ['a page', '<!doctype html>', noPicture],
  ['a drawing', '<svg/>', noPicture],
  ['a bomb', aBomb(10_000), 'it has more than 4 megapixels'],
  ['missing', undefined, 'the server answers 404'],
  ['behind a redirect to a private address', leadsAway, notAllowed],
  ['cut off', breaksOff, '127.0.0.1 closed the connection before the answer was complete'],
])('an unusable picture leaves the feed without a picture: %s', async ([, picture, reason]) => {
  const blog = await aBlog(picture);
  const { server, folder, snapshot } = blog;
  const { feeds, avatars } = await snapshot(MONDAY);
  expect(feeds).toMatchObject([{ outcome: 'updated', new: 1 }]);
  expect(avatars?.failed).toEqual([{ of: 'a', reason: `${server.url('/me.png')}: ${reason}` }]);
  expect(await rows(folder)).toMatchObject([{ hash: null }]);
});

test('a bug with one picture is reported, and the other pictures are fetched', async () => {
  const { folder } = await aPlanet({});
  const archive = join(folder.path, 'archive');
  const reading = (id: string) => aReading([], { id }, { pictures: [`https://${id}.example/me.png`] });
  const wanted = wantedAvatars([], { authors: [] }, [], ['a', 'b'].map(reading), []);
  const reader = createFeedWorker();
  const fetchPicture = ({ url }: { url: string }): Promise<Fetched> =>
    url.startsWith('https://a.')
      ? Promise.reject(new TypeError('on purpose'))
      : Promise.resolve({ ...BODY, url, bytes: brown });
  const report = await refreshAvatars(archive, { existing: [], wanted }, { ...reader, fetchPicture }, MONDAY);
  reader.close();
  const reason = expect.stringMatching(/a bug in Orrery stopped/);
  expect(report).toMatchObject({ checked: 2, changed: 1, failed: [{ of: 'a', reason }] });
});

test('pictures that fail each day, or have no time, keep none of the others waiting', async () => {
  const { folder } = await aPlanet({});
  const archive = join(folder.path, 'archive');
  const ids = Array.from({ length: 250 }, (_, index) => `feed-${index}`);
  const readings = ids.map((id) => aReading([], { id }, { pictures: [`https://${id}.example/me.png`] }));
  const source = {
    fetchPicture: async () => ({ kind: 'failed', reason: { kind: 'status', status: 404 }, retryAt: null }) as const,
    shrinkInWorker: async () => ({ kind: 'refused', reason: 'no picture' }) as const,
  };
  let known = wantedAvatars([], { authors: [] }, [], readings, []);
  const late = await refreshAvatars(archive, { existing: known, wanted: known }, source, MONDAY, 0);
  expect(late).toEqual({ checked: 0, changed: 0, failed: [], note: null });
  expect(await readAvatars(archive)).toEqual(known);
  for (const day of [0, 1]) {
    await refreshAvatars(archive, { existing: known, wanted: known }, source, daysLater(day));
    known = await readAvatars(archive);
  }
  expect(known.filter(({ checkedAt }) => checkedAt === null)).toEqual([]);
});

test('no picture is requested without sharp, and the report says so', async () => {
  const { folder } = await aPlanet({});
  const archive = join(folder.path, 'archive');
  await folder.write('archive/feeds.json', '{}\n');
  const picture = aReading([], {}, { pictures: ['https://a.example/me.png'] });
  const wanted = wantedAvatars([], { authors: [] }, [], [picture], []);
  const reason = 'it does not run here';
  const source = {
    fetchPicture: () => Promise.reject(new Error('nobody is to be asked')),
    shrinkInWorker: async () => ({ kind: 'no-sharp', reason }) as const,
  };
  const report = await refreshAvatars(archive, { existing: [], wanted }, source, MONDAY);
  expect(report).toEqual({ checked: 0, changed: 0, failed: [], note: reason });
  expect(await readAvatars(archive)).toMatchObject([{ feed: 'a', checkedAt: null }]);
});

test('the first of several addresses that leads to a picture counts', async () => {
  const { server, folder, snapshot } = await oneFeed({ '/me.png': brown });
  const more = `<webfeeds:icon xmlns:webfeeds="http://webfeeds.org/rss/1.0">${server.url('/me.png')}</webfeeds:icon>`;
  server.answers['/feed'] = withImage(server.url('/favicon.ico'), more);
  const { avatars } = await snapshot(MONDAY);
  expect(avatars).toMatchObject({ changed: 1, failed: [] });
  expect(await rows(folder)).toMatchObject([{ from: server.url('/me.png'), settled: true }]);
});

test('a host that is down is asked once, however many pictures lie there', async () => {
  const { server, snapshot } = await aServedPlanet({}, (url) =>
    planetYaml({ a: url('/a'), b: url('/b'), c: url('/c') }),
  );
  let asked = 0;
  for (const feed of ['a', 'b', 'c']) {
    server.answers[`/${feed}`] = withImage(server.url(`/${feed}.png`));
    server.answers[`/${feed}.png`] = (_request, response) => {
      asked += 1;
      response.writeHead(429).end();
    };
  }
  expect((await snapshot(MONDAY)).avatars?.failed).toHaveLength(3);
  expect(asked).toBe(1);
});

test('a picture from planet.yaml comes first, and is removed with its setting', async () => {
  const pictures = { '/feed.png': brown, '/own.png': green, '/ada.png': green };
  const { server, folder, snapshot } = await oneFeed(pictures);
  server.answers['/feed'] = withImage(server.url('/feed.png'));
  const feeds = { a: server.url('/feed') };
  const people = `authors:\n  - { name: Ada, avatar: "${server.url('/ada.png')}" }\n`;
  const yaml = planetYaml(feeds, people).replace('title: Feed a', `title: A\n    avatar: ${server.url('/own.png')}`);
  await folder.write('planet.yaml', yaml);
  await snapshot(MONDAY);
  expect(await rows(folder)).toMatchObject([
    { feed: 'a', from: server.url('/own.png') },
    { feed: null, author: 'ada', from: server.url('/ada.png') },
  ]);
  await folder.write('planet.yaml', planetYaml(feeds));
  await snapshot(daysLater(1));
  expect(await rows(folder)).toMatchObject([{ feed: 'a', from: server.url('/feed.png') }]);
  expect(files(folder)).toHaveLength(2);
});

test('a picture that a feed shows no more goes; one whose address changes is looked for a day later at the earliest', async () => {
  const { server, folder, snapshot } = await oneFeed({ '/1.png': brown, '/2.png': green });
  server.answers['/feed'] = withImage(server.url('/1.png'));
  await snapshot(MONDAY);
  server.answers['/feed'] = withImage(server.url('/2.png'));
  await snapshot(new Date(MONDAY.getTime() + 3_600_000));
  expect(await rows(folder)).toMatchObject([{ from: server.url('/1.png'), urls: [server.url('/2.png')] }]);
  await snapshot(daysLater(1));
  expect(await rows(folder)).toMatchObject([{ from: server.url('/2.png'), settled: true }]);
  server.answers['/feed'] = withImage('');
  await snapshot(daysLater(2));
  expect(await rows(folder)).toEqual([]);
  expect(files(folder)).toEqual([]);
});

test('with avatars: false nobody is asked for a picture', async () => {
  const blog = await aBlog(brown, 'avatars: false\n');
  expect((await blog.snapshot(MONDAY)).avatars).toBeUndefined();
  expect(blog.asked).toEqual([]);
});

test.for(['a file', 'the folder', 'the list', 'the list, damaged'])(
  'lost and damaged pictures of the archive are fetched again: %s',
  async (what) => {
    const blog = await aBlog(tagged(brown, '"1"'));
    const { folder, snapshot } = blog;
    await snapshot(MONDAY);
    const [whole, list] = [await folder.archive(), join(folder.path, 'archive/avatars.json')];
    const lost = what === 'a file' ? `avatars/${files(folder)[0]}` : what === 'the folder' ? 'avatars' : 'avatars.json';
    if (what === 'the list, damaged') writeFileSync(list, readFileSync(list).subarray(0, 50));
    else rmSync(join(folder.path, 'archive', lost), { recursive: true });
    await snapshot(MONDAY);
    expect(await folder.archive()).toEqual(whole);
  },
);

test.skipIf(process.platform === 'win32')('a list that cannot be read for a moment is not an empty one', async () => {
  const { folder } = await aPlanet({});
  await folder.write('archive/avatars.json', '[]');
  // Opens files until the system refuses one more.
  const program = `
    import { openSync } from 'node:fs';
    import { readAvatars } from './src/archive/read-avatars.ts';
    try { for (;;) openSync('/dev/null'); } catch {}
    console.log(await readAvatars(process.argv[1]).catch(({ code }) => code));
  `;
  const limited = 'ulimit -n 200; exec "$0" --input-type=module --eval "$1" "$2"';
  const args = ['-c', limited, process.execPath, program, join(folder.path, 'archive')];
  expect((await promisify(execFile)('bash', args)).stdout).toBe('EMFILE\n');
});

test('only pictures of authors whom an entry of the feed names are kept, and 1,000 of a feed', () => {
  const [ada, bob] = ['Ada', 'Bob'].map((name): [string, string] => [name, `https://a.example/${name}.png`]);
  const run = (known: readonly Avatar[], authorPictures: [string, string][], names: string[]) => {
    const named = anEntry({ authors: names.map((name) => ({ name })) });
    return wantedAvatars(known, { authors: [] }, [], [aReading([], {}, { authorPictures })], [named]);
  };
  const both = run([], [ada, bob] as [string, string][], ['ada', 'Bob']);
  expect(both.map(({ author }) => author)).toEqual(['ada', 'bob']);
  expect(run(both, [], ['Ada']).map(({ author }) => author)).toEqual(['ada']);
  expect(run(both, [ada] as [string, string][], ['Cid'])).toEqual([]);
  const others = both.map((avatar) => ({ ...avatar, feed: 'b' }));
  expect(run(others, [], [])).toEqual(others);
  let known: Avatar[] = [];
  const names = Array.from({ length: 1_200 }, (_, at) => `Ann ${at}`);
  const pictures = names.map((name): [string, string] => [name, 'https://a.example/ann.png']);
  for (let at = 0; at < names.length; at += 200) known = run(known, pictures.slice(at, at + 200), names);
  expect(known).toHaveLength(1_000);
});
