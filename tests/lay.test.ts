import { existsSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { layInto } from '../scripts/site/lay.ts';
import { intactParts, readParts } from '../scripts/site/parts.ts';
import { otherDisk } from './site.ts';

/** Lays files, by path and text, as the months that they belong to, over what was laid before; `at` is when they were built. */
async function lay(
  output: string,
  texts: Record<string, string>,
  at = new Date('2020-01-01T00:00:00Z'),
): Promise<void> {
  const built = await mkdtemp(join(tmpdir(), 'orrery-built-'));
  for (const [path, text] of Object.entries(texts)) {
    const file = join(built, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    await utimes(file, at, at);
  }
  const months = new Set(Object.keys(texts).map((path) => `month:${path.slice(0, 7).replace('/', '-')}` as const));
  const before = await readParts(output, 'pages');
  await layInto(output, () => false, before, {
    built,
    inputs: new Map([...months].map((name) => [name, { input: name, entries: 1 }])),
  });
  expect(existsSync(built)).toBe(false);
}

async function anOutput(parent: string): Promise<string> {
  const area = await mkdtemp(join(parent, 'orrery-lay-'));
  onTestFinished(() => rm(area, { recursive: true }));
  return join(area, 'dist');
}

const filesIn = async (output: string) =>
  (await readdir(output, { recursive: true })).filter((path) => path.endsWith('.html')).sort();

test('files are moved to their places, those that say the same stay with their time, and what nobody wants goes', async () => {
  const output = await anOutput(tmpdir());
  await lay(output, { '2026/01/a.html': 'A', '2026/01/b.html': 'B', '2026/02/03/c.html': 'C' });
  const { mtime } = statSync(join(output, '2026/01/a.html'));
  await lay(output, { '2026/01/a.html': 'A', '2026/01/b.html': 'new', '2026/01/04/d.html': 'D' }, new Date());
  expect(await filesIn(output)).toEqual(['2026/01/04/d.html', '2026/01/a.html', '2026/01/b.html']);
  expect(existsSync(join(output, '2026/02'))).toBe(false);
  expect(await readFile(join(output, '2026/01/b.html'), 'utf8')).toBe('new');
  expect(statSync(join(output, '2026/01/a.html')).mtime).toEqual(mtime);
  const parts = await readParts(output, 'pages');
  expect([...intactParts(output, 'pages', (name) => parts.get(name)?.input)]).toEqual([...parts.keys()]);
});

const disk = otherDisk();
test.skipIf(disk === null)('an output folder on another disk is filled by copies', async () => {
  const output = await anOutput(disk ?? '');
  await lay(output, { '2026/01/04/d.html': 'D', '2026/01/a.html': 'A' });
  expect(await filesIn(output)).toEqual(['2026/01/04/d.html', '2026/01/a.html']);
  const parts = await readParts(output, 'pages');
  expect([...intactParts(output, 'pages', (name) => parts.get(name)?.input)]).toEqual([...parts.keys()]);
});
