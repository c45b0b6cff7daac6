import { cp, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Packages, packages } from '../../lib/engine-packages.ts';
import { rss } from '../../lib/feed-server.ts';
import { execute } from '../../lib/git-remote.ts';
import { planetHere } from '../../lib/program-here.ts';
import { runStep, type Workflow, workflows } from '../../lib/workflows.ts';

const { jobs, permissions } = (await workflows())['planet.yml'] as Workflow;

let engine: Packages;
let remote: string;

beforeAll(async () => {
  engine = await packages();
  remote = join(engine.area, 'remote.git');
  const first = join(engine.area, 'first');
  const given = ['--title', 'Clocks', '--site', 'https://ada.github.io/clocks/'];
  await planetHere(['create', first, '--no-install', ...given]);
  await writeIn(first, 'planet.yaml', (text) =>
    text.replace('feeds: []', 'feeds:\n  - { id: ada, title: Ada, url: feed.xml }'),
  );
  await writeIn(first, 'feed.xml', () => rss([{ title: 'One', link: 'https://ada.example/One' }]));
  await execute('git', ['init', '-q', '--bare', '-b', 'main', remote], engine.area);
  for (const args of ['init -q -b main', 'add .', 'commit -q -m Begin', 'push -q ../remote.git main'])
    await execute('git', args.split(' '), first);
});
afterAll(() => engine[Symbol.asyncDispose]());

async function writeIn(folder: string, name: string, change: (text: string) => string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), change(await readFile(join(folder, name), 'utf8').catch(() => '')));
}

async function aClone(): Promise<string> {
  const clone = await mkdtemp(join(engine.area, 'clone-'));
  await execute('git', ['clone', '--quiet', remote, clone], engine.area);
  await symlink(engine.installed, join(clone, 'node_modules'));
  return clone;
}

/** The engine is what `npx orrery` finds, without npx, whose start takes longer than most commands. */
async function aStep(job: string, step: RegExp, clone: string, given = {}, env = {}) {
  const where = { SOURCE_DATE_EPOCH: '1772000000', ORRERY: 'node_modules/.bin/orrery', ...env };
  const ran = await runStep(jobs[job], step, clone, { 'github.token': '', ...given }, where);
  return { ...ran, all: ran.stdout + ran.stderr };
}

/** The archive's part of a run: reads what the blog says, and keeps it. */
async function aRun(blog: string[], meanwhile = async () => {}): Promise<string> {
  const clone = await aClone();
  const laid = await aStep('build', /^Pull the archive/, clone);
  expect(laid, laid.all).toMatchObject({ code: 0 });
  await writeIn(clone, 'feed.xml', () => rss(blog.map((title) => ({ title, link: `https://ada.example/${title}` }))));
  expect(await aStep('build', /ORRERY snapshot/, clone)).toMatchObject({ code: 0 });
  const { outputs } = await aStep('build', /^Compare the archive/, clone);
  if (outputs['changed'] !== 'true') return 'unchanged';
  const temp = await mkdtemp(join(engine.area, 'temp-'));
  await cp(join(clone, 'archive'), join(temp, 'archive'), {
    recursive: true,
    filter: (path) => !/\/\.[^/]*$/.test(path.slice(clone.length)),
  });
  await meanwhile();
  const base = { 'needs.build.outputs.base': laid.outputs['base'] ?? '' };
  const kept = await aStep('keep', /^Commit the archive/, await aClone(), base, { RUNNER_TEMP: temp });
  expect(kept, kept.all).toMatchObject({ code: 0 });
  return kept.stdout.trim();
}

async function kept(): Promise<string[]> {
  const { stdout } = await execute('git', ['show', 'archive:2026-01.ndjson'], remote);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).title)
    .sort();
}

