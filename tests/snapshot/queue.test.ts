import { expect, test } from 'vitest';
import { onePerHost, runInTurns } from '../../scripts/snapshot/queue.ts';

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
  { of: 'a1 b1 c1 d1', limits: { atOnce: 8, perHost: 1 }, most: { atOnce: 4, perHost: 1 } },
  { of: 'a1 b1 c1 d1 e1', limits: { atOnce: 2, perHost: 1 }, most: { atOnce: 2, perHost: 1 } },
  { of: 'a1 a2 a3 a4', limits: { atOnce: 8, perHost: 1 }, most: { atOnce: 1, perHost: 1 } },
  { of: 'a1 a2 a3 a4', limits: { atOnce: 8, perHost: 2 }, most: { atOnce: 2, perHost: 2 } },
  { of: 'a1234567 a2 b1 a3 b2 c1 c2', limits: { atOnce: 3, perHost: 1 }, most: { atOnce: 3, perHost: 1 } },
])('$of, limited to $limits', async ({ of, limits, most }) => {
  const watch = watched();
  expect(await runInTurns(jobs(of), hostOf, watch.work, limits)).toEqual(of.toUpperCase().split(' '));
  expect(watch.most).toEqual(most);
});

test('a slow host keeps nobody else waiting', async () => {
  const { order, work } = watched();
  await runInTurns(jobs('a1234567890 a2 a3 b1 c1 d1'), hostOf, work, { atOnce: 2, perHost: 1 });
  expect(order).toEqual(['a1234567890', 'b1', 'c1', 'd1', 'a2', 'a3']);
});

test('nothing to do', async () => {
  expect(await runInTurns([], hostOf, watched().work)).toEqual([]);
});

test('eight at once and one a host, unless told otherwise', async () => {
  const { most, work } = watched();
  await runInTurns(jobs('a1 b1 c1 d1 e1 f1 g1 h1 i1 j1 a2 b2'), hostOf, work);
  expect(most).toEqual({ atOnce: 8, perHost: 1 });
});

test('a bug in the work is not swallowed', async () => {
  const work = async () => {
    throw new TypeError('a bug');
  };
  await expect(runInTurns(jobs('a1 b1'), hostOf, work)).rejects.toThrow('a bug');
});

test('one host waits for itself alone, and goes on after a mishap', async () => {
  const { most, work } = watched();
  const inTurn = onePerHost();
  const mishap = inTurn('a', () => Promise.reject(new Error('mishap')));
  const done = jobs('a1 a2 b1 a3').map((job) => inTurn(job.host, () => work(job)));
  await expect(mishap).rejects.toThrow('mishap');
  expect(await Promise.all(done)).toEqual(['A1', 'A2', 'B1', 'A3']);
  expect(most).toEqual({ atOnce: 2, perHost: 1 });
});
