import { mkdir, readdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rss } from './lib/feed-server.ts';
import { execute } from './lib/git-remote.ts';
import { planetYaml, run } from './lib/planet.ts';
import { copyOfProject, type Project } from './lib/project-copy.ts';
import { areaFor } from './lib/test-folder.ts';

/** The project once more, with a planet of its own. */
let project: Project;
/** Where the programs are started: another folder, which holds nothing. */
const elsewhere = areaFor('elsewhere');

beforeAll(async () => {
  project = await copyOfProject();
  await mkdir(join(project.path, 'src/content/feeds'), { recursive: true });
  await project.write('src/content/planet.yaml', planetYaml({ a: 'feeds/a.xml' }));
  await project.write('src/content/feeds/a.xml', rss([{ title: 'Hello', link: 'https://t.example/1' }]));
  const remote = join(project.path, 'remote.git');
  for (const args of ['init -q --bare remote.git', 'init -q', `remote add origin ${remote}`])
    await execute('git', args.split(' '), project.path);
});
afterAll(() => project[Symbol.asyncDispose]());

const start = (program: string, ...args: string[]) =>
  execute(process.execPath, [join(project.path, 'scripts', program), ...args], elsewhere);

test('programs find the engine, the operator’s folder and its repository from wherever they are started', async () => {
  expect((await start('planet.ts', 'check')).stdout).toContain('a: 1 entry');
  expect((await start('snapshot.ts')).stdout).toContain('1 entry: 1 new');
  expect(await readdir(join(project.path, 'src/content/archive'))).toContain('ledger.json');
  expect(await start('archive.ts', 'push')).toMatchObject({ code: 0, stderr: '' });
  expect((await start('planet.ts', 'doctor')).stdout).toContain('The archive has 1 entry');
  const dist = relative(elsewhere, join(project.path, 'dist'));
  expect((await start('planet.ts', 'preview')).stderr).toBe(
    `There is no built site in ${dist}: run "npm run build" first.\n`,
  );
  expect(await readdir(elsewhere)).toEqual([]);
});

test('relative paths in environment variables begin at the current folder', async () => {
  const env = { PLANET_CONTENT: relative(elsewhere, join(project.path, 'src/content')) };
  expect((await run([resolve('scripts/planet.ts'), 'export', 'csv'], env, elsewhere)).stdout).toContain('Feed a');
});
