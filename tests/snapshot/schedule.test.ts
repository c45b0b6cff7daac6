import { expect, test } from 'vitest';
import { statesAfter } from '../../scripts/snapshot/feed-states.ts';
import { readFeeds } from '../../scripts/snapshot/run.ts';
import {
  mustWait,
  needsFullRequest,
  nextCheckAfterFailure,
  nextCheckAfterReading,
  onePerHost,
  runPerHost,
} from '../../scripts/snapshot/schedule.ts';
import { instant } from '../../src/core/dates.ts';
import { newFeedState, type PollingHints } from '../../src/core/feed-state.ts';
import { aFeed } from '../lib/builders.ts';

const now = new Date('2026-01-23T08:40:00Z'); // a Friday
const free: PollingHints = { ttlMinutes: null, skipHours: [], skipDays: [] };
const allHours = Array.from({ length: 24 }, (_, hour) => hour);
const at = (time: string | null) => (time === null ? null : new Date(time));

test.for<[string, string | null, Partial<PollingHints>, string | null]>([
  ['not at all where nobody asks for it', null, {}, null],
  ['not at all for an hour', null, { ttlMinutes: 60 }, null],
  ['not at all for an hour, if a run may start a little early', '2026-01-23T09:45:00Z', {}, null],
  ['for a little more', '2026-01-23T09:46:00Z', {}, '2026-01-23T09:46:00Z'],
  ['as long as the server says', '2026-01-23T10:40:00Z', {}, '2026-01-23T10:40:00Z'],
  ['a day at the most', '2027-01-01T00:00:00Z', {}, '2026-01-24T08:40:00Z'],
  ['as long as its ttl says', null, { ttlMinutes: 180 }, '2026-01-23T11:40:00Z'],
  ['the longer of the two', '2026-01-23T10:00:00Z', { ttlMinutes: 180 }, '2026-01-23T11:40:00Z'],
  ['in the hours that it wants skipped', null, { skipHours: [9, 10, 11] }, '2026-01-23T12:00:00Z'],
  ['not for hours that are long gone', null, { skipHours: [0, 1, 2] }, null],
  ['over a skipped day, a day at the most', null, { skipDays: ['Friday', 'Saturday'] }, '2026-01-24T08:40:00Z'],
  ['a day where it wants all hours skipped', null, { skipHours: allHours }, '2026-01-24T08:40:00Z'],
])('after a reading, a feed is left alone %s', ([, server, manners, until]) => {
  expect(nextCheckAfterReading(at(server), { ...free, ...manners }, now)).toEqual(at(until));
});

test.for<[string, string, string | null, string | null]>([
  ['not at all in its first hours', '2026-01-23T05:00:00Z', null, null],
  ['a quarter of its time', '2026-01-23T00:40:00Z', null, '2026-01-23T10:40:00Z'],
  ['a day at the most', '2025-01-01T00:00:00Z', null, '2026-01-24T08:40:00Z'],
  ['as its server says', '2026-01-23T08:40:00Z', '2026-01-30T08:40:00Z', '2026-01-30T08:40:00Z'],
])('after a failure, a feed is left alone %s', ([, since, retryAt, until]) =>
  expect(nextCheckAfterFailure(since, at(retryAt), now)).toEqual(at(until)),
);

test.for([
  { askAgainAt: null, rests: false },
  { askAgainAt: '2026-01-23T08:39:00Z', rests: false },
  { askAgainAt: '2026-01-23T08:44:00Z', rests: false },
  { askAgainAt: '2026-01-23T08:46:00Z', rests: true },
  { askAgainAt: '2026-01-24T08:40:00Z', rests: true },
  { askAgainAt: '2026-01-30T08:40:00Z', fails: true, rests: true },
  // By a run whose clock was ahead: only a feed that fails may ask for more than a day.
  { askAgainAt: '2026-01-25T08:40:00Z', rests: false },
  { askAgainAt: '2026-01-31T08:40:00Z', fails: true, rests: false },
])('a run a few minutes early is in time: $askAgainAt', ({ askAgainAt, rests, fails }) => {
  const trouble = { outcome: 'failed', reason: 'it fails', since: '2026-01-01T00:00:00Z' } as const;
  expect(mustWait({ askAgainAt, trouble: fails ? trouble : null }, now)).toBe(rests);
});

test.for<[wholeAt: string | undefined, isDue: boolean]>([
  [undefined, false],
  ['2026-01-23T08:40:00Z', false],
  ['2026-01-23T00:00:00Z', false],
  // The day of the feed was since then.
  ['2026-01-16T23:59:59Z', true],
  ['2025-01-01T00:00:00Z', true],
  // By a run whose clock was ahead.
  ['2026-01-23T08:41:00Z', true],
])('after a whole answer of %s the whole feed is requested: %s', ([wholeAt, isDue]) => {
  for (const url of ['https://a.example/', 'https://b.example/'])
    expect(needsFullRequest({ url, wholeAt }, now)).toBe(isDue);
});

test('feeds whose whole answers were at one time are requested on all days of the next week', () => {
  const states = Array.from({ length: 700 }, (_, at) => ({ url: `https://${at}.example/`, wholeAt: instant(now) }));
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => new Date(now.getTime() + day * 86_400_000));
  const due = days.map((day) => states.filter((state) => needsFullRequest(state, day)).length);
  const more = due.map((count, at) => count - (due[at - 1] ?? 0));
  expect([due.at(-1), Math.min(...more) > 70, Math.max(...more) < 130]).toEqual([700, true, true]);
});

