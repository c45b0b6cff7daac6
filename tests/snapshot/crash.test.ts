import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rss } from '../lib/feed-server.ts';
import { aFolder, hashes, planetYaml, run } from '../lib/planet.ts';
import { snapshotCommand } from '../lib/program-here.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';
import { areaFor } from '../lib/test-folder.ts';

/** More by hand: POINTS=200 npx vitest run tests/snapshot/crash.test.ts */
const points = Number(process.env['POINTS'] ?? 12);
const clock = 1772000000;

const month = (i: number) => String((i % 12) + 1).padStart(2, '0');
const posts = (feed: string, count: number, words: string) =>
  Array.from({ length: count }, (_, i) => ({
    title: `Post ${i}`,
    link: `https://${feed}.example/${i}`,
    date: `2025-${month(i)}-10T00:00:00Z`,
    html: `<p>${words}</p>`,
  }));

test(`killed at any of ${points} points, the next run ends with the archive of an unharmed one`, async () => {
  await using folder = await aFolder(planetYaml({ a: 'a.xml', b: 'b.xml' }));
  const area = areaFor('crash');
  const killedAt = (path: string, step: number) => {
    const program = ['--import', './tests/lib/kill-at.ts', 'scripts/snapshot.ts'];
    return run(program, { PLANET_CONTENT: path, SOURCE_DATE_EPOCH: `${clock}`, KILL_AT: `${step}` });
  };
  const untouched = (path: string) => snapshotCommand(path, { SOURCE_DATE_EPOCH: `${clock}` });
  const archive = (path: string) => hashes(join(path, 'archive'));

  // A planet with a past, to which edits and new entries come in every month.
  const write = async (count: number, words: string, author: string) => {
    for (const feed of ['a', 'b']) {
      const text = rss(posts(feed, count, words));
      await folder.write(`${feed}.xml`, text.replaceAll('</item>', `<dc:creator>${author}</dc:creator></item>`));
    }
  };
  await write(12, 'First.', 'Jane Miller');
  await untouched(folder.path);
  await write(24, 'Second.', 'Jane Smith');

  const unharmed = join(area, 'unharmed');
  await cp(folder.path, unharmed, { recursive: true });
  const { stderr } = await killedAt(unharmed, 0);
  const steps = Number(/steps: (\d+)/.exec(stderr)?.[1]);
  expect(steps).toBeGreaterThan(points);
  const wanted = await archive(unharmed);
  const feeds = await readFile(join(unharmed, 'archive/feeds.json'), 'utf8');
  expect(JSON.parse(feeds).a.formerAuthors).toMatchObject({ 'Jane Miller': { now: 'Jane Smith' } });

  const atPoint = async (point: number, killAt: number): Promise<void> => {
    const path = join(area, String(point));
    await cp(folder.path, path, { recursive: true });
    expect.soft((await killedAt(path, killAt)).stdout, `step ${killAt}: the run was not killed`).toBe('');
    // Not one file that a snapshot has finished is half-written.
    for (const name of await readdir(join(path, 'archive'))) expect.soft(name).not.toMatch(/damaged/);
    // Here and there by the command itself.
    if (point % 6 === 0) expect.soft(await untouched(path)).toMatchObject({ code: 0 });
    else await snapshotHere(path, new Date(clock * 1000));
    expect.soft(await archive(path), `killed at step ${killAt} of ${steps}`).toEqual(wanted);
  };
  const waiting = Array.from({ length: points }, (_, i) => Math.ceil(((i + 1) * steps) / points));
  // Here all entries are written, and the states are not.
  waiting.push(steps - 8);
  const worker = async () => {
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) await atPoint(waiting.length, at);
  };
  await Promise.all([worker(), worker(), worker()]);
}, 300_000);
