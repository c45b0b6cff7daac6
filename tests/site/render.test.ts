import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { cachedSummaries } from '../../scripts/site/render.ts';
import { DamagedArchive, monthFile } from '../../src/archive/archive.ts';
import { readSummaries } from '../../src/archive/read-entries.ts';
import { anEntry } from '../lib/builders.ts';
import { areaFor } from '../lib/test-folder.ts';

let area: string;
let file: string;

beforeEach(async () => {
  area = areaFor('entry-summaries');
  file = monthFile(area, '2026-01');
  await writeFile(file, `${JSON.stringify(anEntry({ title: 'One' }))}\n`);
});

const read = () => cachedSummaries(join(area, 'store'))(area, '2026-01');
const titles = async () => (await read()).map(({ title }) => title);

test('are those of the file, the first time and every other', async () => {
  const summaries = await readSummaries(area, '2026-01');
  expect(await read()).toEqual(summaries);
  expect(await read()).toEqual(summaries);
});

test('follow the file, also where another text is as long and the file as old', async () => {
  // As an unpacked archive has them: all of one time.
  await utimes(file, 0, 0);
  expect(await titles()).toEqual(['One']);
  const { ctimeMs } = await stat(file);
  // The clock of a disk may stand still for some milliseconds.
  do {
    await writeFile(file, (await readFile(file, 'utf8')).replace('One', 'Two'));
    await utimes(file, 0, 0);
  } while ((await stat(file)).ctimeMs === ctimeMs);
  expect(await titles()).toEqual(['Two']);
});

test('are read anew where what is remembered is damaged, and a damaged file is told of', async () => {
  await read();
  const [name = ''] = await readdir(join(area, 'store'));
  await writeFile(join(area, 'store', name), '{"size":');
  expect(await titles()).toEqual(['One']);
  await writeFile(file, '{}\n');
  await expect(read()).rejects.toThrow(DamagedArchive);
});
