import { expect, test } from 'vitest';
import { serverClocks } from '../../../scripts/snapshot/fetch/headers.ts';
import { rss, serveFeeds } from '../../lib/feed-server.ts';
import { aFolder, planetYaml } from '../../lib/planet.ts';
import { programHere } from '../../lib/program-here.ts';

const now = new Date('2026-11-28T16:00:00Z');
const HOUR = 3_600_000;
const DAY = 24;

type Answer = { hours: number | null; age?: number };
const behind: Answer = { hours: DAY };
const right: Answer = { hours: 0.2 };

test.for<[string, Answer[], string | null]>([
  ['a day ahead', [behind, behind, behind], '3 of 3 servers say about 2026-11-29T16:00:00Z'],
  [
    'a day behind',
    [{ hours: -DAY }, { hours: -DAY }, { hours: -DAY }],
    '3 of 3 servers say about 2026-11-27T16:00:00Z',
  ],
  ['ahead, but one', [behind, right, behind, behind], '3 of 4 servers say about 2026-11-29T16:00:00Z'],
  ['ahead by a little', [right, right, right, { hours: 0.9 }], null],
  // The only feeds of a planet may be at servers with wrong clocks.
  ['two, both ahead', [behind, behind], null],
  ['two of three', [behind, behind, right], null],
  ['ahead as often as right', [behind, behind, behind, right, right, right], null],
  ['wrong in both directions', [behind, behind, behind, { hours: -DAY }, { hours: -DAY }, { hours: -DAY }], null],
  ['without a date', [{ hours: null }, { hours: null }, { hours: null }], null],
  // A cache keeps the first date, or gives a new one.
  ['from caches, a day old', Array(3).fill({ hours: -DAY, age: DAY }), null],
  ['from caches, as of now', Array(3).fill({ hours: 0, age: DAY }), null],
  [
    'from caches, a day behind',
    Array(3).fill({ hours: -DAY, age: 1 }),
    '3 of 3 servers say about 2026-11-27T17:00:00Z',
  ],
])('servers %s', ([, answers, say]) => {
  const clocks = serverClocks(now);
  for (const [at, { hours, age }] of answers.entries()) {
    const headers: Record<string, string> = {
      ...(hours !== null && { date: new Date(now.getTime() + hours * HOUR).toUTCString() }),
      ...(age !== undefined && { age: `${age * 3600}` }),
    };
    // A domain with many feeds is one server.
    for (const blog of ['ann', 'bob']) clocks.hear(`${blog}.${at}.example`, (name) => headers[name] ?? null);
  }
  if (say === null) clocks.refuseWrongClock();
  else expect(() => clocks.refuseWrongClock()).toThrow(`The clock says 2026-11-28T16:00:00Z, but ${say}.`);
});

test('a run with a wrong clock ends before it stores anything, unless SOURCE_DATE_EPOCH gives the time', async () => {
  const date = new Date(Date.now() + DAY * HOUR).toUTCString();
  const feed = rss([{ title: 'One', link: 'https://t.example/1', date }]);
  const serve = () => serveFeeds({ '/': (_, response) => response.writeHead(200, { date }).end(feed) });
  await using a = await serve();
  await using b = await serve();
  await using c = await serve();
  await using folder = await aFolder(planetYaml({ a: a.url('/'), b: b.url('/'), c: c.url('/') }));
  const env = { PLANET_CONTENT: folder.path, PLANET_ALLOW_PRIVATE: [a, b, c].map(({ host }) => host).join() };
  expect(await programHere(['scripts/snapshot.ts'], env)).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^The clock says \S+Z, but 3 of 3 servers say about \S+Z\. Nothing was written\. .*\n$/,
    ),
  });
  expect(Object.keys(await folder.archive())).toEqual([]);
  const given = await programHere(['scripts/snapshot.ts'], { ...env, SOURCE_DATE_EPOCH: '1772000000' });
  expect(given).toMatchObject({ code: 0, stdout: expect.stringContaining('3 entries: 3 new') });
});
