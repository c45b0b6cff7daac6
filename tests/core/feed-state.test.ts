import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { archiveFolder, monthFile, readStates } from '../../src/archive/archive.ts';
import { buildTime } from '../../src/core/build-time.ts';
import { FeedState, newFeedState } from '../../src/core/feed-state.ts';
import { readSite } from '../../src/data/read-site.ts';
import { opml } from '../../src/outputs/opml.ts';
import { statusOf } from '../../src/outputs/status.ts';
import { list } from '../lib/case-table.ts';
import { aFolder } from '../lib/planet.ts';
import { planetHere } from '../lib/program-here.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

const first = 'tests/fixtures/first-version';
const state = (told: Partial<Record<keyof FeedState, unknown>>) =>
  FeedState.parse({ ...newFeedState('https://a.example/feed'), ...told });

test.for(list`
  javascript:alert(1) | JAVASCRIPT:alert(1) | ${' \tjava\nscript:alert(1)'} | data:text/html,<script>alert(1)</script>
  vbscript:x | file:///etc/passwd | //evil.example/ | /status/ | https://[x | ${''} | https://a.example/${'x'.repeat(9_000)}
`)('what is no address of the web is none to link to: %j', (address) => {
  expect(state({ home: address, movedTo: address })).toMatchObject({ home: null, movedTo: null });
});

test('an address is kept as a browser reads it', () => {
  expect(state({ home: 'https://A.example/\u202Ex' }).home).toBe('https://a.example/%E2%80%AEx');
});

test('words are one line, clean and no longer than there is room for', () => {
  const words = 'one\u202E\u0000\n::error::two\u001B[31m';
  const trouble = { outcome: 'failed', reason: words, since: '2026-01-01T00:00:00Z' };
  const cleaned = 'one ::error::two[31m';
  expect(state({ title: words, host: words, notes: [words], trouble })).toMatchObject({
    title: cleaned,
    host: cleaned,
    notes: [cleaned],
    trouble: { reason: cleaned },
  });
  const { title } = state({ title: 'x'.repeat(100_000) });
  expect(title).toHaveLength(300);
  expect(state({ title }).title).toBe(title);
});

test('a validator with characters that no header can have is not sent', () => {
  expect(state({ validators: { etag: '"a"\r\nHost: evil.example', lastModified: 'today' } }).validators).toEqual({
    lastModified: 'today',
  });
});

/** The first version's planet, and what others wrote into its archive. */
async function tampered() {
  const folder = await aFolder('');
  await cp(first, folder.path, { recursive: true });
  const archive = archiveFolder(folder.path);
  const states = JSON.parse(await readFile(join(archive, 'feeds.json'), 'utf8'));
  states.gauge = { ...states.gauge, home: 'javascript:alert(1)', title: 'Ga\u202Euge', movedTo: 'javascript:alert(2)' };
  states.harbour = { ...states.harbour, notes: ['##[error]\u2067cut'] };
  await writeFile(join(archive, 'feeds.json'), JSON.stringify(states));
  const month = monthFile(archive, '2026-01');
  const [line = '', ...rest] = (await readFile(month, 'utf8')).split('\n');
  const entry = JSON.parse(line);
  const authors = [{ name: '\u202Ehsilgne' }, { name: '\u{E0041}' }];
  const categories = ['a\u2066b', 'c\u0007'];
  const told = { ...entry, title: `Z${'\u0310'.repeat(50)}`, authors, categories, summary: '\u202Bsaid' };
  await writeFile(month, [JSON.stringify(told), ...rest].join('\n'));
  return { folder, path: entry.path };
}

test('texts that others wrote into an archive are cleaned before a page shows them', async () => {
  const { folder, path } = await tampered();
  await using _gone = folder;
  const { planet, feeds, entries, recordOf } = await readSite(folder.path, archiveFolder(folder.path));
  const gauge = feeds.find(({ id }) => id === 'gauge');
  expect(gauge).not.toHaveProperty('home');
  const told = JSON.stringify([
    statusOf(planet, feeds, [], buildTime(0)),
    opml(planet, feeds),
    entries.map((entry) => [entry, recordOf(entry)]),
  ]);
  expect(told).not.toMatch(/javascript:|[\u202A-\u202E\u2066-\u2069\u{E0041}]|\\u0007|\u0310{9}/u);
  expect(recordOf(entries.find((entry) => entry.path === path) ?? (entries[0] as never))).toMatchObject({
    title: `Z${'\u0310'.repeat(8)}`,
    categories: ['ab', 'c'],
    summary: 'said',
  });
});

test('an e-mail address in the state is printed by no command, and removed by the next snapshot', async () => {
  const { folder } = await tampered();
  await using _gone = folder;
  for (const args of [['export'], ['export', 'csv'], ['held'], ['authors'], ['doctor']]) {
    const { stdout, stderr } = await planetHere(args, { PLANET_CONTENT: folder.path });
    expect(stdout + stderr).not.toMatch(/javascript:|[\u202A-\u202E\u2066-\u2069]/u);
  }
  await snapshotHere(folder.path, new Date(1_800_000_000_000));
  const archive = archiveFolder(folder.path);
  expect((await readStates(archive))['gauge']?.home).not.toMatch(/^javascript/);
  expect(await readFile(join(archive, 'feeds.json'), 'utf8')).not.toMatch(/javascript:|\u202E|\u2067/);
});
