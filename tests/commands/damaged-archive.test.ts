import { appendFile, cp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { aPlanet } from '../lib/a-planet.ts';
import { rss } from '../lib/feed-server.ts';
import { planetHere } from '../lib/program-here.ts';

const ada = rss([{ title: 'One', link: 'https://ada.example/1' }]);
const { folder, planet, snapshot, env, yaml } = await aPlanet({ ada });
const archive = (file: string) => join(folder.path, 'archive', file);

beforeAll(async () => {
  await folder.write('list.opml', '<opml><body><outline text="B" xmlUrl="https://b.example/feed"/></body></opml>');
  await snapshot();
  await cp(archive(''), join(folder.path, 'copy'), { recursive: true });
});

const COMMANDS = ['check', 'import LIST --add', 'export csv', 'doctor', 'authors', 'held', 'reject ada'];

const HARMS: Record<string, (path: string) => Promise<void>> = {
  'cut off': (path) => truncate(path, 100),
  'with a line that is no entry': (path) => appendFile(path, '{"x":1}\n'),
  'of something else': (path) => writeFile(path, '{"ada":{"url":1}}'),
  broken: (path) => writeFile(path, '{"x"\n'),
  'no JSON': (path) => writeFile(path, 'x\n'),
  missing: (path) => rm(path),
  'set aside': (path) => rename(path, `${path}.damaged`),
};
const NO_ENTRY = /was not written by a snapshot, at byte \d+: feed: Invalid input: expected string/;
const NO_STATE = /was not written by a snapshot: ada\.url: Invalid input: expected string/;

test.for<[file: string, damage: string, says: RegExp, ...fine: string[]]>([
  ['2026-01.ndjson', 'cut off', /is cut off: its last line has no end/, 'import', 'held'],
  ['2026-01.ndjson', 'with a line that is no entry', NO_ENTRY, 'import', 'held'],
  ['2026-01.ndjson', 'missing', /Restore them: from the branch/, 'import', 'held'],
  ['feeds.json', 'cut off', /was not written by a snapshot: .*JSON/],
  ['feeds.json', 'no JSON', /was not written by a snapshot: Unexpected token 'x', "x " is not valid JSON/],
  ['feeds.json', 'of something else', NO_STATE],
  ['feeds.json', 'set aside', /feeds\.json.*was set aside/],
  ['held.ndjson', 'broken', /was not written by a snapshot, at byte 0: .*JSON/, 'import', 'export', 'authors'],
  ['ledger.json', 'missing', /There is no ledger\.json/, ...COMMANDS],
])('every command says in a sentence that %s is %s', async ([file, damage, says, ...fine]) => {
  const before = await yaml();
  await HARMS[damage]?.(archive(file));
  for (const command of COMMANDS) {
    const args = command.split(' ').map((arg) => (arg === 'LIST' ? join(folder.path, 'list.opml') : arg));
    // A bug, which would be printed with its trace, is thrown here.
    const { code, stdout, stderr } = await planet(args);
    const all = stdout + stderr;
    expect.soft(all, command).not.toMatch(/^ +at /m);
    expect.soft(code, command).toBeLessThan(2);
    const isFine = fine.some((name) => command.startsWith(name)) && command !== 'doctor';
    if (isFine) continue;
    expect.soft(all, command).toMatch(says);
    expect.soft(all, command).toContain(file);
    // The doctor lists it among other things; every other command says nothing else.
    if (command !== 'doctor') expect.soft(stderr.trim().split('\n').at(-1), command).toMatch(says);
  }
  await folder.write('planet.yaml', before);
  await rm(archive(''), { recursive: true });
  await cp(join(folder.path, 'copy'), archive(''), { recursive: true });
});

test('a missing site is one sentence', async () => {
  expect(await planetHere(['deployed'], env)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/dist\/digest\.txt is missing: build the site first, with "npm run site"\.\n$/),
  });
});
