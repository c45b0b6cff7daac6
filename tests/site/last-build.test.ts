import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildUnlessSame } from '../../scripts/site/last-build.ts';
import { buildTime } from '../../src/core/build-time.ts';
import { aFolder } from '../lib/planet.ts';

const NOW = Date.parse('2026-01-30T00:00:00Z');

/** A planet with a complete build, from so long ago that each change of a file has another time. */
async function aBuiltFolder() {
  const current = process.cwd();
  const folder = await aFolder('title: One');
  for (const file of ['archive/2026-01.ndjson', 'pages/about.mdx', 'public/.well-known/a.txt', 'dist/digest.txt'])
    await folder.write(file, 'one');
  const dist = join(folder.path, 'dist');
  /** Whether a build at this time asks. */
  const asks = async (now = NOW) => {
    process.env['SOURCE_DATE_EPOCH'] = String(now / 1000);
    const time = buildTime(now);
    time.hasCome(NOW + 60_000);
    const { isSame } = await buildUnlessSame(dist, folder.path, async () => ({ time, results: [], advice: [] }));
    return !isSame;
  };
  await expect.poll(() => asks(), { timeout: 10_000 }).toBe(false);
  return {
    folder,
    asks,
    at: (file: string) => join(folder.path, file),
    [Symbol.asyncDispose]: () => {
      process.chdir(current);
      return folder[Symbol.asyncDispose]();
    },
  };
}

test.each<[string, boolean, (at: (file: string) => string) => Promise<unknown>]>([
  ['a setting with as many letters', true, (at) => writeFile(at('planet.yaml'), 'title: Two')],
  ['a new entry', true, (at) => writeFile(at('archive/2026-01.ndjson'), 'one two')],
  ['a new month', true, (at) => writeFile(at('archive/2026-02.ndjson'), '')],
  ['a removed page', true, (at) => rm(at('pages/about.mdx'))],
  ['another name of a page', true, (at) => rename(at('pages/about.mdx'), at('pages/us.mdx'))],
  ['an empty folder in the place of a page', true, (at) => mkdir(at('pages/us.mdx'))],
  ['a hidden file', true, (at) => writeFile(at('public/.well-known/a.txt'), 'two')],
  ['a link, whose target may change', true, (at) => symlink('/tmp', at('pages/link'))],
  ['a file of the site that no manifest has', true, (at) => writeFile(at('dist/digest.txt'), 'two')],
  ['damage of what is remembered', true, (at) => writeFile(at('.orrery/dist.last'), '{"input":')],
  ['a folder in its place', true, (at) => rm(at('.orrery/dist.last')).then(() => mkdir(at('.orrery/dist.last')))],
  ['another current folder, from which sentences name files', true, async (at) => process.chdir(at('pages'))],
  ['nothing', false, async () => undefined],
  ['the lock of a snapshot', false, (at) => writeFile(at('archive/.lock'), '1')],
  ['the log of a build', false, (at) => writeFile(at('build.log'), '1')],
  ['a file of another program in the site', false, (at) => writeFile(at('dist/CNAME'), '1')],
])('after %s a build asks: %s', async (_, isAsking, change) => {
  await using built = await aBuiltFolder();
  await change(built.at);
  expect(await built.asks()).toBe(isAsking);
});

test('asks from the time at which an answer changes by itself, before its own time, and after half a day', async () => {
  await using built = await aBuiltFolder();
  expect(await built.asks(NOW + 59_000)).toBe(false);
  expect(await built.asks(NOW + 60_000)).toBe(true);
  expect(await built.asks(NOW + 59_000)).toBe(true);
  expect(await built.asks(NOW + 60_000)).toBe(true);
  const halfADay = 12 * 3_600_000;
  expect(await built.asks(NOW + 59_000 + halfADay)).toBe(false);
  expect(await built.asks(NOW + 60_000 + halfADay)).toBe(true);
});
