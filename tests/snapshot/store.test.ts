import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readRecords, readStoredEntries, writeEntries } from '../../scripts/snapshot/store.ts';
import { DamagedArchive, monthFile } from '../../src/archive/archive.ts';
import { anEntry } from '../lib/builders.ts';
import { areaFor } from '../lib/test-folder.ts';

const names = [
  ['an address of two thousand letters', `https://a.example/${'long/'.repeat(400)}`],
  ['an id with the start of a title in it', 'a","title":"b'],
  ['letters of other scripts', `${'é'.repeat(495)}日本語`],
] as const;

test.for(names)('a record is read whole: %s', async ([, id]) => {
  const area = areaFor('records');
  const copyOf = { feed: 'b', id, why: 'first' } as const;
  await writeEntries(area, [anEntry({ feed: 'a', id, copyOf }), anEntry({ feed: 'b', id })]);
  const records = await readRecords(area);
  expect(records.map(({ feed, id, copyOf }) => ({ feed, id, copyOf }))).toEqual([
    { feed: 'a', id, copyOf },
    { feed: 'b', id, copyOf: null },
  ]);
});

test('a line that no snapshot wrote stops the reading, whatever its feed', async () => {
  const area = areaFor('records');
  await writeEntries(area, [anEntry({ feed: 'a' })]);
  await writeFile(monthFile(area, '2026-01'), '{"feed":"a",,"title":"First light"}\n');
  await expect(readStoredEntries(area, new Set(['b']))).rejects.toThrow(DamagedArchive);
});
