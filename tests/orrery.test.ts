import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { aFolder, planetYaml, run } from './lib/planet.ts';
import { programHere } from './lib/program-here.ts';

const program = resolve('scripts/orrery.ts');
const orrery = (cwd: string, ...args: string[]) => run([program, ...args], { SOURCE_DATE_EPOCH: '1772000000' }, cwd);
/** The same, but `build` starts processes of its own, which print by themselves. */
const here = (cwd: string, ...args: string[]) =>
  args.includes('build') ? orrery(cwd, ...args) : programHere(['scripts/orrery.ts', ...args], {}, cwd);

test('a command that cannot run ends with one sentence', async () => {
  await using folder = await aFolder(planetYaml({ a: 'feed.xml' }));
  const told = async (...args: string[]) => {
    const { code, stderr } = await orrery(folder.path, ...args);
    return [code, stderr.trim()];
  };
  expect(await told('bild')).toEqual([2, 'There is no command "bild". "npm run planet -- help" lists all commands.']);
  await writeFile(join(folder.path, 'planet.yaml'), 'title: [');
  expect(await told('build')).toEqual([2, expect.stringMatching(/^planet\.yaml:1:\d+/)]);
  const nowhere = join(folder.path, 'pages');
  await mkdir(nowhere);
  for (const [env, cwd] of [
    [{}, nowhere],
    [{ PLANET_CONTENT: nowhere }, folder.path],
  ] as const) {
    const elsewhere = await run([program, 'build'], env, cwd);
    const stderr = expect.stringMatching(
      /^There is no planet\.yaml in .*[\\/]pages\. Go to the folder of your planet\.\n$/,
    );
    expect(elsewhere).toMatchObject({ code: 2, stdout: '', stderr });
  }
  await rm(join(folder.path, 'planet.yaml'));
  await mkdir(join(folder.path, 'planet.yaml'));
  expect(await told('add', 'ada.example')).toEqual([2, 'planet.yaml: it is a folder']);
});

test('says its version, and which Node it needs', async () => {
  expect((await orrery('.', '--version')).stdout).toBe(`${packageJson.version}\n`);
  const needed = packageJson.engines.node.replace('>=', '');
  expect(await readFile(program, 'utf8')).toContain(`Orrery needs Node ${needed} or newer`);
});

test('a wrong command is exit code 2, in one line', async () => {
  await using folder = await aFolder(planetYaml({ a: 'feed.xml' }));
  for (const args of [
    ...['snapshot', 'site', 'build', 'ping', 'check', 'archive'].map((name) => [name, '--nonsense']),
    ...['snapshot', 'ping', 'held'].map((name) => [name, 'more']),
    ...[
      ['add'],
      ['export', 'xml'],
      ['archive', 'pull', '--remote'],
      ['archive', 'forget'],
      ['archive', 'nonsense'],
      ['address', 'nonsense'],
      ['parse', 'x', '--url', 'y'],
    ],
  ]) {
    const { code, stdout, stderr } = await here(folder.path, ...args);
    expect({ code, stdout, lines: stderr.trim().split('\n').length }, args.join(' ')).toEqual({
      code: 2,
      stdout: '',
      lines: 1,
    });
  }
});

test('help is shown in any folder, and runs nothing', async () => {
  await using folder = await aFolder('');
  await rm(join(folder.path, 'planet.yaml'));
  for (const args of [
    ['snapshot', '--help'],
    ['site', '-h'],
    ['help', 'ping'],
    ['build', '--help'],
    ['help', 'archive'],
  ]) {
    const { code, stdout, stderr } = await here(folder.path, ...args);
    expect({ code, stderr }, args.join(' ')).toEqual({ code: 0, stderr: '' });
    const [program = ''] = args.filter((arg) => !/help|-h/.test(arg));
    expect(stdout).toMatch(new RegExp(`npm run ${program === 'build' ? 'snapshot' : program}`));
  }
  expect(await readdir(folder.path)).toEqual([]);
  expect((await orrery(folder.path, '-h')).stdout).toMatch(/^npm run planet -- COMMAND/);
});
