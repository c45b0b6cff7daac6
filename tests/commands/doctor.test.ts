import { execFile } from 'node:child_process';
import { readdir, readFile, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { examineFeeds } from '../../scripts/commands/doctor.ts';
import { examineSite, examineWorkflow, sizeWarnings } from '../../scripts/commands/lib/doctor-site.ts';
import { newFeedState } from '../../src/core/feed-state.ts';
import { english } from '../../src/i18n/catalogue.ts';
import { aFeed } from '../lib/builders.ts';
import { rss, serveFeeds } from '../lib/feed-server.ts';
import { aFolder, hashes, planetYaml, run } from '../lib/planet.ts';

const at = (day: number) => String(Date.UTC(2026, 0, day, 12) / 1000);
const post = (number: number, date: string) => ({
  title: `Post ${number}`,
  link: `https://blog.example/${number}`,
  date,
});

/** A git repository whose branch `archive` was written at noon of a day in January 2026; what the doctor looks into. */
async function repository(folder: string, day: number): Promise<Record<string, string>> {
  const date = `${at(day)} +0000`;
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const git = (...args: string[]) => promisify(execFile)('git', args, { cwd: folder, env });
  await git('init', '--quiet', '--initial-branch', 'archive', 'repository');
  const as = ['-C', 'repository', '-c', 'user.name=T', '-c', 'user.email=t@t.example'];
  await git(...as, 'commit', '--quiet', '--allow-empty', '--message', 'Snapshot');
  return { GIT_DIR: join(folder, 'repository/.git') };
}

test('the doctor says what is well, what to look at and what is broken, and what to do about each', async () => {
  const server = await serveFeeds({
    '/a': rss([post(1, 'Mon, 05 Jan 2026 08:00:00 GMT'), post(2, 'Tue, 07 Jan 2025 08:00:00 GMT')]),
    '/moved': (_, response) => response.writeHead(301, { location: '/new' }).end(),
    '/new': rss([post(3, 'Tue, 07 Jan 2025 08:00:00 GMT')]),
    '/gone': (_, response) => response.writeHead(410).end(),
  });
  const feeds = Object.fromEntries(['a', 'moved', 'gone', 'fails'].map((id) => [id, server.url(`/${id}`)]));
  const folder = await aFolder(
    planetYaml({ ...feeds, twin: `${server.url('/a')}/` }).replace('planet.example', 'example.org'),
  );
  onTestFinished(async () => {
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  const git = await repository(folder.path, 19);
  await folder.write('site/index.html', 'x'.repeat(1500));
  await folder.write('site/2026/index.html', 'x');
  const doctor = (day: number) =>
    run(['scripts/planet.ts', 'doctor'], {
      PLANET_CONTENT: folder.path,
      PLANET_DIST: join(folder.path, 'site'),
      SOURCE_DATE_EPOCH: at(day),
      ...git,
    });

  const before = await doctor(5);
  expect(before.stdout).toContain('! The archive has no entries yet. "npm run snapshot" reads the feeds.');
  expect(before.stdout).toContain('✓ a, moved, gone, fails, twin have not been read yet.');
  expect(before.code).toBe(0);

  await folder.snapshot({ env: { PLANET_ALLOW_PRIVATE: server.host, SOURCE_DATE_EPOCH: at(6) } });
  const held = await hashes(folder.path);
  const { stdout, code } = await doctor(20);
  expect(stdout).toMatch(
    /^This machine\n {2}✓ This is Node \d+\.\d+\.\d+\.\nplanet\.yaml\n {2}✓ planet\.yaml is valid, with 5 feeds\.\n/,
  );
  expect(stdout).toContain('planet.yaml: "site" is still https://example.org/; write the address of the planet.');
  expect(stdout).toMatch(/✓ The archive has 3 entries in \d.* kB, 0\.0 new ones a day recently\./);
  expect(stdout).toContain('! The last new entry came 14 days ago: check when the planet’s workflow last ran.');
  expect(stdout).toContain('! a and twin are one feed with two addresses; remove one from planet.yaml.');
  expect(stdout).toContain(`! moved has moved permanently: write url: ${server.url('/new')} in planet.yaml.`);
  expect(stdout).toContain(
    '! gone: the server answers 410: the feed is gone for good, since 06 Jan 2026 (14 days). Remove it',
  );
  expect(stdout).toMatch(
    /! fails fails: the server answers 404.*\(14 days\)\. "npm run planet -- check fails" tries it again\./,
  );
  expect(stdout).toContain('✓ moved has posted nothing for half a year.');
  expect(stdout).toMatch(/✓ The site in .*site has 2 files, 1\.5 kB in all\./);
  expect(stdout).toContain('✓ The last commit of the branch "archive" in this clone is 24 hours old.');
  expect(code).toBe(0);
  expect(await hashes(folder.path)).toEqual(held);
  expect((await doctor(30)).stdout).toContain(
    '! The last commit of the branch "archive" in this clone is 11 days old. "git fetch',
  );

  const [month = ''] = (await readdir(join(folder.path, 'archive'))).filter((name) => name.endsWith('.ndjson'));
  const path = join(folder.path, 'archive', month);
  await truncate(path, (await readFile(path)).length - 3);
  await folder.write('archive/2026-02.ndjson.damaged', 'x');
  await folder.write('planet.yaml', planetYaml({ a: 'ftp://a.example/' }));
  const broken = await doctor(20);
  expect(broken.stdout).toMatch(/✗ .*planet\.yaml:7:10: feeds\[0\]\.url: is not an address/);
  expect(broken.stdout).toContain(
    `${month} is cut off: its last line has no end. Restore that file from the last good copy`,
  );
  expect(broken.stdout).toContain(
    '✗ 2026-02.ndjson.damaged was set aside because it is damaged. Put a good copy in its place as 2026-02.ndjson',
  );
  expect(broken.stdout).toMatch(/✗ The archive should have \d entries of (?:a|moved) and has \d/);
  expect(broken.code).toBe(1);
});

test.for([
  { when: 'all is small', site: {}, says: [] },
  {
    when: 'there are too many files',
    site: { files: 25_123 },
    says: ['dist has 25,123 files, and Cloudflare Pages allows 20,000'],
  },
  {
    when: 'there are nearly too many',
    site: { files: 19_000 },
    says: ['dist is close to a limit: 19,000 files, and Cloudflare'],
  },
  {
    when: 'a file is too large',
    site: { largest: { path: 'a.json', bytes: 27_000_000 } },
    says: ['dist has a file of 27 MB, a.json, and Cloudflare Pages allows 25 MiB'],
  },
  { when: 'it is too large', site: { bytes: 1_100_000_000 }, says: ['dist has 1.1 GB, and GitHub Pages allows 1 GB'] },
  {
    when: 'a folder is too full',
    site: { fullest: { path: '_', files: 60_000 } },
    says: ['dist has 60,000 files in _, and Netlify allows 54,000 in a folder'],
  },
])('of a site the doctor says where $when', ({ site, says }) => {
  const small = { files: 10, bytes: 10, largest: { path: 'x', bytes: 1 }, fullest: { path: 'y', files: 5 } };
  const notes = sizeWarnings({ ...small, ...site }, 'dist');
  expect(notes.map(({ level }) => level)).toEqual(says.map(() => 'warning'));
  for (const [index, sentence] of says.entries()) expect(notes[index]?.says).toContain(sentence);
});

test('an empty output folder is told as no site', async () => {
  await using folder = await aFolder('');
  expect(await examineSite(folder.path)).toEqual([
    expect.objectContaining({ says: expect.stringContaining('has 1 file') }),
  ]);
  await rm(join(folder.path, 'planet.yaml'));
  const says = expect.stringMatching(/^There is no built site in .*; "npm run build" creates it\.$/);
  expect(await examineSite(folder.path)).toEqual([{ level: 'ok', says }]);
});

test('a feed that is held is told with the command that shows why', () => {
  const feed = aFeed();
  const trouble = { outcome: 'held', reason: '51 new entries at once', since: '2026-01-01T00:00:00Z' } as const;
  const holdings = { states: { a: { ...newFeedState(feed.url), trouble } }, byFeed: new Map(), notes: [] };
  const planet = { feeds: [feed] } as unknown as Parameters<typeof examineFeeds>[0];
  expect(examineFeeds(planet, holdings, new Date('2026-01-02'))).toEqual([
    { level: 'warning', says: 'a is held: 51 new entries at once. "npm run planet -- held" lists the entries.' },
  ]);
});

test.for([
  { uses: 'orrery-planet/orrery/.github/workflows/planet.yml@v0.3.0', says: [] },
  { uses: './.github/workflows/planet.yml', says: [] },
  { uses: 'orrery-planet/orrery/.github/workflows/planet.yml@main', says: [] },
  {
    uses: '"fork/of/.github/workflows/planet.yml@v0.2.0" # old',
    says: ['planet.yml calls version 0.2.0, and the engine has version 0.3.0. Write "@v0.3.0" into its "uses:".'],
  },
])('the doctor compares the engine with the workflow: $uses', ({ uses, says }) => {
  const notes = examineWorkflow('planet.yml', `jobs:\n  planet:\n    uses: ${uses}\n`, '0.3.0');
  expect(notes).toEqual(says.map((sentence) => ({ level: 'warning', says: sentence })));
});

test('doctor counts the texts that are not translated', async () => {
  await using folder = await aFolder(planetYaml({ a: 'a.xml' }, 'language: sw\n'));
  await folder.write('messages.yaml', 'site:\n  skip: Nenda kwenye maudhui\n');
  const all = Object.keys(english).length;
  const { stdout } = await run(['scripts/planet.ts', 'doctor'], { PLANET_CONTENT: folder.path });
  expect(stdout).toContain(
    `! ${all - 1} texts of the site are not translated into Swahili: site.archive, site.authors, site.feeds, site.subscribe, site.search and ${all - 6} more. Add to messages.yaml`,
  );
  await folder.write('planet.yaml', planetYaml({ a: 'a.xml' }, 'language: nn-NO\n'));
  expect((await run(['scripts/planet.ts', 'doctor'], { PLANET_CONTENT: folder.path })).stdout).not.toContain('English');
});
