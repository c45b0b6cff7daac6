import { appendFile, cp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rss } from '../lib/feed-server.ts';
import { aFolder, type Folder, planetYaml, type Ran, run } from '../lib/planet.ts';
import { snapshotHere } from '../lib/snapshot-here.ts';

let folder: Folder;
const archive = (file: string) => join(folder.path, 'archive', file);

beforeAll(async () => {
  folder = await aFolder(planetYaml({ ada: 'ada.xml' }));
  await folder.write('ada.xml', rss([{ title: 'One', link: 'https://ada.example/1' }]));
  await folder.write('list.opml', '<opml><body><outline text="B" xmlUrl="https://b.example/feed"/></body></opml>');
  await snapshotHere(folder.path, new Date('2026-01-30'));
  await cp(archive(''), join(folder.path, 'copy'), { recursive: true });
});
afterAll(() => folder[Symbol.asyncDispose]());

const COMMANDS = ['check', 'import LIST --add', 'export csv', 'doctor', 'authors', 'held', 'reject ada'];

/** What each command says of the archive as it is now. */
async function allCommands(): Promise<Map<string, Ran>> {
  const planet = await readFile(join(folder.path, 'planet.yaml'), 'utf8');
  const env = { PLANET_CONTENT: folder.path, PLANET_DIST: join(folder.path, 'dist'), SOURCE_DATE_EPOCH: '1770000000' };
  const told = new Map<string, Ran>();
  for (const command of COMMANDS) {
    const args = command.replace('LIST', join(folder.path, 'list.opml')).split(' ');
    told.set(command, await run(['scripts/planet.ts', ...args], env));
  }
  await folder.write('planet.yaml', planet);
  return told;
}

const CUT = /is cut off: its last line has no end/;
test.for([
  {
    file: '2026-01.ndjson',
    damage: 'cut off',
    harm: (path: string) => truncate(path, 300),
    says: CUT,
    fine: ['import', 'held'],
  },
  {
    file: '2026-01.ndjson',
    damage: 'with a line that is no entry',
    harm: (path: string) => appendFile(path, '{"x":1}\n'),
    says: /was not written by a snapshot, at byte \d+: feed: Invalid input: expected string/,
    fine: ['import', 'held'],
  },
  {
    file: 'feeds.json',
    damage: 'cut off',
    harm: (path: string) => truncate(path, 100),
    says: /was not written by a snapshot: .*JSON/,
    fine: [],
  },
  {
    file: 'feeds.json',
    damage: 'of something else',
    harm: (path: string) => writeFile(path, '{"ada":{"url":1}}'),
    says: /was not written by a snapshot: ada\.url: Invalid input: expected string/,
    fine: [],
  },
  {
    file: 'held.ndjson',
    damage: 'broken',
    harm: (path: string) => writeFile(path, '{"x"\n'),
    says: /was not written by a snapshot, at byte 0: .*JSON/,
    fine: ['import', 'export', 'authors'],
  },
  {
    file: 'ledger.json',
    damage: 'missing',
    harm: (path: string) => rm(path),
    says: /There is no ledger\.json/,
    fine: COMMANDS,
  },
])('every command says in a sentence that $file is $damage', async ({ file, harm, says, fine }) => {
  await harm(archive(file));
  for (const [command, { code, stdout, stderr }] of await allCommands()) {
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
  await rm(archive(''), { recursive: true });
  await cp(join(folder.path, 'copy'), archive(''), { recursive: true });
});

test('a site that was not built is told as that', async () => {
  const env = { PLANET_CONTENT: folder.path, PLANET_DIST: join(folder.path, 'dist') };
  expect(await run(['scripts/ci/is-deployed.ts'], env)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/dist\/digest\.txt is missing: build the site first, with "npm run site"\.\n$/),
  });
});
