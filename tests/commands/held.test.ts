import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aServedPlanet } from '../lib/a-planet.ts';
import { archiveOf, post, withLedger } from '../lib/builders.ts';
import { rss } from '../lib/feed-server.ts';
import { planetYaml, run } from '../lib/planet.ts';

const posts = (count: number, host = 't.example') =>
  Array.from({ length: count }, (_, i) => ({ title: `Post ${i}`, link: `https://${host}/${i}` }));

/** A planet that has read so many posts of a blog. */
async function following(count: number) {
  const made = await aServedPlanet({ '/blog': rss(posts(count)) }, (url) =>
    planetYaml({ blog: url('/blog') }, 'timezone: Pacific/Pago_Pago\n'),
  );
  await made.snapshot();
  const says = (...list: ReturnType<typeof posts>) => {
    made.server.answers['/blog'] = rss(list);
  };
  return { ...made, says, before: await made.folder.entries() };
}

test('a flood waits, is listed, and joins the archive once it is accepted', async () => {
  const { folder, planet, server, snapshot, says } = await following(1);
  const none = 'No entry of the feed "blog" is held. "npm run planet -- held" lists all held entries.\n';
  expect(await planet(['accept', 'blog'])).toEqual({ code: 1, stdout: '', stderr: none });
  says(...posts(60));
  const archive = await folder.archive();
  const why = 'more than 50 new entries at once';
  const would = `! blog: 60 entries\n    ! the next snapshot would hold 59 of its entries for your decision: ${why}; after that, "npm run planet -- held" lists them\n`;
  expect((await planet(['check'])).stdout).toContain(would);
  expect(await folder.archive()).toEqual(archive);
  const { feeds, entries } = await snapshot();
  expect(entries).toBe(1);
  expect(feeds[0]).toMatchObject({ outcome: 'held', new: 0, changed: 0, kept: 1 });
  expect(feeds[0]?.reason).toMatch(/^more than 50 new entries at once; 59 entries wait.*accept blog/);
  expect((await planet(['held'])).stdout).toMatch(
    /^blog: more than 50 new entries at once\n {2}2026-01-22 {2}Post 1 {2}https:\/\/t\.example\/1\n/,
  );
  const wait = `    ! 59 of its entries wait for your decision: ${why}; "npm run planet -- held" lists them\n`;
  expect((await planet(['check'])).stdout).toContain(wait);
  server.answers['/there'] = server.answers['/blog'] ?? '';
  server.answers['/blog'] = (_, response) => response.writeHead(301, { location: '/there' }).end();
  const moved = 'it has moved permanently: if its blog is there, write url: ';
  expect((await planet(['check'])).stdout).toContain(`    ! ${moved}${server.url('/there')} in planet.yaml\n`);
  says(...posts(60));
  // Some days later: readers see the entries from then on.
  const later = { SOURCE_DATE_EPOCH: `${Date.parse('2026-02-03') / 1000}` };
  const accepted = 'Accepted 59 entries of blog. The next build shows the result.\n';
  expect((await planet(['accept', 'blog'], later)).stdout).toBe(accepted);
  const seen = (await folder.entries()).map(({ firstSeen }) => `${firstSeen}`.slice(0, 10)).sort();
  expect([seen[0], seen[1], seen[59]]).toEqual(['2026-01-30', '2026-02-03', '2026-02-03']);
  expect(await snapshot()).toMatchObject({ entries: 60, feeds: [{ outcome: 'unchanged', reason: null }] });
  expect((await planet(['held'])).stdout).toBe('Nothing is held.\n');
});

test('a month that would be too large for git hosts takes no entry, accepted or not', async () => {
  const { folder, planet, snapshot } = await following(1);
  const large = post('large', { feed: 'gone', content: 'x'.repeat(89_999_300) });
  await rm(join(folder.path, 'archive'), { recursive: true });
  for (const [name, text] of withLedger(archiveOf([large], {}))) await folder.write(`archive/${name}`, text);
  const why = '2026-01.ndjson has no more room for it: git hosts refuse files over 100 MB';
  expect((await snapshot()).feeds[0]?.reason).toContain(why);
  const archive = await folder.archive();
  const { code, stderr } = await planet(['accept', 'blog']);
  expect([code, stderr]).toEqual([1, expect.stringMatching(new RegExp(`^${why}.*Reject the entries of blog`))]);
  expect(await folder.archive()).toEqual(archive);
});

