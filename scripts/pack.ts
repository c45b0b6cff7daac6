/**
 * `npm run pack`: builds the two npm packages, the engine and the starter for `npm create`, and prints their file
 * names. Node runs no TypeScript below `node_modules`
 * (https://nodejs.org/api/typescript.html#type-stripping-in-dependencies), so the programs are compiled. `src` is
 * packed unchanged, as Vite compiles it. Name and version come from package.json.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { OPERATOR_FOLDERS, root } from '../src/archive/environment.ts';
import { print } from './cli.ts';

const { values } = parseArgs({ options: { to: { type: 'string', default: root }, version: { type: 'string' } } });
/** Replacements for sentences: the commands and the paths that an operator of the package has. */
const OPERATOR_WORDS: readonly [RegExp, string][] = [
  [/npm run (?:--silent )?planet -- /g, 'npx orrery '],
  [/npm run planet --/g, 'npx orrery'],
  [/npm run archive -- /g, 'npx orrery archive '],
  [/npm run (snapshot|site|build|preview|dev|ping)(?: --)?(?=[\s"'.,;`<])/g, 'npx orrery $1'],
  [/\bsrc\/content\/(?=archive|planet|pages|theme|public|avatars)/g, ''],
];
const NOT_PACKED = OPERATOR_FOLDERS.map((name) => join(root, name));

mkdirSync(join(root, '.orrery'), { recursive: true });
mkdirSync(values.to, { recursive: true });
const area = mkdtempSync(join(root, '.orrery', 'package-'));
const [stage, starter] = [join(area, 'engine'), join(area, 'starter')];
try {
  writeEngine();
  writeStarter();
  for (const folder of [stage, starter]) print(pack(folder));
} finally {
  rmSync(area, { recursive: true });
}

function writeEngine(): void {
  for (const name of ['src', 'public', 'docs/template'])
    cpSync(join(root, name), join(stage, name), { recursive: true, filter: (path) => !NOT_PACKED.includes(path) });
  for (const name of ['LICENSE', 'README.md', 'CHANGELOG.md', 'tsconfig.json'])
    cpSync(join(root, name), join(stage, name));
  compile();
  writeFileSync(join(stage, 'astro.config.mjs'), withJs(readFileSync(join(root, 'astro.config.mjs'), 'utf8')));
  // At the root of the package: `planet.yaml` names this path for editors.
  for (const schema of globSync('src/*/planet.schema.json', { cwd: root }))
    cpSync(join(root, schema), join(stage, 'planet.schema.json'));
  const { dependencies, optionalDependencies, engines } = packageJson;
  const bin = { orrery: 'scripts/orrery.js' };
  writePackageFile(stage, { ...manifest(), engines, bin, dependencies, optionalDependencies });
}

/** The package that `npm create orrery-planet` runs. */
function writeStarter(): void {
  const { name, version, ...more } = manifest();
  cpSync(join(root, 'LICENSE'), join(starter, 'LICENSE'));
  const run = `#!/usr/bin/env node\nprocess.argv.splice(2, 0, 'create');\nawait import('${name}/scripts/orrery.js');\n`;
  writeFileSync(join(starter, 'create.js'), run);
  const bin = { [`create-${name}`]: 'create.js' };
  writePackageFile(starter, { ...more, name: `create-${name}`, version, bin, dependencies: { [name]: version } });
}

function compile(): void {
  const programs = globSync('scripts/**/*.ts', { cwd: root, exclude: ['scripts/{pack,demo}.ts'] });
  const sources = new Set([...programs, ...importsOf('astro.config.mjs')]);
  for (const file of sources) {
    for (const imported of importsOf(file)) sources.add(imported);
    const code = stripTypeScriptTypes(readFileSync(join(root, file), 'utf8'));
    const compiled = join(stage, file.replace(/ts$/, 'js'));
    mkdirSync(dirname(compiled), { recursive: true });
    writeFileSync(compiled, withJs(code));
  }
  for (const file of globSync('{scripts,src}/**/*.{js,ts,astro,yaml}', { cwd: stage }))
    writeFileSync(join(stage, file), inPackage(file, readFileSync(join(stage, file), 'utf8')));
}

/** The code with other endings of the files that it imports. */
function withJs(code: string): string {
  return code.replaceAll(/((?:from|import|import\()\s*'\.[^']*)\.ts'/g, "$1.js'");
}

/** The repository's files that a file imports at run time, without imports of types. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(/^(?:import (?!type)|\} |export )[^;]*?from '(\..*\.ts)';|\bimport\('(\..*\.ts)'\)/gm);
  return Array.from(found, ([, name = '', later = name]) => join(dirname(file), later)).filter((each) =>
    each.endsWith('.ts'),
  );
}

function manifest() {
  const { name, version, description, license, repository, type } = packageJson;
  return { name, version: values.version ?? version, description, license, repository, type };
}

/** `scripts` start programs with the ending `.js`, and sentences name the operator's commands. Vite compiles `src`. */
function inPackage(file: string, text: string): string {
  const words = OPERATOR_WORDS.reduce((all, [from, to]) => all.replaceAll(from, to), text);
  return file.startsWith('scripts/') ? words.replaceAll(/(['"])(\.{1,2}\/[\w./-]+)\.ts\1/g, '$1$2.js$1') : words;
}

function writePackageFile(folder: string, manifest: object): void {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** npm prints the file name; its JSON has another form since version 12 (https://github.com/npm/cli/pull/9247). */
function pack(folder: string): string {
  const args = ['pack', '--loglevel=error', '--ignore-scripts', '--pack-destination', values.to];
  const output = execFileSync('npm', args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
  return join(values.to, output.trim());
}
