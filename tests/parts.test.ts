import { appendFile, mkdir, mkdtemp, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { storeOf } from '../scripts/site/files.ts';
import { marksOf, rememberBuilt } from '../scripts/site/marks.ts';
import { intactParts, type Part, readParts, writeParts } from '../scripts/site/parts.ts';

let area: string;
let output: string;
let part: Part;

beforeEach(async () => {
  area = await mkdtemp(join(tmpdir(), 'orrery-parts-'));
  output = join(area, 'dist');
  await mkdir(output);
  await writeFile(join(output, 'a.html'), 'one page');
  await writeFile(join(output, 'b.html'), 'another');
  part = { input: 'what went in', files: marksOf(output, ['a.html', 'b.html']) };
});
afterEach(() => rm(area, { recursive: true, force: true }));

describe('a part of the site', () => {
  const isIntact = async () => {
    await writeParts(output, 'pages', new Map([['month:2026-01', part]]));
    return intactParts(output, 'pages', () => part.input).has('month:2026-01');
  };

  test('is intact as it was written', async () => {
    expect(await isIntact()).toBe(true);
  });

  test('is not where a file is missing', async () => {
    await rm(join(output, 'b.html'));
    expect(await isIntact()).toBe(false);
  });

  test('is not where a file is cut off', async () => {
    await writeFile(join(output, 'b.html'), 'anoth');
    expect(await isIntact()).toBe(false);
  });

  test('is not where a file holds other bytes of the same number', async () => {
    await writeFile(join(output, 'b.html'), 'damaged');
    await utimes(join(output, 'b.html'), 1, 1);
    expect(await isIntact()).toBe(false);
  });

  test('is not where it holds other bytes of the same number and time, also when all was looked at before', async () => {
    const file = join(output, 'b.html');
    const { atime, mtime } = await stat(file);
    rememberBuilt(output, (await stat(file)).ctimeMs + 1001);
    expect(await isIntact()).toBe(true);
    // The file system's clock may stand still for some milliseconds.
    for (const { ctimeMs } = await stat(file); (await stat(file)).ctimeMs < ctimeMs + 2; )
      await utimes(file, atime, mtime);
    await writeFile(file, 'annther');
    await utimes(file, atime, mtime);
    expect(await isIntact()).toBe(false);
  });

  test.for(['a folder', 'a link to the same bytes', 'a link in the place of its folder'])(
    'is not with %s in its place',
    async (what) => {
      await mkdir(join(output, 'sub'));
      await writeFile(join(output, 'sub/c.html'), 'one more');
      part = { input: 'what went in', files: marksOf(output, ['sub/c.html']) };
      expect(await isIntact()).toBe(true);
      const place = join(output, what.includes('its folder') ? 'sub' : 'sub/c.html');
      await rename(place, join(area, 'aside'));
      if (what === 'a folder') await mkdir(place);
      else await symlink(join(area, 'aside'), place);
      expect(await isIntact()).toBe(false);
    },
  );

  test('is where only the times are others, as a cache may bring it; and has its times back', async () => {
    const before = (await stat(join(output, 'a.html'))).mtimeMs;
    await utimes(join(output, 'a.html'), 1, 1);
    expect(await isIntact()).toBe(true);
    expect(Math.floor((await stat(join(output, 'a.html'))).mtimeMs)).toBe(Math.floor(before));
  });
});

test('what is remembered is read again; of what is damaged, missing or leads out of the folder, nothing', async () => {
  expect([...(await readParts(output, 'pages'))]).toEqual([]);
  await writeParts(output, 'pages', new Map([['month:2026-01', part]]));
  expect([...(await readParts(output, 'pages'))]).toEqual([['month:2026-01', part]]);
  expect([...(await readParts(output, 'search'))]).toEqual([]);
  for (const path of ['../a.html', 'a/../../b.html', '/etc/hosts', '..', 'a\\..\\..\\b.html', 'C:/a.html']) {
    await writeParts(output, 'pages', new Map([['month:2026-01', { ...part, files: { [path]: [1, 1, ''] } }]]));
    expect([...(await readParts(output, 'pages'))], path).toEqual([]);
  }
  await rm(storeOf(output), { recursive: true });
  expect([...(await readParts(output, 'pages'))]).toEqual([]);
});

test.for([
  ['damaged', (file: string) => appendFile(file, 'more')],
  ['missing', (file: string) => rm(file)],
] as const)(
  'where what is remembered of one year is %s, nothing is: what has gone since would stay for ever',
  async ([, harm]) => {
    await writeParts(
      output,
      'pages',
      new Map([
        ['month:2026-01', part],
        ['month:2019-01', part],
        ['feed:ada', part],
      ]),
    );
    expect((await readParts(output, 'pages')).size).toBe(3);
    await harm(join(storeOf(output), 'dist.pages', '2019.tsv'));
    expect([...(await readParts(output, 'pages'))]).toEqual([]);
  },
);

test('years that say the same are not written again', async () => {
  const file = join(storeOf(output), 'dist.pages', '2019.tsv');
  await writeParts(
    output,
    'pages',
    new Map([
      ['month:2019-01', part],
      ['month:2026-01', part],
    ]),
  );
  const { ino } = await stat(file);
  await writeParts(output, 'pages', new Map([['month:2026-02', part]]), (name) => name !== 'month:2026-01');
  expect((await stat(file)).ino).toBe(ino);
  expect([...(await readParts(output, 'pages')).keys()].sort()).toEqual(['month:2019-01', 'month:2026-02']);
});
