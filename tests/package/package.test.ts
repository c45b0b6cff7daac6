import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../lib/planet.ts';

let area: string;
let tarball: string;
let files: string[];
const text = (file: string) => readFile(join(area, 'package', file), 'utf8');

beforeAll(async () => {
  area = await mkdtemp(join(tmpdir(), 'orrery-package-'));
  const packed = await run(['scripts/package/pack.ts', '--to', area]);
  [tarball = ''] = packed.stdout.split('\n');
  expect(packed, packed.stderr).toMatchObject({ code: 0 });
  await promisify(execFile)('tar', ['-xzf', tarball], { cwd: area });
  const found = await readdir(join(area, 'package'), { recursive: true, withFileTypes: true });
  files = found.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name).slice(area.length + 9));
});
afterAll(() => rm(area, { recursive: true, force: true }));

test('is small, and holds the engine alone', async () => {
  expect((await stat(tarball)).size).toBeLessThan(1_500_000);
  expect([...new Set(files.map((file) => file.split('/')[0]))].sort()).toEqual(
    'CHANGELOG.md LICENSE README.md astro.config.mjs package.json planet.schema.json public scripts src tsconfig.json'.split(
      ' ',
    ),
  );
  const strangers = /^src\/(?:content|demo)\/|^public\/demo|\.test\.|^scripts\/(?:demo|package)|^scripts\/.*\.ts$/;
  expect(files.filter((file) => strangers.test(file))).toEqual([]);
});

test('says what it needs to run, and nothing that only its developers need', async () => {
  const own = JSON.parse(await readFile('package.json', 'utf8'));
  const packed = JSON.parse(await text('package.json'));
  expect(packed).toMatchObject({ name: own.name, version: own.version, engines: own.engines });
  expect(Object.keys(packed.dependencies)).not.toContain('node');
  for (const key of ['private', 'devDependencies', 'scripts']) expect(packed).not.toHaveProperty(key);
  expect(files).toContain(packed.bin.orrery);
});

test('every import of its programs leads to a file of it, to Node or to a dependency', async () => {
  const { dependencies, optionalDependencies, name } = JSON.parse(await text('package.json'));
  const allowed = new Set([...Object.keys(dependencies), ...Object.keys(optionalDependencies), name]);
  for (const file of files.filter((each) => each.endsWith('.js') || each === 'astro.config.mjs')) {
    const code = (await text(file)).replaceAll(/^\s*(?:\*|\/\/|\/\*).*$/gm, '');
    for (const [, to = ''] of code.matchAll(/(?:from|import\(|^import) ?'([^'\s]+)'/gm)) {
      if (to.startsWith('.')) expect(existsSync(resolve(area, 'package', file, '..', to)), `${file}: ${to}`).toBe(true);
      else if (!isBuiltin(to))
        expect(allowed, file).toContain(to.startsWith('@') ? to.split('/', 2).join('/') : to.split('/')[0]);
    }
    for (const [, to = ''] of code.matchAll(/new URL\('([^']+)', import\.meta\.url\)/g))
      expect(existsSync(resolve(area, 'package', file, '..', to)), `${file}: ${to}`).toBe(true);
  }
});

test('names the commands that an operator has', async () => {
  for (const file of files.filter((each) => /^(?:src|scripts)\//.test(each)))
    expect(await text(file), file).not.toMatch(/npm run|src\/content\/\w/);
});
