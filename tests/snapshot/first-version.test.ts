import { cp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readStates } from '../../src/archive/archive.ts';
import { readAllMetadata } from '../../src/archive/read-entries.ts';
import { readSite } from '../../src/data/read-site.ts';
import { aFolder } from '../lib/planet.ts';
import { snapshotCommand } from '../lib/program-here.ts';

const first = 'tests/fixtures/first-version';

/** The months, and what waits. */
async function entriesOf(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(join(folder, 'archive'))).filter((name) => name.endsWith('.ndjson')).sort();
  const texts = files.map(async (name) => [name, await readFile(join(folder, 'archive', name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts));
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

test('a snapshot over it, a year later, changes no entry, but adds the rights of its feed', async () => {
  await using folder = await aFolder(await readFile(join(first, 'planet.yaml'), 'utf8'));
  await cp(first, folder.path, { recursive: true });
  const { code, stdout } = await snapshotCommand(folder.path, { SOURCE_DATE_EPOCH: '1800000000' });
  expect(code, stdout).toBe(0);
  const rights = '"rights":"CC BY 4.0"';
  const after = Object.entries(await entriesOf(folder.path));
  expect(after.map(([, text]) => text.split(rights).length - 1)).toEqual([1, 0, 1, 0]);
  const without = after.map(([name, text]) => [name, text.replaceAll(rights, '"rights":null')]);
  expect(Object.fromEntries(without)).toEqual(await entriesOf(first));
});
