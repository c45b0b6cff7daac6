import { expect, test } from 'vitest';
import { type FeedServer, rss, serveFeeds } from '../lib/feed-server.ts';
import { aFolder, planetYaml, run } from '../lib/planet.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

const posts = (count: number, host = 't.example') =>
  Array.from({ length: count }, (_, i) => ({ title: `Post ${i}`, link: `https://${host}/${i}` }));

async function following(answers: FeedServer['answers']) {
  const server = await serveFeeds(answers);
  const folder = await aFolder(planetYaml({ blog: server.url('/blog') }));
  const now = 1772000000;
  const env = { PLANET_ALLOW_PRIVATE: server.host, SOURCE_DATE_EPOCH: `${now}`, PLANET_CONTENT: folder.path };
  return {
    server,
    folder,
    report: () => snapshotHere(folder.path, new Date(now * 1000), server.host),
    planet: (...args: string[]) => run(['scripts/planet.ts', ...args], env),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test('a flood waits, is listed, and joins the archive once it is accepted', async () => {
  await using planet = await following({ '/blog': rss(posts(1)) });
  await planet.report();
  planet.server.answers['/blog'] = rss(posts(60));
  const archive = await planet.folder.archive();
  expect((await planet.planet('check')).stdout).toContain(
    '! blog: 60 entries\n    ! the next snapshot would hold 59 of its entries for your decision: 59 new entries at once, and more than 50 are a flood; after that, "npm run planet -- held" lists them\n',
  );
  expect(await planet.folder.archive()).toEqual(archive);
  const { feeds, entries } = await planet.report();
  expect(entries).toBe(1);
  expect(feeds[0]).toMatchObject({ outcome: 'held', new: 0, changed: 0, kept: 1 });
  expect(feeds[0]?.reason).toMatch(/^59 new entries at once.*59 entries wait.*accept blog/);
  expect((await planet.planet('held')).stdout).toMatch(
    /^blog: 59 new entries at once.*\n {2}2026-01-23 {2}Post 1 {2}https:\/\/t\.example\/1\n/,
  );
  expect((await planet.planet('check')).stdout).toContain(
    '    ! 59 of its entries wait for your decision: 59 new entries at once, and more than 50 are a flood; "npm run planet -- held" lists them\n',
  );
  expect((await planet.planet('accept', 'blog')).stdout).toBe(
    'Accepted 59 entries of blog. The next build shows the result.\n',
  );
  expect(await planet.report()).toMatchObject({ entries: 60, feeds: [{ outcome: 'unchanged', reason: null }] });
  expect((await planet.planet('held')).stdout).toBe('Nothing is held.\n');
});

test('a hijacked feed waits; what is rejected never comes back, and the old posts stay as they were', async () => {
  await using planet = await following({ '/blog': rss(posts(3)) });
  await planet.report();
  const before = await planet.folder.entries();
  planet.server.answers['/blog'] = rss(posts(5, 'casino.example'));
  expect((await planet.report()).feeds[0]?.reason).toMatch(
    /^it may have another owner: none of its entries is known, its links go/,
  );
  expect((await planet.planet('reject', 'blog')).code).toBe(0);
  const { feeds } = await planet.report();
  expect(feeds[0]).toMatchObject({ outcome: 'unchanged', new: 0, kept: 3 });
  const checked = (await planet.planet('check', 'blog')).stdout;
  expect(checked).toContain('    · some of its entries are left out: 5 (you rejected it)\n');
  expect(checked).not.toMatch(/would hold|hide all|casino\.example/);
  expect(await planet.folder.entries()).toEqual(before);
  // What the new owner says next waits again.
  planet.server.answers['/blog'] = rss([
    ...posts(5, 'casino.example'),
    { title: 'Win', link: 'https://casino.example/win' },
  ]);
  expect((await planet.report()).feeds[0]?.outcome).toBe('held');
});

test('a blog that moved to another domain keeps its places once it is accepted', async () => {
  await using planet = await following({ '/blog': rss(posts(3)) });
  await planet.report();
  const before = await planet.folder.entries();
  planet.server.answers['/blog'] = rss(posts(4, 'new-home.example'));
  expect((await planet.report()).feeds[0]?.outcome).toBe('held');
  await planet.planet('accept', 'blog');
  expect(await planet.report()).toMatchObject({ entries: 4, feeds: [{ outcome: 'unchanged' }] });
  const after = await planet.folder.entries();
  for (const { path, title } of before) {
    const moved = after.find((entry) => entry.path === path);
    expect(moved).toMatchObject({ title, url: expect.stringContaining('new-home.example') });
  }
});

test('there is nothing to decide of a feed that is not held', async () => {
  await using planet = await following({ '/blog': rss(posts(1)) });
  await planet.report();
  const ran = await planet.planet('accept', 'blog');
  expect([ran.code, ran.stderr]).toEqual([
    1,
    'No entry of the feed "blog" is held. "npm run planet -- held" lists all held entries.\n',
  ]);
});