test('each job may do its own thing alone, and none with a token runs a script of a package', () => {
  expect(permissions).toEqual({});
  const given = Object.entries(jobs).map(([name, job]) => [name, job.permissions]);
  expect(Object.fromEntries(given)).toEqual({
    check: { contents: 'read' },
    build: { contents: 'read', pages: 'read' },
    keep: { contents: 'write' },
    deploy: { contents: 'read', pages: 'write', 'id-token': 'write' },
    hook: {},
    upload: { contents: 'read' },
    ping: { contents: 'read' },
    tell: { contents: 'read', issues: 'write' },
    keepalive: { actions: 'write' },
  });
  for (const { run: command = '' } of Object.values(jobs).flatMap(({ steps }) => steps ?? []))
    if (/\bnpm\b/.test(command)) expect(command).toMatch(/^npm \$\(.*\) --ignore-scripts --no-audit --no-fund$/);
});

test('libraries are installed with a lock file, also of a folder above, and without one', async () => {
  const folder = await mkdtemp(join(engine.area, 'install-'));
  await writeIn(folder, 'package.json', () => '{ "name": "mine" }');
  await mkdir(join(folder, 'planet'));
  const install = () => aStep('build', /^npm/, join(folder, 'planet'));
  const without = await install();
  expect(without, without.all).toMatchObject({ code: 0 });
  expect(await readdir(folder)).toContain('package-lock.json');
  await writeIn(folder, 'package.json', () => '{ "name": "mine", "dependencies": { "other": "file:planet" } }');
  expect((await install()).all).toContain('npm ci` can only install packages when');
});

test('npm’s cache is used only where a lock file names what is in it', () => {
  const caches = Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap((step) => step.with?.['cache'] ?? []));
  expect(caches.length).toBeGreaterThan(3);
  for (const cache of caches) expect(cache).toMatch(/^\$\{\{ hashFiles\('package-lock\.json'\) && 'npm' \|\| '' \}\}$/);
});

test('begins the archive, keeps news, hands over nothing where nothing is new, and joins two runs at once', {
  timeout: 300_000,
}, async () => {
  await aRun(['One']);
  expect(await kept()).toEqual(['One']);
  expect(await aRun(['One'])).toBe('unchanged');
  await aRun(['One', 'Two'], async () => void (await aRun(['One', 'Other'])));
  expect(await kept()).toEqual(['One', 'Other', 'Two']);
});

test('builds the site, and stops before it is published where the address is not the planet’s', async () => {
  const clone = await aClone();
  await aStep('build', /^Pull the archive/, clone);
  await aStep('build', /ORRERY snapshot/, clone);
  // A pull request builds it too.
  for (const [job, step] of [['check', /^Build/] as const, ['build', /ORRERY site/] as const]) {
    const built = await aStep(job, step, clone, {}, { PLANET_DIST: 'dist' });
    expect(built, built.all).toMatchObject({ code: 0 });
    expect(await readdir(join(clone, 'dist'))).toContain('index.html');
  }
  const given = { 'steps.pages.outputs.served': 'http://clocks.test/' };
  const said = /^planet\.yaml:12: Nothing was published: .*write: site: https:\/\/clocks\.test\/ .*$/m;
  const stopped = await aStep('build', /^Stop if/, clone, given, { ORRERY: 'npx orrery' });
  expect(stopped).toMatchObject({ code: 1, stderr: expect.stringMatching(said) });
});

test('a pull request is tried: a bad feed, and a bad page', async () => {
  const clone = await aClone();
  expect(await aStep('check', /^Build/, clone)).toMatchObject({ code: 0, all: '' });
  await execute('git', ['commit', '--quiet', '--allow-empty', '--message', 'The pull request'], clone);
  await writeIn(clone, 'planet.yaml', (text) => `${text}  - { id: bob, title: Bob, url: none.xml }\n`);
  await writeIn(clone, 'pages/about.mdx', (text) => `${text}\nHello <!-- a comment -->\n`);
  const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(engine.area, 'summary.md') };
  const { code, all } = await aStep('check', /^Check the changed/, clone, {}, env);
  expect(code).toBeGreaterThan(0);
  expect(all).toMatch(/^::error file=planet\.yaml,line=\d+/m);
  expect(all).toMatch(/^::error file=pages\/about\.mdx,line=\d+,col=7,title=[^:]*::MDX has no HTML comments/m);
});
