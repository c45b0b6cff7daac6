import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rss } from './lib/feed-server.ts';
import { execute } from './lib/git-remote.ts';
import { planetYaml, run } from './lib/planet.ts';
import { areaFor } from './lib/test-folder.ts';

const root = resolve(import.meta.dirname, '..');
/** The project once more, with a planet of its own. It stands inside the project, so that it finds the same libraries. */
const project = join(root, '.orrery/tests/any-folder');
/** Where the programs are started: another folder, which holds nothing. */
const elsewhere = areaFor('elsewhere');

beforeAll(async () => {
  await rm(project, { recursive: true, force: true });
  const own = join(root, 'src/content');
  for (const name of ['scripts', 'src', 'package.json'])
    await cp(join(root, name), join(project, name), { recursive: true, filter: (path) => path !== own });
  const content = join(project, 'src/content');
  await mkdir(join(content, 'feeds'), { recursive: true });
  await writeFile(join(content, 'planet.yaml'), planetYaml({ a: 'feeds/a.xml' }));
  await writeFile(join(content, 'feeds/a.xml'), rss([{ title: 'Hello', link: 'https://t.example/1' }]));
  for (const args of ['init -q --bare remote.git', 'init -q', `remote add origin ${join(project, 'remote.git')}`])
    await execute('git', args.split(' '), project);
});
afterAll(() => rm(project, { recursive: true, force: true }));

const start = (program: string, ...args: string[]) =>
  execute(process.execPath, [join(project, 'scripts', program), ...args], elsewhere);

test('programs find the engine, the operator’s folder and its repository from wherever they are started', async () => {
  expect((await start('planet.ts', 'check')).stdout).toContain('a: 1 entry');
  expect((await start('snapshot.ts')).stdout).toContain('1 entry: 1 new');
  expect(await readdir(join(project, 'src/content/archive'))).toContain('ledger.json');
  expect(await start('archive.ts', 'push')).toMatchObject({ code: 0, stderr: '' });
  expect((await start('planet.ts', 'doctor')).stdout).toContain('The archive has 1 entry');
  const dist = relative(elsewhere, join(project, 'dist'));
  expect((await start('planet.ts', 'preview')).stderr).toBe(
    `There is no built site in ${dist}: run "npm run build" first.\n`,
  );
  expect(await readdir(elsewhere)).toEqual([]);
});

test('relative paths in environment variables begin at the current folder', async () => {
  const env = { PLANET_CONTENT: relative(elsewhere, join(project, 'src/content')) };
  expect((await run([join(root, 'scripts/planet.ts'), 'export', 'csv'], env, elsewhere)).stdout).toContain('Feed a');
});
