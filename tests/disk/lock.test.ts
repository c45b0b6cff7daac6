import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs, { rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { withLock } from '../../scripts/disk/lock.ts';
import { run } from '../lib/planet.ts';
import { areaFor } from '../lib/test-folder.ts';
import { mayMount, tinyDisk } from '../lib/tiny-disk.ts';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = areaFor('lock');
  lock = join(folder, '.lock');
});

test('only one of several processes works at a time, also if they find the lock of a dead one', async () => {
  await writeFile(lock, `99999999 ${hostname()}\n`);
  const all = await Promise.all([1, 2, 3, 4].map(() => run(['tests/lib/take-turns.ts', folder, '200', 'Infinity'])));
  expect(all.map(({ code, stdout, stderr }) => [code, stdout, stderr])).toEqual(Array(4).fill([0, '0', '']));
  expect(await readdir(folder)).toEqual([]);
});

test.skipIf(!mayMount)('a lock that finds no room on the disk is named', async () => {
  using disk = tinyDisk(16_384);
  const path = join(disk.path, '.lock');
  await expect(writeFile(join(disk.path, 'all'), Buffer.alloc(65_536))).rejects.toThrow('ENOSPC');
  const full = expect.objectContaining({ code: 'ENOSPC', path });
  await expect(withLock(disk.path, async () => {})).rejects.toThrow(full);
});

test('while one process removes the lock of a dead one, no other does: it might remove the new lock of the first', async () => {
  const claim = `${lock}.removing`;
  const dead = `99999999 ${hostname()}\n`;
  await writeFile(lock, dead);
  await writeFile(claim, '');
  const refused = 'Another snapshot is running (process 1 other-machine)';
  const taking = expect(withLock(folder, async () => 'done')).rejects.toThrow(refused);
  // Meanwhile it would have taken over this one twenty times.
  for (let times = 0; times < 20; times++) {
    await writeFile(join(folder, 'other'), dead);
    await withLock(folder, async () => {}, 'snapshot', 'other');
  }
  await writeFile(lock, '1 other-machine\n');
  await rm(claim);
  await taking;
  // It was killed before it had removed it.
  await writeFile(lock, dead);
  await writeFile(claim, '');
  await utimes(claim, 0, 0);
  expect(await withLock(folder, async () => 'done')).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

test('a process that releases its lock between two looks of another one, and takes it again, keeps it', async () => {
  const owner = `${process.ppid} ${hostname()}\n`;
  await writeFile(lock, owner);
  const { statSync } = fs;
  const stat = vi.spyOn(fs, 'statSync').mockImplementationOnce((path, options) => {
    rmSync(lock);
    const found = statSync(path, options);
    writeFileSync(lock, owner);
    return found;
  });
  syncBuiltinESMExports();
  await expect(withLock(folder, async () => 'done')).rejects.toThrow('Another snapshot is running');
  stat.mockRestore();
  syncBuiltinESMExports();
  expect(await readFile(lock, 'utf8')).toBe(owner);
});

test('a process that waits says for which file, once', async () => {
  await writeFile(lock, '1 other-container\n');
  const child = spawn(process.execPath, ['tests/lib/take-turns.ts', folder, '1', '2'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  for await (const text of child.stderr) {
    said += text;
    await rm(lock, { force: true });
  }
  expect(said).toBe(
    `Waiting. Another compilation is running (process 1 other-container). If it is not, remove ${lock}.\n`,
  );
});

test('an old lock that names nobody is taken over', async () => {
  await writeFile(lock, '');
  await utimes(lock, 0, 0);
  expect(await withLock(folder, async () => 'done')).toBe('done');
  expect(await readdir(folder)).toEqual([]);
});

test.for([
  { what: 'of another machine', owner: '1 other-machine', kind: 'snapshot', minutes: 24 * 60 },
  { what: 'of another container', owner: '1 other-container', kind: 'build', minutes: 45 },
  { what: 'of another container', owner: '1 other-container', kind: 'compilation', minutes: 15 },
  {
    what: 'whose number another process has since a restart',
    owner: `${process.ppid} ${hostname()}`,
    kind: 'snapshot',
    minutes: 24 * 60,
  },
] as const)('a lock $what on a $kind is taken over after $minutes minutes', async ({ owner, kind, minutes }) => {
  const take = () => withLock(folder, async () => 'done', kind);
  await writeFile(lock, `${owner}\n`);
  const age = (minute: number) => utimes(lock, Date.now() / 1000, Date.now() / 1000 - minute * 60);
  await age(minutes - 2);
  await expect(take()).rejects.toThrow(`Another ${kind} is running (process ${owner})`);
  await age(minutes);
  expect(await take()).toBe('done');
});

test.skipIf(process.platform !== 'linux')(
  'the lock of a killed process whose parent never asks is taken over',
  async () => {
    // The shell becomes a program that does not know its child.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [number] = await once(parent.stdout, 'data');
    const pid = String(number).trim();
    const stat = (of: unknown) => readFile(`/proc/${of}/stat`, 'utf8');
    await vi.waitUntil(async () => (await stat(parent.pid)).includes(' (sleep) '), 20_000);
    process.kill(Number(pid), 'SIGKILL');
    await vi.waitUntil(async () => (await stat(pid)).includes(') Z '), 20_000);
    await writeFile(lock, `${pid} ${hostname()}\n`);
    expect(await withLock(folder, async () => 'done')).toBe('done');
    parent.kill();
  },
);

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
