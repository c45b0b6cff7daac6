import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { rss } from './lib/feed-server.ts';
import { aFolder, planetYaml, run } from './lib/planet.ts';

const program = resolve('scripts/orrery.ts');
const orrery = (cwd: string, ...args: string[]) => run([program, ...args], { SOURCE_DATE_EPOCH: '1772000000' }, cwd);

test('a folder that holds planet.yaml is built where it lies, with its own public files', async () => {
  await using folder = await aFolder(planetYaml({ a: 'feed.xml' }));
  await folder.write('feed.xml', rss([{ title: 'First light', link: 'https://a.example/1' }]));
  await folder.write('public/CNAME', 'planet.example\n');
  const built = await orrery(folder.path, 'build');
  expect(built, built.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('1 new') });
  expect(await readFile(join(folder.path, 'dist/index.html'), 'utf8')).toContain('First light');
  expect(await readFile(join(folder.path, 'dist/CNAME'), 'utf8')).toBe('planet.example\n');
  expect((await orrery(folder.path, 'check')).stdout).toContain('1 feed read');
});

test('what cannot be run is told in one sentence', async () => {
  await using folder = await aFolder(planetYaml({ a: 'feed.xml' }));
  const told = async (...args: string[]) => {
    const { code, stderr } = await orrery(folder.path, ...args);
    return [code, stderr.trim()];
  };
  expect(await told('bild')).toEqual([2, 'There is no command "bild". "orrery help" lists all commands.']);
  await writeFile(join(folder.path, 'planet.yaml'), 'title: [');
  expect(await told('build')).toEqual([2, expect.stringMatching(/^planet\.yaml:1:\d+/)]);
  const elsewhere = await run([program, 'build'], {}, join(folder.path, '..'));
  expect(elsewhere).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/^There is no planet\.yaml/) });
});

test('says its version, and which Node it needs', async () => {
  expect((await orrery('.', '--version')).stdout).toBe(`${packageJson.version}\n`);
  const needed = packageJson.engines.node.replace('>=', '');
  expect(await readFile(program, 'utf8')).toContain(`Orrery needs Node ${needed} or newer`);
});
