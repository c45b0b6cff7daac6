import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { writeIfChanged, writeNew, writeWhole } from '../../scripts/disk/files.ts';
import { move } from '../../scripts/site/install.ts';
import { aFolder, planetYaml } from '../lib/planet.ts';
import { planetHere } from '../lib/program-here.ts';
import { mayMount, tinyDisk } from '../lib/tiny-disk.ts';

const { chmodSync, writeSync } = fs;
afterEach(() => {
  Object.assign(fs, { chmodSync, writeSync });
  syncBuiltinESMExports();
});

/** As on a nearly full disk: each write takes at most so many bytes, and in the end none. */
function diskTakes(atOnce: number, inAll: number): void {
  let left = inAll;
  fs.writeSync = ((file: number, bytes: Uint8Array, offset: number, length: number, position: number) => {
    const some = Math.min(atOnce, length, left);
    left -= some;
    return some === 0 ? 0 : writeSync(file, bytes, offset, some, position);
  }) as typeof writeSync;
  syncBuiltinESMExports();
}

test('a write that takes only a part is continued until the file is whole', async () => {
  await using folder = await aFolder('');
  diskTakes(7, Number.POSITIVE_INFINITY);
  writeWhole(join(folder.path, 'a.txt'), 'one line of some length\n'.repeat(20));
  expect(fs.readFileSync(join(folder.path, 'a.txt'), 'utf8')).toBe('one line of some length\n'.repeat(20));
});

test('a full disk leaves the old file as it was, and nothing beside it', async () => {
  await using folder = await aFolder('');
  await folder.write('a.txt', 'old');
  diskTakes(1000, 30);
  expect(() => writeWhole(join(folder.path, 'a.txt'), 'new '.repeat(20))).toThrow(/ENOSPC/);
  expect(fs.readFileSync(join(folder.path, 'a.txt'), 'utf8')).toBe('old');
  expect(fs.readdirSync(folder.path).sort()).toEqual(['a.txt', 'planet.yaml']);
});

test('whoever has the old file open reads all of it, and whoever opens it then all of the new one', async () => {
  await using folder = await aFolder('');
  const path = join(folder.path, 'a.txt');
  await folder.write('a.txt', 'old');
  const before = fs.openSync(path, 'r');
  onTestFinished(() => fs.closeSync(before));
  const read: string[] = [];
  fs.writeSync = ((...args: Parameters<typeof writeSync>) => {
    read.push(fs.readFileSync(path, 'utf8'));
    return writeSync(...args);
  }) as typeof writeSync;
  syncBuiltinESMExports();
  writeWhole(path, 'new and longer');
  expect([...new Set(read), fs.readFileSync(before, 'utf8'), fs.readFileSync(path, 'utf8')]).toEqual([
    'old',
    'old',
    'new and longer',
  ]);
});

// https://github.com/libuv/libuv/issues/2596
test('a share that lets nobody change permissions takes a new text for a file', async () => {
  await using folder = await aFolder('');
  await folder.write('a.txt', 'old');
  fs.chmodSync = () => {
    throw Object.assign(new Error('EPERM: operation not permitted, chmod'), { code: 'EPERM' });
  };
  syncBuiltinESMExports();
  writeWhole(join(folder.path, 'a.txt'), 'new');
  expect(fs.readFileSync(join(folder.path, 'a.txt'), 'utf8')).toBe('new');
});

test('a folder in the place of a file is named', async () => {
  await using folder = await aFolder('');
  const path = join(folder.path, 'ledger.json');
  fs.mkdirSync(path);
  expect(() => writeIfChanged(path, 'new')).toThrow(expect.objectContaining({ code: 'EISDIR', path }));
});

test.skipIf(!mayMount)('a new file for which the disk has no room is named', () => {
  using disk = tinyDisk(32_768);
  const path = join(disk.path, 'pages/index.html');
  const full = expect.objectContaining({ code: 'ENOSPC', path });
  expect(() => writeNew(path, Buffer.alloc(80_000))).toThrow(full);
});

test.skipIf(!mayMount)('a file that is moved to another disk replaces the old one whole, or not at all', async () => {
  await using folder = await aFolder('');
  using disk = tinyDisk(32_768);
  const [from, to] = [join(folder.path, 'page.html'), join(disk.path, 'page.html')];
  fs.writeFileSync(to, 'old');
  await folder.write('page.html', 'new '.repeat(20_000));
  expect(() => move(from, to)).toThrow(/ENOSPC/);
  expect(fs.readFileSync(to, 'utf8')).toBe('old');
  expect(fs.readdirSync(disk.path)).toEqual(['page.html']);
  await folder.write('page.html', 'new');
  move(from, to);
  expect(fs.readFileSync(to, 'utf8')).toBe('new');
});

test('a file behind a link is replaced where it lies, with its permissions', async () => {
  await using folder = await aFolder('');
  await folder.write('a.txt', 'old');
  fs.chmodSync(join(folder.path, 'a.txt'), 0o640);
  fs.symlinkSync('a.txt', join(folder.path, 'link.txt'));
  const umask = process.umask(0o077);
  onTestFinished(() => void process.umask(umask));
  writeWhole(join(folder.path, 'link.txt'), 'new');
  expect(fs.readFileSync(join(folder.path, 'a.txt'), 'utf8')).toBe('new');
  expect(fs.statSync(join(folder.path, 'a.txt')).mode & 0o777).toBe(0o640);
  expect(fs.lstatSync(join(folder.path, 'link.txt')).isSymbolicLink()).toBe(true);
});

test.for([
  ['SOURCE_DATE_EPOCH is no number', 'reject a', 'abc', 2, /^SOURCE_DATE_EPOCH is "abc"; write seconds.*\n$/],
  ['the archive is a file', 'reject a', '1', 1, /archive is in the place of a folder; move it away.*\n$/],
  [
    'the archive that it reads is one',
    'held',
    '1',
    1,
    /archive.* cannot be opened: it, or a folder of its path, is a file;/,
  ],
] as const)(
  'what is wrong with the machine is one sentence: %s',
  async ([, command, SOURCE_DATE_EPOCH, code, says]) => {
    await using folder = await aFolder(planetYaml({ a: 'a.xml' }));
    if (code === 1) await folder.write('archive', '');
    const ran = await planetHere(command.split(' '), { PLANET_CONTENT: folder.path, SOURCE_DATE_EPOCH });
    expect(ran).toEqual({ code, stdout: '', stderr: expect.stringMatching(says) });
  },
);
