import { mkdir, readdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { withLock } from '../../scripts/snapshot/lock.ts';
import { areaFor } from '../lib/area.ts';
import { run } from '../lib/planet.ts';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = areaFor('lock');
  lock = join(folder, '.lock');
});

test('of several processes only one is at work at a time, also where they find a lock whose owner is dead', async () => {
  await writeFile(lock, `99999999 ${hostname()}\n`);
  const all = await Promise.all([1, 2, 3, 4].map(() => run(['tests/lib/take-turns.ts', folder, '200'])));
  expect(all.map(({ code, stdout, stderr }) => [code, stdout, stderr])).toEqual(Array(4).fill([0, '0', '']));
  expect(await readdir(folder)).toEqual([]);
});

test('an old lock that names nobody is taken over', async () => {
  await writeFile(lock, '');
  await utimes(lock, 0, 0);
  expect(await withLock(folder, async () => 'done')).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

test.for([
  ['of another machine', '1 other-machine'],
  ['whose number another process has since a restart', `${process.ppid} ${hostname()}`],
])('a lock %s is taken over after a day', async ([, owner]) => {
  await writeFile(lock, `${owner}\n`);
  await expect(withLock(folder, async () => 'done')).rejects.toThrow(`Another snapshot is running (process ${owner})`);
  await utimes(lock, 0, 0);
  expect(await withLock(folder, async () => 'done')).toBe('done');
});

test('a run does not remove the lock of another that took its own over', async () => {
  await withLock(folder, () => writeFile(lock, '1 other-machine\n'));
  expect(await readdir(folder)).toEqual(['.lock']);
});

test.skipIf(process.platform === 'win32')(
  'a lock that is a link to nothing is an error, not a wait without end',
  async () => {
    await symlink(join(folder, 'nothing'), lock);
    await expect(withLock(folder, async () => 'done')).rejects.toThrow(/\.lock cannot be opened; remove it/);
  },
);

test('a lock that cannot be read is an error, not a wait without end', async () => {
  await mkdir(lock);
  await expect(withLock(folder, async () => 'done')).rejects.toMatchObject({ code: 'EISDIR', path: lock });
});
