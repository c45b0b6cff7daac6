import { existsSync } from 'node:fs';
import { cp, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'astro/zod';
import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { contentFolder, isPackage, root } from '../../src/archive/environment.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { print } from '../cli.ts';
import { writeWhole } from '../disk/files.ts';

export const ejectCommand = new Command('eject')
  .description('Copy the engine into the folder engine, to change its templates there.')
  .addHelpText(
    'after',
    `
What it costs: no version of the engine comes by itself any more. An upgrade is to eject anew and to change the templates
again. Colours and fonts need no eject: theme.css changes them.`,
  )
  .action(eject);

const Manifest = z.looseObject({ dependencies: z.record(z.string(), z.string()) });

async function eject(): Promise<void> {
  const folder = contentFolder();
  const [copy, path] = [join(folder, 'engine'), join(folder, 'package.json')];
  if (!isPackage)
    throw new OperatorError('The engine is here already: this is its own repository, or it was ejected.', 2);
  if (existsSync(copy)) throw new OperatorError(`${copy} is there already: move it away first.`, 2);
  const own = Manifest.parse(JSON.parse(await readFile(path, 'utf8')));
  const isEngine = (file: string) => !['node_modules', '.orrery', '.astro'].includes(basename(file)) || file === root;
  await cp(root, copy, { recursive: true, filter: isEngine });
  const dependencies = { ...own.dependencies, [packageJson.name]: 'file:engine' };
  writeWhole(path, `${JSON.stringify({ ...own, dependencies }, null, 2)}\n`);
  print(
    `Written: engine (Orrery ${packageJson.version}), and package.json, which takes it from there. Run "npm install --ignore-scripts".
The templates are in engine/src: pages, layouts, components, styles. From now on an upgrade is yours to make:
eject a newer version, and change its templates again.`,
  );
}
