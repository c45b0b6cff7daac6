import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStates } from '../../src/archive/archive.ts';
import { readAllMetadata } from '../../src/archive/read-entries.ts';
import { readSite } from '../../src/data/read-site.ts';
import { aFolder, hashes } from '../lib/planet.ts';

const first = 'tests/fixtures/first-version';

/** The months, and what waits. */
async function entriesOf(folder: string): Promise<Record<string, string>> {
  const files = await hashes(join(folder, 'archive'));
  return Object.fromEntries(Object.entries(files).filter(([name]) => name.endsWith('.ndjson')));
}

test('an archive of the first version is read whole', async () => {
  const found = await Array.fromAsync(readAllMetadata(join(first, 'archive')));
  expect(
    found
      .map(({ feed }) => feed)
      .sort()
      .join(' '),
  ).toBe('flood flood gauge gauge gauge harbour harbour harbour harbour harbour pilots pilots');
  const states = await readStates(join(first, 'archive'));
  expect(states.flood?.trouble?.outcome).toBe('held');
  const { entries, recordOf, authors, rules } = await readSite(first, join(first, 'archive'));
  expect(entries.map(recordOf).find(({ title }) => title.includes('Spring tide'))).toMatchObject({ via: ['gauge'] });
  expect(authors.map(({ name }) => name)).toContain('Inês Calado');
  expect(rules.map(({ hides }) => hides)).toEqual([1, 1, 1]);
});

test('a snapshot over it, a year later, changes no entry', async () => {
  await using folder = await aFolder(await readFile(join(first, 'planet.yaml'), 'utf8'));
  await cp(first, folder.path, { recursive: true });
  const { code, stdout } = await folder.snapshot({ env: { SOURCE_DATE_EPOCH: '1800000000' } });
  expect(code, stdout).toBe(0);
  expect(await entriesOf(folder.path)).toEqual(await entriesOf(first));
});
