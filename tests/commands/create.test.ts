import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { run } from '../lib/planet.ts';

let area: string;
beforeAll(async () => {
  area = await mkdtemp(join(tmpdir(), 'orrery-create-'));
});
afterAll(() => rm(area, { recursive: true, force: true }));

const create = (name: string, ...args: string[]) =>
  run(['scripts/orrery.ts', 'create', join(area, name), '--no-install', ...args]);
const read = (name: string, file: string) => readFile(join(area, name, file), 'utf8');

test('writes what stands in docs/template', async () => {
  expect(await create('my-planet', '--title', 'A planet')).toMatchObject({ code: 0, stderr: '' });
  const files = (await readdir('docs/template', { recursive: true, withFileTypes: true })).filter((file) =>
    file.isFile(),
  );
  const names = files.map((file) => join(file.parentPath, file.name).slice('docs/template/'.length));
  expect(names.sort()).toEqual([
    '.github/dependabot.yml',
    '.github/workflows/planet.yml',
    '.gitignore',
    'package.json',
    'pages/about.mdx',
    'planet.yaml',
  ]);
  for (const name of names)
    expect(await read('my-planet', name)).toBe(await readFile(join('docs/template', name), 'utf8'));
});

test('the workflow is called at this version, and may do what its jobs may', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const { jobs } = parse(await readFile('docs/template/.github/workflows/planet.yml', 'utf8'));
  expect(jobs.planet.uses).toMatch(new RegExp(`^[\\w-]+/[\\w-]+/\\.github/workflows/planet\\.yml@v${version}$`));
  const called = parse(await readFile('.github/workflows/planet.yml', 'utf8'));
  for (const job of Object.values<{ permissions: Record<string, string> }>(called.jobs)) {
    for (const [what, how] of Object.entries(job.permissions))
      expect([how, 'write']).toContain(jobs.planet.permissions[what]);
  }
});

test('one pull request upgrades the package and the workflow: one group has both, by the names that the files have', async () => {
  const template = (file: string) => readFile(join('docs/template', file), 'utf8');
  const groups = parse(await template('.github/dependabot.yml'));
  const { jobs } = parse(await template('.github/workflows/planet.yml'));
  const [engine] = Object.keys(JSON.parse(await template('package.json')).dependencies);
  expect(Object.keys(groups['multi-ecosystem-groups'])).toEqual(['orrery']);
  expect(groups.updates).toMatchObject([
    { 'package-ecosystem': 'npm', patterns: [engine], 'multi-ecosystem-group': 'orrery' },
    { 'package-ecosystem': 'github-actions', 'multi-ecosystem-group': 'orrery' },
  ]);
  // Dependabot names a workflow by its repository, or by its whole path.
  const [pattern = ''] = groups.updates[1].patterns;
  expect(pattern.at(-1)).toBe('*');
  expect(jobs.planet.uses.split('/', 2).join('/')).toBe(pattern.slice(0, -1));
});

test('takes over another planet, and what a title may hold', async () => {
  await writeFile(
    join(area, 'feeds.opml'),
    '<opml version="2.0"><head><title>Clocks</title></head><body><outline text="Ada" xmlUrl="https://ada.example/feed"/></body></opml>',
  );
  expect(await create('from', '--from', join(area, 'feeds.opml'))).toMatchObject({ code: 0 });
  expect(parse(await read('from', 'planet.yaml'))).toMatchObject({
    title: 'Clocks',
    feeds: [{ url: 'https://ada.example/feed' }],
  });
  const title = 'Ada: "clocks" # no\' {x}';
  await create('odd', '--title', title);
  expect(parse(await read('odd', 'planet.yaml'))).toMatchObject({ title, feeds: [] });
  expect(parse((await read('odd', 'pages/about.mdx')).split('---')[1] ?? '')).toMatchObject({
    title: 'About this planet',
  });
});

test('says what it cannot make, and writes nothing then', async () => {
  expect(await create('bad', '--site', 'ada.example')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^--site ada\.example: is not an address/),
  });
  expect(await create('', '--title', 'Clocks')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/is not empty/),
  });
  expect(await readdir(area)).not.toContain('bad');
});
