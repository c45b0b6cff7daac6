import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../scripts/snapshot/report.ts';
import { sanitise } from '../../scripts/snapshot/sanitise/sanitise.ts';
import { monthFile, months, readLines } from '../../src/archive/archive.ts';
import { forbiddenMarkup } from '../../src/core/body-check.ts';
import { hashes } from '../lib/planet.ts';
import { programHere } from '../lib/program-here.ts';
import { areaFor } from '../lib/test-folder.ts';
import { serveFeedsOf } from './planet/feeds.ts';
import { writePlanet } from './planet/folder.ts';
import { END, planOf, write } from './planet/plan.ts';

test('the archive of the benchmark is the one that a snapshot writes, always the same, and its feeds have the planned entries', async () => {
  const plan = planOf(300);
  await using feeds = await serveFeedsOf(plan);
  const area = areaFor('bench');
  await writePlanet(join(area, 'one'), plan, feeds.addressOf);
  await writePlanet(join(area, 'two'), planOf(300), feeds.addressOf);
  expect(await hashes(join(area, 'two'))).toEqual(await hashes(join(area, 'one')));
  const archive = join(area, 'one/archive');
  for (const month of await months(archive))
    for (const { bytes } of await readLines(monthFile(archive, month)))
      expect(forbiddenMarkup(JSON.parse(String(bytes)).content)).toBeNull();

  const now = String(END / 1000 + 3_600);
  const env = { PLANET_CONTENT: join(area, 'one'), PLANET_ALLOW_PRIVATE: feeds.host, SOURCE_DATE_EPOCH: now };
  const snapshot = async (): Promise<Report> =>
    JSON.parse((await programHere(['scripts/snapshot.ts', '--strict', '--json'], env)).stdout);
  // Nobody knows yet how old its validators are.
  await snapshot();
  const before = await hashes(join(area, 'one'));
  const idle = await snapshot();
  expect(await hashes(join(area, 'one'))).toEqual(before);
  feeds.pass(1);
  const busy = await snapshot();
  expect(sumOf(busy, 'new')).toBe(20);
  expect(sumOf(busy, 'changed')).toBe(0);
  expect(busy.entries).toBe(idle.entries + 20);
});

test('its posts are such as pass every wall untouched', () => {
  const plan = planOf(300);
  for (let index = 0; index < 200; index++) {
    const planned = plan.at(index);
    const { content } = write(planned);
    expect(sanitise(content, { base: planned.blog.home, idPrefix: '0123456789' })).toBe(content);
  }
});

function sumOf({ feeds }: Report, count: 'new' | 'changed'): number {
  return feeds.reduce((sum, feed) => sum + feed[count], 0);
}
