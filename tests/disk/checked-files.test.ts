import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clearWay, makeFolder, readChecked, typeOf, writeAnew, writeChecked } from '../../scripts/disk/files.ts';
import { harmsOf } from '../lib/damage.ts';
import { Random } from '../lib/random.ts';
import { areaFor } from '../lib/test-folder.ts';

let area: string;
let file: string;
let said: string[];

beforeEach(() => {
  area = areaFor('checked');
  file = join(area, 'folder', 'file');
  mkdirSync(join(area, 'aside'));
  said = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line).trimEnd()) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

test('a checked file is read back, but only as a file of its own kind', () => {
  for (const text of ['', 'one line', 'a\nb\n', '\ufeffä\0\ufffd']) {
    writeChecked(file, 'words 1', text);
    expect(readChecked(file, 'words 1')).toBe(text);
  }
  // Each upgrade may bring another kind, and a planet has such a file for each month.
  expect(readChecked(file, 'words 2')).toBeNull();
  expect(said).toEqual([]);
  expect(typeOf(file)).toBeNull();
});

test.for(Object.keys(harmsOf('')))(
  'with %s it is thrown away with one line, and can be written again',
  async (name) => {
    const harm = harmsOf(join(area, 'aside'))[name];
    let lines = 0;
    for (let seed = 0; seed < 40; seed++) {
      writeChecked(file, 'words 1', `some words, and a number: ${seed}\n`);
      said = [];
      await harm?.(file, new Random(seed));
      expect(readChecked(file, 'words 1'), `seed ${seed}`).toBeNull();
      for (const line of said) expect(line).toBe(`${file} is damaged, or of an old version: removed, and built again.`);
      lines += said.length;
      expect(readdirSync(join(area, 'folder'))).toEqual([]);
    }
    // A bit of the kind may be flipped, which makes another kind.
    if (name === 'deleted') expect(lines).toBe(0);
    else expect(lines >= 35 && lines <= 40, `${lines} lines`).toBe(true);
  },
);

test('something in the place of a file or folder is removed, but nothing behind a link', async () => {
  mkdirSync(join(area, 'elsewhere'));
  writeFileSync(join(area, 'elsewhere', 'file'), 'mine');
  await symlink(join(area, 'elsewhere'), join(area, 'folder'));
  clearWay(area, 'folder/file');
  expect(typeOf(join(area, 'folder'))).toBeNull();
  writeFileSync(join(area, 'folder'), 'a file');
  makeFolder(join(area, 'folder'));
  mkdirSync(file);
  writeAnew(file, 'new');
  expect(typeOf(file)).toBe('file');
  clearWay(area, 'folder/file');
  expect(typeOf(file)).toBe('file');
  expect(readdirSync(join(area, 'elsewhere'))).toEqual(['file']);
  expect(said).toHaveLength(3);
});
