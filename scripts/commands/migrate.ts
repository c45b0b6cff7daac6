import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import slugify from '@sindresorhus/slugify';
import { Command } from 'commander';
import { OperatorError } from '../../src/core/operator-error.ts';
import { print } from '../cli.ts';
import { writeIfChanged } from '../disk/files.ts';
import { fillFolder, repositoryFiles, SCHEMA } from './lib/operator-files.ts';

export const migrateCommand = new Command('migrate')
  .description(
    'Create the folder of a planet from a clone of the engine: its src/content, and its own files in public.',
  )
  .argument('<clone>', 'the clone, which stays unchanged')
  .argument('[folder]', 'a new or empty folder', '.')
  .option('--engine <spec>', 'the engine for npm to install (default: this version)')
  .addHelpText('after', '\nThe archive is copied unchanged; its branch stays.')
  .action(migrate);

async function migrate(clone: string, to: string, { engine }: { engine?: string }): Promise<void> {
  const [content, folder] = [join(clone, 'src/content'), resolve(to)];
  if (!existsSync(join(content, 'planet.yaml')))
    throw new OperatorError(
      `${join(content, 'planet.yaml')}: there is no such file; give the path of a clone of the engine.`,
      2,
    );
  const existing = (await readdir(folder).catch(() => [])).filter((name) => name !== '.git');
  if (existing.length > 0) throw new OperatorError(`${to} is not empty: choose a new folder.`, 2);
  print(await fillFolder(folder, () => copyPlanet(clone, folder, engine)));
}

/** Writes the files of the new folder, and returns what to say about them. */
async function copyPlanet(clone: string, folder: string, engine: string | undefined): Promise<string> {
  const content = join(clone, 'src/content');
  await cp(content, folder, { ...COPY, filter: (path) => basename(path) !== '.lock' });
  const copied = await copyPublic(join(clone, 'public'), join(folder, 'public'));
  const files: Record<string, string> = {
    'planet.yaml': (await readFile(join(content, 'planet.yaml'), 'utf8')).replace(/(\$schema=)\S+/, `$1${SCHEMA}`),
    ...repositoryFiles(slugify(basename(folder)) || 'planet', engine),
  };
  for (const [name, text] of Object.entries(files)) writeIfChanged(join(folder, name), text);
  return [
    `Created in ${relative('.', folder) || '.'}: all of src/content, ${Object.keys(files).slice(1).join(', ')}${copied.length > 0 ? `, public/${copied.join(', public/')}` : ''}.`,
    'Now run "npm install --ignore-scripts" there, and "npm run build": every address and the archive stay the same.',
    'To keep the repository on its host, replace all files of its main branch with these; the branch "archive" stays.',
    'If Netlify, Vercel or GitLab builds the site, or you send it to a bucket, first copy its new file from docs/hosts of the engine (docs/deploy.md): the old netlify.toml, vercel.json and .gitlab-ci.yml do not fit this folder.',
  ].join('\n');
}

/** By default, links would become absolute: links to files of the clone. */
const COPY = { recursive: true, verbatimSymlinks: true };
const OF_ENGINE = new Set(['_headers', '_redirects', 'demo', 'favicon.svg']);

async function copyPublic(from: string, to: string): Promise<string[]> {
  const operatorFiles: string[] = [];
  for (const name of await readdir(from).catch(() => [])) {
    const path = join(from, name);
    const isOwnIcon = name === 'favicon.svg' && hash('sha256', await readFile(path)) !== ENGINE_ICON;
    if (OF_ENGINE.has(name) && !isOwnIcon) continue;
    await cp(path, join(to, name), COPY);
    operatorFiles.push(name);
  }
  return operatorFiles;
}

/** The SHA-256 of the icon that older engines had in `public/`. */
const ENGINE_ICON = '053407eb4d402aeb904990dbeecce31626bff36e57eeefb6db28426ba1be04de';
