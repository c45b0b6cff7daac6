import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { entriesAndHeld, readStories, writeEntries } from '../../scripts/snapshot/store.ts';
import { DamagedArchive, monthFile } from '../../src/archive/archive.ts';
import { anEntry } from '../lib/builders.ts';

const names = [
  ['an address of two thousand letters', `https://a.example/${'long/'.repeat(400)}`],
  ['an id with what begins the title in it', 'a","title":"b'],
  ['letters of other scripts', `${'é'.repeat(495)}日本語`],
] as const;

test.for(names)('by which routes there are entries is read whole: %s', async ([, id]) => {
  await using area = await mkdtempDisposable(join(tmpdir(), 'orrery-routes-'));
  const copyOf = { feed: 'b', id, why: 'first' } as const;
  await writeEntries(area.path, [anEntry({ feed: 'a', id, copyOf }), anEntry({ feed: 'b', id })]);
  const routes = await readStories(area.path);
  expect(routes.map(({ feed, id, copyOf }) => ({ feed, id, copyOf }))).toEqual([
    { feed: 'a', id, copyOf },
    { feed: 'b', id, copyOf: null },
  ]);
});

test('a line that no snapshot wrote is told of, whose feed it may be', async () => {
  await using area = await mkdtempDisposable(join(tmpdir(), 'orrery-routes-'));
  await writeEntries(area.path, [anEntry({ feed: 'a' })]);
  await writeFile(monthFile(area.path, '2026-01'), '{"feed":"a",,"title":"First light"}\n');
  await expect(entriesAndHeld(area.path, new Set(['b']))).rejects.toThrow(DamagedArchive);
});
