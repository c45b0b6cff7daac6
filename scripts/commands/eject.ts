import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { z } from 'astro/zod';
import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { contentFolder, root } from '../../src/archive/environment.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { print } from '../cli.ts';
import { filesBelow, writeWhole } from '../disk/files.ts';
import { fillFolder } from './lib/operator-files.ts';

export const ejectCommand = new Command('eject')
  .description('Copy the engine into the folder "engine", to change its templates there.')
  .addHelpText(
    'after',
    `
After that, npm no longer updates the engine. To upgrade, move the folder "engine" away, install the new version, eject
again and repeat your changes.
Colours and fonts need no eject: theme.css changes them.`,
  )
  .action(eject);

const Manifest = z.looseObject({ dependencies: z.record(z.string(), z.string()) });

async function readPackageFile(path: string): Promise<z.infer<typeof Manifest>> {
  try {
    return Manifest.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    throw new OperatorError(
      `${path} is missing, or is no JSON with "dependencies": npm must have installed the engine in this folder.`,
      2,
    );
  }
}

async function eject(): Promise<void> {
  const folder = contentFolder();
  const [copy, path] = [join(folder, 'engine'), join(folder, 'package.json')];
  if (!root.split(sep).includes('node_modules'))
    throw new OperatorError('The engine is already here: this is its own repository, or it was ejected before.', 2);
  if (existsSync(copy)) throw new OperatorError(`${copy} already exists: move it away first.`, 2);
  const manifest = await readPackageFile(path);
  const isEngine = (file: string) => !['node_modules', '.orrery', '.astro'].includes(basename(file)) || file === root;
  const dependencies = { ...manifest.dependencies, [packageJson.name]: 'file:engine' };
  await fillFolder(copy, async () => {
    await cp(root, copy, { recursive: true, filter: isEngine });
    useSources(copy);
    writeWhole(path, `${JSON.stringify({ ...manifest, dependencies }, null, 2)}\n`);
  });
  const updates = existsSync(join(folder, '.github/dependabot.yml'))
    ? '\nRemove .github/dependabot.yml: it would upgrade only the workflow.'
    : '';
  print(
    `Written: engine (Orrery ${packageJson.version}), and package.json, which uses it. Run "npm install --ignore-scripts".
Change what is in engine/src: pages, layouts, components, styles, outputs. A new page also needs its address in
engine/scripts/site/folders.js. To upgrade later, move engine away, run "npm install --ignore-scripts --save-exact
${packageJson.name}@latest", eject again and repeat your changes.${updates}`,
  );
}

/** The programs then run `src` itself: outside `node_modules` Node strips types, and a change of `src` must not have a compiled twin. */
function useSources(copy: string): void {
  const hasSource = (path: string) => existsSync(path.replace(/js$/, 'ts'));
  const files = filesBelow(copy).map((file) => join(copy, file));
  const isProgram = (file: string) => file.startsWith(join(copy, 'scripts')) || file.endsWith('astro.config.mjs');
  for (const file of files.filter(isProgram)) {
    const text = readFileSync(file, 'utf8');
    const uses = text.replaceAll(/(?<=['"])((?:\.\.?\/)+src\/[\w./-]+\.)js(?=['"])/g, (path, start: string) =>
      hasSource(join(dirname(file), path)) ? `${start}ts` : path,
    );
    if (uses !== text) writeFileSync(file, uses);
  }
  for (const file of files)
    if (file.startsWith(join(copy, 'src')) && file.endsWith('.js') && hasSource(file)) rmSync(file);
}
