import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { withLock } from '../../scripts/disk/lock.ts';
import type { Entry } from '../../src/core/entry.ts';
import { archiveOf, post, withLedger } from '../lib/builders.ts';
import { hashes, planetYaml, type Ran, run, siteOf, surroundings } from '../lib/planet.ts';
import { copyOfProject, type Project } from '../lib/project-copy.ts';
import { isEntryPath, pagesOf } from '../lib/site.ts';
import { areaFor } from '../lib/test-folder.ts';
import { mayMount, tinyDisk } from '../lib/tiny-disk.ts';

/** A project whose engine somebody has changed, without a word to what builds the site. */
let project: Project;
const area = areaFor('engine');
const [folder, dist] = [join(area, 'content'), join(area, 'dist')];
/** Where what is compiled lies. */
let apps: string;

const entries = [post('one'), post('two', { title: '', summary: '' })];
/** By title of an entry, how its page fails. */
const FAILURES = {
  'It throws': `throw new Error('On purpose')`,
  'It is empty': `return new Response('')`,
  'It is not there': `return new Response(null, { status: 404 })`,
  'It ignores an error': `await getLiveEntry('counts', 'nonsense')`,
};

const ENTRY_PAGE = 'src/pages/[year]/[month]/[day]/[slug].astro';
const TOTAL = `---
import { totalOf } from '../core/periods.ts';
import { get } from '../data/queries.ts';
---

<p>The planet holds {totalOf(await get('counts', 'all'))} entries.</p>
`;

beforeAll(async () => {
  await mkdir(join(area, 'archive'));
  await mkdir(folder);
  // An archive may lie elsewhere; with a style of the operator's own, all that lies beside it is looked at.
  await symlink(join(area, 'archive'), join(folder, 'archive'));
  await writeFile(join(folder, 'theme.css'), ':root { --brass: #123456; }\n');
  await mkdir(join(folder, 'pages'));
  await writeFile(join(folder, 'pages/rules.mdx'), '---\ntitle: Rules\ndescription: D\n---\n\nBe kind.\n');
  project = await copyOfProject();
  apps = join(project.path, '.orrery', 'app');
  await project.write('src/components/Total.astro', TOTAL);
  const imports = `import Total from '../../../../components/Total.astro';\nimport { getLiveEntry } from 'astro:content';`;
  const failures = Object.entries(FAILURES).map(([when, code]) => `if (title === '${when}') ${code};`);
  await project.replace(ENTRY_PAGE, '---\n', `---\n${imports}\n`);
  await project.replace(ENTRY_PAGE, 'title } = shown;', `$&\n${failures.join('\n')}`);
  await project.replace(ENTRY_PAGE, '<Body shown', '<Total /><Body shown');
  await project.replace(
    'src/live.config.ts',
    '  try {\n',
    `$&if (filter === 'nonsense') throw new Error('There is no such period');\n`,
  );
});
afterAll(() => project[Symbol.asyncDispose]());

const where = siteOf(folder, dist);

async function writePlanet(list: readonly Entry[], rules = ''): Promise<void> {
  await writeFile(join(folder, 'planet.yaml'), planetYaml({ a: 'a.xml' }, rules));
  for (const [name, text] of withLedger(archiveOf(list, { a: {} })))
    await writeFile(join(folder, 'archive', name), text);
}

async function build(list: readonly Entry[] = entries, rules = '', env: Record<string, string> = {}): Promise<Ran> {
  await writePlanet(list, rules);
  return run(['scripts/site.ts'], { ...where, ...env }, project.path);
}

async function entryPages(): Promise<string[]> {
  const pages = await pagesOf(dist);
  return pages.filter(({ path }) => isEntryPath(path)).map(({ html }) => html);
}

/** All that a build says where nothing is wrong. */
const WELL = { code: 0, stdout: expect.stringMatching(/^site: .*\nsearch: .*\n$/), stderr: '' };

