import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { planetYaml, run } from '../lib/planet.ts';
import { planetHere } from '../lib/program-here.ts';
import { hasTerminals, runInTerminal } from '../lib/terminal.ts';
import { areaFor } from '../lib/test-folder.ts';

const area = areaFor('create');

const create = (name: string, ...args: string[]) => planetHere(['create', join(area, name), '--no-install', ...args]);
const read = (name: string, file: string) => readFile(join(area, name, file), 'utf8');

test('writes what stands in docs/template', async () => {
  expect(await create('my-planet', '--title', 'A planet')).toMatchObject({ code: 0, stderr: '' });
  const found = await readdir('docs/template', { recursive: true, withFileTypes: true });
  const files = found.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  const names = files.map((file) => file.slice('docs/template/'.length));
  const ofGitHub = '.github/dependabot.yml .github/workflows/planet.yml';
  expect(names.sort().join(' ')).toBe(`${ofGitHub} .gitignore package.json pages/about.mdx planet.yaml`);
  for (const name of names)
    expect(await read('my-planet', name)).toBe(await readFile(join('docs/template', name), 'utf8'));
});

test('the workflow is called at this version, may do what its jobs may, and gets the secrets that they use', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const { jobs } = parse(await readFile('docs/template/.github/workflows/planet.yml', 'utf8'));
  expect(jobs.planet.uses).toMatch(new RegExp(`^[\\w-]+/[\\w-]+/\\.github/workflows/planet\\.yml@v${version}$`));
  const called = parse(await readFile('.github/workflows/planet.yml', 'utf8'));
  for (const job of Object.values<{ permissions: Record<string, string> }>(called.jobs)) {
    for (const [what, how] of Object.entries(job.permissions))
      expect([how, 'write']).toContain(jobs.planet.permissions[what]);
  }
  // "inherit" works only within an organisation: https://github.com/r-universe-org/help/issues/582
  const used = Object.keys(called.on.workflow_call.secrets).map((name) => [name, `\${{ secrets.${name} }}`]);
  expect(jobs.planet.secrets).toEqual(Object.fromEntries(used));
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

test('keeps the .gitignore of a new repository, and adds what it lacks', async () => {
  await mkdir(join(area, 'begun'));
  await writeFile(join(area, 'begun', '.gitignore'), '*.log\nnode_modules/');
  expect(await create('begun')).toMatchObject({ code: 0, stderr: '' });
  expect(await read('begun', '.gitignore')).toBe(
    '*.log\nnode_modules/\n/dist/\n.orrery/\n/archive/\n/planet.yaml.old*\n',
  );
});

test('takes the file of a package from the current folder', async () => {
  await writeFile(join(area, 'engine.tgz'), '');
  expect(await create('local', '--engine', relative('.', join(area, 'engine.tgz')))).toMatchObject({ code: 0 });
  const { dependencies } = JSON.parse(await read('local', 'package.json'));
  expect(Object.values(dependencies)).toEqual([resolve(area, 'engine.tgz')]);
});

test('takes over another planet, and what a title may hold', async () => {
  const opml = (address: string) =>
    `<opml version="2.0"><head><title>Clocks</title></head><body><outline text="Ada" xmlUrl="${address}"/></body></opml>`;
  await writeFile(join(area, 'feeds.opml'), opml('https://ada.example/feed'));
  expect(await create('from', '--from', join(area, 'feeds.opml'))).toMatchObject({ code: 0 });
  const feeds = [{ url: 'https://ada.example/feed' }];
  expect(parse(await read('from', 'planet.yaml'))).toMatchObject({ title: 'Clocks', feeds });
  await writeFile(join(area, 'none.opml'), opml('gopher://a/'));
  const stderr = expect.stringContaining('no feed in it can be followed');
  expect(await create('empty', '--from', join(area, 'none.opml'))).toMatchObject({ code: 1, stderr });
  const title = 'Ada: "clocks" # no\' {x}';
  await create('odd', '--title', title);
  expect(parse(await read('odd', 'planet.yaml'))).toMatchObject({ title, feeds: [] });
  const [, front = ''] = (await read('odd', 'pages/about.mdx')).split('---');
  expect(parse(front)).toMatchObject({ title: 'About this planet' });
});

test.for(['create', 'migrate'])('%s can be repeated after a full disk, and leaves what was there', async (command) => {
  await mkdir(join(area, `full-${command}`, '.git'), { recursive: true });
  await mkdir(join(area, 'clone/src/content'), { recursive: true });
  await writeFile(join(area, 'clone/src/content/planet.yaml'), planetYaml({}));
  const to = join(area, `full-${command}`);
  const args = command === 'create' ? ['create', to, '--no-install'] : ['migrate', join(area, 'clone'), to];
  for (const from of ['3', '6']) {
    const program = ['--import', './tests/lib/fail-writes.ts', 'scripts/planet.ts', ...args];
    const full = await run(program, { FAIL_FROM: from });
    expect(full).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/the disk is full; .*\n$/) });
    expect(await readdir(to)).toEqual(['.git']);
  }
  expect(await planetHere(args)).toMatchObject({ code: 0, stderr: '' });
});

