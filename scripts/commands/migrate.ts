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
    'To keep the repository on its host, move the folder .git of the clone into this folder, and commit; the branch "archive" stays.',
    'If Netlify, Vercel or GitLab builds the site, or you send it to a bucket, first copy its new file from docs/hosts of the engine (docs/deploy.md): the old netlify.toml, vercel.json and .gitlab-ci.yml do not fit this folder.',
  ].join('\n');
}

/** By default, links would become absolute: links to files of the clone. */
const COPY = { recursive: true, verbatimSymlinks: true };

/** Leaves the engine's files behind, unless the operator has changed them. Keeps what is there from `src/content/public`. */
async function copyPublic(from: string, to: string): Promise<string[]> {
  const operatorFiles: string[] = [];
  for (const name of await readdir(from).catch(() => [])) {
    const [path, target] = [join(from, name), join(to, name)];
    if (name === 'demo' || (await isOfEngine(path))) continue;
    if (!existsSync(target)) operatorFiles.push(name);
    await cp(path, target, { ...COPY, force: false });
  }
  return operatorFiles;
}

async function isOfEngine(path: string): Promise<boolean> {
  // A link may lead to nothing.
  const text = await readFile(path, 'latin1').catch(() => '');
  return ENGINE_HASHES.has(hash('sha256', text.replaceAll('\r\n', '\n')));
}

/** The SHA-256 of the files that engines had in `public/`: `favicon.svg`, `_redirects` and `_headers`, the newest ones last. */
const ENGINE_HASHES = new Set([
  '053407eb4d402aeb904990dbeecce31626bff36e57eeefb6db28426ba1be04de',
  '21aeb7c2e8a2be14bd229eb5614cd888b9c3bfa75797edfb6cef0e33cb2d4758',
  '4a0fa2fa799f43d850bb50202b39cbb44884eca4de655dbc11a3aedee6e389dd',
  '4646e79f89a41073317eb0ec6401a5bd0466a2b7221912d706cdf5fb30ab94ea',
  '65d274f0de30941cd17e6d4db137dc9090b8de6eddcac1fb7abd55f8c617e5d0',
  '3b1068c0139a9db4d63be2fc1caa3eb83616594822795f9072d5b5dadc6a4db0',
  '0acf66b488e3454ce1432e75307f954e1c7bd6ab1cb0bbbc2ae1f0e8fcbc87ea',
  '332afbda7f371e008ddb5943e59a19a8c43c4ec7ad6769a2a99205e12a42fdcc',
  '1f2e488bf8f749de1dad6ab10dceae39b6b08028a47181f1deae2815e79613b9',
  '14259e5ecd564e61e8d5b1c24824d488a46eabb8990b3a67ac37fa7127bda30d',
]);