test('`astro build` makes the whole site, when no other compilation uses its folders, and what Node kept of other pages goes', async () => {
  const kept = join(area, '.orrery/compiled/v22.0.0-x64');
  await mkdir(kept, { recursive: true });
  await writeFile(join(kept, '0a1b2c3d.cache'), 'of an older page');
  await writePlanet(entries);
  const building = spawn(process.execPath, [resolve('node_modules/astro/bin/astro.mjs'), 'build'], {
    cwd: project.path,
    env: { ...surroundings, ...where, ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(building, 'exit');
  let stderr = '';
  building.stderr.on('data', (text) => {
    stderr += text;
  });
  await withLock(join(project.path, '.astro'), () =>
    vi.waitFor(() => expect(stderr).toContain('Waiting. Another compilation is running'), 60_000),
  );
  expect((await ended)[0], stderr).toBe(0);
  expect(await readdir(kept)).toEqual([]);
});

test('a page that prints the total of the planet prints it anew when one entry comes', async () => {
  for (const html of await entryPages()) expect(html).toContain('The planet holds 2 entries.');
  await writeFile(join(folder, '.of-some-tool'), 'It does not go into any page.');
  expect(await build([...entries, post('three')])).toMatchObject(WELL);
  expect(await readdir(apps)).toHaveLength(1);
  const pages = await entryPages();
  expect(pages).toHaveLength(3);
  for (const html of pages) expect(html).toContain('The planet holds 3 entries.');
});

test.each(Object.keys(FAILURES))('a page stops the run and is named, and the last site stays: %s', async (title) => {
  const before = await hashes(dist);
  const { code, stderr } = await build([...entries, post('bad', { title })]);
  expect(code).not.toBe(0);
  expect(stderr).toContain('The page /2026/01/23/bad/ ');
  // A mistake that only our own code can make keeps its trace.
  expect(/^ +at /m.test(stderr)).toBe(title === 'It ignores an error');
  expect(await hashes(dist)).toEqual(before);
});

test('rules that hide all entries stop the run, and the last site stays', async () => {
  const before = await hashes(dist);
  const { code, stderr } = await build(entries, 'hide:\n  entries: [/2026/01/23/one/, /2026/01/23/two/]\n');
  expect(code).toBe(1);
  expect(stderr).toContain('There is nothing to publish: the rules of planet.yaml hide all 2 entries');
  expect(await hashes(dist)).toEqual(before);
});

test('files of public/ are published as they are now', async () => {
  await project.write('public/_headers', '/*\n  X-Another: one\n');
  await project.write('public/more.txt', 'One more');
  expect(await build()).toMatchObject(WELL);
  expect(await readFile(join(dist, '_headers'), 'utf8')).toContain('X-Another');
  expect(await readdir(dist)).toContain('more.txt');
  await rm(join(project.path, 'public', 'more.txt'));
  expect(await build()).toMatchObject(WELL);
  expect(await readdir(dist)).not.toContain('more.txt');
});

test.each([
  ['archive', 'archive', '/archive/'],
  ['atom.xml/x', 'atom.xml', '/atom.xml'],
])('a file public/%s, which leaves a page no place, is named', async (file, name, page) => {
  const before = await hashes(dist);
  await mkdir(dirname(join(project.path, 'public', file)), { recursive: true });
  await project.write(`public/${file}`, 'x');
  const stderr = `public/${name} is in the way of the page ${page}; give it another name.\n`;
  expect(await build()).toMatchObject({ code: 1, stderr });
  expect(await hashes(dist)).toEqual(before);
  await rm(join(project.path, 'public', name), { recursive: true });
});

test('a damaged or incomplete app is compiled again, and makes to the byte what that of `astro build` made', async () => {
  const before = await hashes(dist);
  const [app = ''] = await readdir(apps);
  const [chunk = ''] = await readdir(join(apps, app, 'server', 'chunks'));
  await truncate(join(apps, app, 'server', 'chunks', chunk), 100);
  const killAt = { NODE_OPTIONS: `--import ${join(import.meta.dirname, '../lib/kill-at.ts')}`, KILL_AT: '1300' };
  const killed = await build(entries, '', killAt);
  expect(killed.code).toBe(1);
  expect(killed.stderr).toContain('is damaged: removed, and built again');
  expect(killed.stderr).toMatch(/^Astro was stopped \(SIGKILL\) .*too little memory/m);
  expect(await hashes(dist)).toEqual(before);
  await rm(dist, { recursive: true });
  expect(await build()).toMatchObject(WELL);
  expect(await hashes(dist)).toEqual(before);
});

test.skipIf(!mayMount)('a disk that is full while the pages are compiled is one sentence', async () => {
  const aside = `${apps}-aside`;
  await rename(apps, aside);
  {
    using disk = tinyDisk(300_000);
    await symlink(disk.path, apps);
    const { code, stderr } = await build();
    const sentence = `${apps} cannot be written: the disk is full; free some space and run it again. Nothing that was there before is lost.\n`;
    expect({ code, stderr }).toEqual({ code: 1, stderr: sentence });
    await rm(apps);
  }
  await rename(aside, apps);
});

test.skipIf(!mayMount)('an engine that this user may not change is one sentence', async () => {
  const [own, aside, appsAside] = [join(project.path, '.astro'), `${apps}-astro`, `${apps}-aside`];
  await rename(own, aside);
  await rename(apps, appsAside);
  {
    using disk = tinyDisk(16_384);
    disk.makeReadOnly();
    await symlink(disk.path, own);
    const { code, stderr } = await build();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^Astro keeps files in \S+\.astro, .*\n$/),
    });
    await rm(own);
    await rm(apps, { recursive: true });
  }
  await rename(aside, own);
  await rename(appsAside, apps);
});

test('with another word in its code the site says the other word', async () => {
  expect((await entryPages()).join()).toContain('Untitled');
  await project.replace('src/i18n/en.ts', "'Untitled'", "'Nameless'");
  expect(await build()).toMatchObject(WELL);
  expect((await entryPages()).join()).toContain('Nameless');
  expect((await entryPages()).join()).not.toContain('Untitled');
});