test('says what it cannot make, and writes nothing then', async () => {
  const none = expect.stringMatching(/^--site ada\.example: is not an address/);
  expect(await create('bad', '--site', 'ada.example')).toMatchObject({ code: 2, stderr: none });
  const full = expect.stringMatching(/is not empty/);
  expect(await create('', '--title', 'Clocks')).toMatchObject({ code: 2, stderr: full });
  expect(await readdir(area)).not.toContain('bad');
});

describe.skipIf(!hasTerminals)('at a terminal', () => {
  /** With the lines that are typed when a text is shown. */
  const ask = (name: string, args: string[], answers: Record<string, string | string[]>, TZ = 'Asia/Tokyo') => {
    const lines = Object.entries(answers).flatMap(([shown, typed]) => [typed].flat().map((line) => [shown, line]));
    const command = ['scripts/orrery.ts', 'create', join(area, name), '--no-install', ...args];
    return runInTerminal(command, lines as [string, string][], { TZ });
  };

  test('a newcomer is asked for what is missing, with a default, and again after a slip', async () => {
    const { code, stdout } = await ask('asked', ['--title', 'Clocks'], {
      'path?': ['clocks.example\n', 'https://clocks.example/\n'],
      ...{ 'Its language': '\n', 'time zone': '\n', 'runs it?': 'Ada Ōe\n', 'first blogs': '\n' },
    });
    const to = relative('.', join(area, 'asked'));
    expect(stdout.replace(`"${to}"`, to)).toBe(`Its address, with the path? [https://example.org/] clocks.example
clocks.example is not an address; write it in full: https://example.org/
Its address, with the path? [https://example.org/] https://clocks.example/
Its language (en, fi, pt-BR)? [en]${' '}
The time zone of its days? [Asia/Tokyo]${' '}
Who runs it? [The owner of Clocks] Ada Ōe
The first blogs to follow? Addresses with spaces between them; empty for none.${' '}
Created in ${to}: planet.yaml, pages/about.mdx, package.json, .github/workflows/planet.yml, .github/dependabot.yml, .gitignore.

Next steps:
  cd ${to}
  npm install --ignore-scripts       install the engine
  npx orrery add blog.example.org    follow a blog
  npm run build                      read the feeds, build the site
  npm run preview                    look at it
Then git init --initial-branch=main, commit, and push it to GitHub.
`);
    expect(code).toBe(0);
    const owner = { name: 'Ada Ōe' };
    const made = { title: 'Clocks', site: 'https://clocks.example/', language: 'en', timezone: 'Asia/Tokyo', owner };
    expect(parse(await read('asked', 'planet.yaml'))).toMatchObject({ ...made, feeds: [] });
  });

  test.for([':/etc/localtime', ''])('with TZ=%s the zone of a new planet is UTC', async (TZ) => {
    const name = `zone${TZ.length}`;
    const options = ['--title', 'Clocks', '--site', 'https://clocks.example/', '--language', 'en', '--owner', 'Ada'];
    const { code, stdout } = await ask(name, options, { 'time zone': '\n', 'first blogs': '\n' }, TZ);
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('The time zone of its days? [UTC]');
    expect(parse(await read(name, 'planet.yaml'))).toMatchObject({ timezone: 'UTC' });
  });

  test.for([
    ['Ctrl+C', '\u0003'],
    ['Ctrl+D', '\u0004'],
  ] as const)('who presses %s is told that nothing was written', async ([keys, sent]) => {
    const { stdout, code } = await ask(keys, [], { 'planet?': 'Clocks\n', 'path?': sent });
    expect(stdout).toMatch(/path\? \[https:\/\/example\.org\/\] \nStopped: nothing was written\.\n$/);
    expect(code).toBe(1);
    expect(await readdir(area)).not.toContain(keys);
  });

  test('create asks only for settings that the imported planet lacks, and takes pasted answers', async () => {
    const config = join(area, 'config.ini');
    const planet = '[Planet]\nname = Clocks\nlink = clocks.example\nlocale = pt_BR.UTF-8\nowner_name = Ada\n';
    await writeFile(config, `${planet}owner_email = ada@a.example\n[https://a.example/feed]\nname = A\n`);
    const { stdout, code } = await ask('other', ['--from', config], { 'path?': 'https://clocks.example/\nUTC\n' });
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('Not converted, or only in part: values that are not valid as "site" (clocks.example)');
    expect(parse(await read('other', 'planet.yaml'))).toEqual({
      ...{ title: 'Clocks', description: 'New posts from the blogs that Clocks follows' },
      ...{ site: 'https://clocks.example/', language: 'pt-BR', timezone: 'UTC' },
      owner: { name: 'Ada', email: 'ada@a.example' },
      feeds: [{ id: 'a', title: 'A', url: 'https://a.example/feed', authors: 'feed' }],
    });
  });
});