test('a hijacked feed waits; what is rejected never comes back, and the old posts stay as they were', async () => {
  const { folder, planet, snapshot, says, before } = await following(3);
  says(...posts(5, 'casino.example'));
  expect((await snapshot()).feeds[0]?.reason).toMatch(
    /^it may have another owner: none of its entries is known, all its new links go/,
  );
  expect((await planet(['reject', 'blog'])).code).toBe(0);
  expect((await snapshot()).feeds[0]).toMatchObject({ outcome: 'unchanged', new: 0, kept: 3 });
  const checked = (await planet(['check', 'blog'])).stdout;
  expect(checked).toContain('    · some of its entries are left out: 5 (you rejected it)\n');
  expect(checked).not.toMatch(/would hold|hide all|casino\.example/);
  expect(await folder.entries()).toEqual(before);
  // What the new owner says next waits again.
  says(...posts(5, 'casino.example'), { title: 'Win', link: 'https://casino.example/win' });
  const one = expect.stringContaining('; 1 entry waits: look at them');
  expect((await snapshot()).feeds[0]).toMatchObject({ outcome: 'held', reason: one });
  expect((await planet(['reject', 'blog'])).stdout).toContain('Rejected 1 entry of blog.');
});

test('a decision that is killed at any step towards its end can be made again, and leaves nothing behind', async () => {
  const { folder, planet, snapshot, says, env } = await following(3);
  says(...posts(5, 'casino.example'));
  await snapshot();
  const [archive, copy] = [join(folder.path, 'archive'), join(folder.path, 'copy')];
  await cp(archive, copy, { recursive: true });
  const reject = async (step: number) => {
    await rm(archive, { recursive: true });
    await cp(copy, archive, { recursive: true });
    const kill = { ...env, KILL_AT: `${step}` };
    return run(['--import', './tests/lib/kill-at.ts', 'scripts/planet.ts', 'reject', 'blog'], kill);
  };
  const steps = Number(/steps: (\d+)/.exec((await reject(0)).stderr)?.[1]);
  for (let step = steps - 5; step <= steps; step++) {
    await reject(step);
    await snapshot();
    await planet(['reject', 'blog']);
    const when = `killed at step ${step} of ${steps}`;
    expect.soft((await snapshot()).feeds[0]?.outcome, when).toBe('unchanged');
    expect.soft(await readdir(archive), when).not.toContain('held.ndjson');
  }
});

test('a blog that moved to another domain keeps its places once it is accepted', async () => {
  const { folder, planet, server, snapshot, says, before } = await following(3);
  says(...posts(4, 'new-home.example'));
  server.answers['/there'] = server.answers['/blog'] ?? '';
  server.answers['/blog'] = (_, response) => response.writeHead(301, { location: '/there' }).end();
  expect((await snapshot()).feeds[0]?.outcome).toBe('held');
  const there = server.url('/there');
  expect((await planet(['held'])).stdout).toContain(
    `\n  → It has moved permanently: if its blog is there, write url: ${there} in planet.yaml. Else:\n  → npm run planet -- accept blog,`,
  );
  await planet(['accept', 'blog']);
  expect(await snapshot()).toMatchObject({ entries: 4, feeds: [{ outcome: 'unchanged' }] });
  const after = await folder.entries();
  for (const { path, title } of before) {
    const url = expect.stringContaining('new-home.example');
    expect(after.find((entry) => entry.path === path)).toMatchObject({ title, url });
  }
});

test('entries of a feed that is gone still wait, and the feed is asked again after the decision', async () => {
  const { server, folder, planet, snapshot, says, text } = await following(3);
  const gone = () => {
    server.answers['/blog'] = (_, response) => response.writeHead(410).end();
  };
  says(...posts(5, 'casino.example'));
  await snapshot();
  gone();
  expect((await snapshot()).feeds[0]?.outcome).toBe('gone');
  expect((await planet(['held'])).stdout).toMatch(/^blog: it may have another owner: (?:.*\n){6}/);
  // Archives of earlier versions have lost the reason.
  const states = await text('archive/feeds.json');
  await folder.write('archive/feeds.json', states.replace('"outcome": "held"', '"outcome": "gone"'));
  await snapshot();
  expect((await planet(['held'])).stdout).toContain('blog: 5 entries wait; the reason is not known any more\n');
  expect((await planet(['accept', 'blog'])).stdout).toContain('Accepted 5 entries of blog.');
  expect(await snapshot()).toMatchObject({ entries: 5, feeds: [{ outcome: 'failed' }] });
});
