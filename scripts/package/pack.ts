/**
 * `npm run pack`: makes the npm packages of this repository, and prints their files: the engine, and the starter that
 * `npm create` runs. Node runs no TypeScript below `node_modules`, so what Node runs is compiled; what Vite compiles into a site
 * (`src`) goes along as it is. Name and version are those of package.json.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import packageJson from '../../package.json' with { type: 'json' };
import { root } from '../../src/archive/environment.ts';
import { print } from '../cli.ts';
import { inPackage } from './package-text.ts';

const { values } = parseArgs({ options: { to: { type: 'string', default: root }, version: { type: 'string' } } });
/** As Node itself strips types, but with the endings of imports changed. */
const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
};
const NOT_PACKED = ['src/content', 'src/demo'].map((name) => join(root, name));

mkdirSync(join(root, '.orrery'), { recursive: true });
mkdirSync(values.to, { recursive: true });
const area = mkdtempSync(join(root, '.orrery', 'package-'));
const [stage, starter] = [join(area, 'engine'), join(area, 'starter')];
try {
  layEngine();
  layStarter();
  for (const folder of [stage, starter]) print(pack(folder));
} finally {
  rmSync(area, { recursive: true });
}

function layEngine(): void {
  for (const name of ['src', 'public'])
    cpSync(join(root, name), join(stage, name), { recursive: true, filter: (path) => !NOT_PACKED.includes(path) });
  for (const name of ['LICENSE', 'README.md', 'CHANGELOG.md', 'tsconfig.json'])
    cpSync(join(root, name), join(stage, name));
  compile();
  const config = readFileSync(join(root, 'astro.config.mjs'), 'utf8');
  writeFileSync(join(stage, 'astro.config.mjs'), config.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  // Where an editor looks for it, whatever the engine's own files are called.
  for (const schema of globSync('src/*/planet.schema.json', { cwd: root }))
    cpSync(join(root, schema), join(stage, 'planet.schema.json'));
  const { dependencies, optionalDependencies, engines } = packageJson;
  const needs = { dependencies, optionalDependencies };
  writeManifest(stage, { ...manifest(), engines, bin: { orrery: 'scripts/orrery.js' }, ...needs });
}

/** `npm create orrery-planet` runs it, and it runs the engine's own `create`. */
function layStarter(): void {
  const { name, version, ...more } = manifest();
  cpSync(join(root, 'LICENSE'), join(starter, 'LICENSE'));
  const run = `#!/usr/bin/env node\nprocess.argv.splice(2, 0, 'create');\nawait import('${name}/scripts/orrery.js');\n`;
  writeFileSync(join(starter, 'create.js'), run);
  const bin = { [`create-${name}`]: 'create.js' };
  writeManifest(starter, { ...more, name: `create-${name}`, version, bin, dependencies: { [name]: version } });
}

/** Compiles the programs, and what they import of `src`, each beside its source. */
function compile(): void {
  const programs = globSync('scripts/**/*.ts', { cwd: root, exclude: ['scripts/package/**', 'scripts/demo.ts'] });
  const sources = new Set([...programs, ...importsOf('astro.config.mjs')]);
  for (const file of sources) {
    for (const imported of importsOf(file)) sources.add(imported);
    const { outputText } = ts.transpileModule(readFileSync(join(root, file), 'utf8'), { compilerOptions });
    const compiled = join(stage, file.replace(/ts$/, 'js'));
    mkdirSync(dirname(compiled), { recursive: true });
    writeFileSync(compiled, outputText);
  }
  for (const file of globSync('{scripts,src}/**/*.{js,ts,astro,yaml}', { cwd: stage }))
    writeFileSync(join(stage, file), inPackage(file, readFileSync(join(stage, file), 'utf8')));
}

/** The repository's own files that one imports, as Node does: of a type alone there is nothing to import. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(/^(?:import (?!type)|\} |export )[^;]*?from '(\..*\.ts)';|\bimport\('(\..*\.ts)'\)/gm);
  return Array.from(found, ([, name = '', later = name]) => join(dirname(file), later)).filter((each) =>
    each.endsWith('.ts'),
  );
}

/** What a package says of itself: what only its developers need is not in it. */
function manifest() {
  const { name, version, description, license, repository, type } = packageJson;
  return { name, version: values.version ?? version, description, license, repository, type };
}

function writeManifest(folder: string, manifest: object): void {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

function pack(folder: string): string {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', values.to];
  const told = execFileSync('npm', args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
  return join(values.to, JSON.parse(told)[0].filename);
}