interface Job {
  host: string;
  name: string;
}

const jobs = (text: string): Job[] => text.split(' ').map((name) => ({ name, host: name.slice(0, 1) }));

/** Works one tick for each letter of the job's name, and writes down who was busy meanwhile. */
function watched() {
  const busy: Job[] = [];
  const most = { atOnce: 0, perHost: 0 };
  const order: string[] = [];
  const work = async (job: Job) => {
    order.push(job.name);
    busy.push(job);
    most.atOnce = Math.max(most.atOnce, busy.length);
    most.perHost = Math.max(most.perHost, busy.filter(({ host }) => host === job.host).length);
    for (const _letter of job.name) await new Promise(setImmediate);
    busy.splice(busy.indexOf(job), 1);
    return job.name.toUpperCase();
  };
  return { most, order, work };
}

const hostOf = ({ host }: Job) => host;

test.for([
  { of: 'a1 b1 c1 d1', most: { atOnce: 4, perHost: 1 } },
  { of: 'a1 a2 a3 a4', most: { atOnce: 1, perHost: 1 } },
  { of: 'a1234567 a2 b1 a3 b2 c1 c2', most: { atOnce: 3, perHost: 1 } },
  { of: 'a1 b1 c1 d1 e1 f1 g1 h1 i1 j1 a2 b2', most: { atOnce: 8, perHost: 1 } },
])('$of: eight at once and one a host', async ({ of, most }) => {
  const watch = watched();
  expect(await runPerHost(jobs(of), hostOf, watch.work)).toEqual(of.toUpperCase().split(' '));
  expect(watch.most).toEqual(most);
});

test('a slow host keeps nobody else waiting', async () => {
  const { order, work } = watched();
  await runPerHost(jobs('a1234567890 a2 a3 b1 c1 d1'), hostOf, work);
  expect(order).toEqual(['a1234567890', 'b1', 'c1', 'd1', 'a2', 'a3']);
});

test('many feeds of eight hosts keep a ninth host waiting for the first of them alone', async () => {
  const { order, work } = watched();
  await runPerHost(jobs('a1 a2 b1 b2 c1 d1 e1 f1 g1 h1 i1'), hostOf, work);
  expect(order.slice(8)).toEqual(['i1', 'a2', 'b2']);
});

test('nothing to do', async () => {
  expect(await runPerHost([], hostOf, watched().work)).toEqual([]);
});

test('a bug in the work is not swallowed', async () => {
  const work = async () => {
    throw new TypeError('a bug');
  };
  await expect(runPerHost(jobs('a1 b1'), hostOf, work)).rejects.toThrow('a bug');
});

const refused = () => Promise.reject(new Error('nobody is to be asked'));
const silent = { fetchFeed: refused, readInWorker: refused, folder: '/none', site: 'https://planet.example/' };

test('each hour another feed is asked first, and the outcomes keep their order', async () => {
  const feeds = ['a', 'b', 'c', 'd'].map((id) => aFeed({ id, paused: true }));
  const first = new Set<string | undefined>();
  for (let hour = 0; hour < feeds.length; hour++) {
    const at = new Date(now.getTime() + hour * 3_600_000);
    const asked: string[] = [];
    const outcomes = await readFeeds(feeds, {}, { ...silent, now: at }, ({ feed }) => asked.push(feed.id));
    expect(outcomes.map(({ feed }) => feed)).toEqual(feeds);
    first.add(asked[0]);
  }
  expect(first.size).toBe(feeds.length);
});

test('feeds that fail are asked after all others', async () => {
  const feeds = ['a', 'b', 'c', 'd'].map((id) => aFeed({ id, paused: true }));
  const trouble = { outcome: 'failed' as const, reason: 'it fails', since: '2026-01-01T00:00:00Z' };
  const states = { a: newFeedState('a'), b: { ...newFeedState('b'), trouble }, c: { ...newFeedState('c'), trouble } };
  const asked: string[] = [];
  const outcomes = await readFeeds(feeds, states, { ...silent, now }, ({ feed }) => asked.push(feed.id));
  expect(outcomes.map(({ feed }) => feed)).toEqual(feeds);
  expect(asked.slice(0, 2).sort()).toEqual(['a', 'd']);
});

test('after the time for reading nobody is asked', async () => {
  const feeds = [aFeed({ url: 'https://a.example/feed' }), aFeed({ id: 'b', paused: true })];
  const outcomes = await readFeeds(feeds, {}, { ...silent, now }, () => {}, 0);
  expect(outcomes).toMatchObject([{ kind: 'failed', reason: { kind: 'stopped' } }, { kind: 'paused' }]);
  const states = { a: newFeedState('https://a.example/feed'), b: newFeedState('feeds/a.xml') };
  expect(statesAfter(states, outcomes, new Map(), now)).toEqual(states);
});

test('one host waits for itself alone, and goes on after a mishap', async () => {
  const { most, work } = watched();
  const perHost = onePerHost();
  const mishap = perHost('a', () => Promise.reject(new Error('mishap')));
  const done = jobs('a1 a2 b1 a3').map((job) => perHost(job.host, () => work(job)));
  await expect(mishap).rejects.toThrow('mishap');
  expect(await Promise.all(done)).toEqual(['A1', 'A2', 'B1', 'A3']);
  expect(most).toEqual({ atOnce: 2, perHost: 1 });
});
