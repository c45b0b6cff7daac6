import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { outputFolder, root } from '../../src/archive/environment.ts';
import { OPERATOR_MESSAGES } from '../../src/archive/load-planet.ts';
import type { Planet } from '../../src/core/planet.ts';
import type { Messages } from '../../src/i18n/catalogue.ts';
import { filesBelow } from '../disk/files.ts';

export type CompiledSettings = { planet: Pick<Planet, 'site' | 'theme' | 'language'>; messages: Messages };

const ENGINE = ['src', 'astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];
const NOT_ENGINE = ['src/content/', 'src/demo/'];

/** Names in the operator's folder that are data, built, installed or ejected. */
const NOT_COMPILED = new Set(['archive', 'feeds', 'planet.yaml', OPERATOR_MESSAGES, 'dist', 'node_modules', 'engine']);

function ownFiles(folder: string): string[] {
  const isBuilt = (file: string) =>
    file.endsWith('.log') || `${join(folder, file)}/`.startsWith(join(outputFolder(), '/'));
  const names = readdirSync(folder).filter(
    (name) => !NOT_COMPILED.has(name) && !name.startsWith('.') && !isBuilt(name),
  );
  // Only own pages, slots and the own style can refer to other files of the folder.
  const isOwn = ['theme.css', 'pages', 'slots'].some((name) => names.includes(name));
  return (isOwn ? names : names.filter((name) => name === 'package-lock.json'))
    .flatMap((name) => filesBelow(folder, name))
    .filter((file) => !isBuilt(file))
    .sort();
}

/**
 * A hash of everything that is compiled: the engine's code and libraries, the operator's pages and style, and the
 * settings that `astro.config.mjs` reads from `planet.yaml` and `messages.yaml`.
 */
export function appHash(folder: string, { planet: { site, theme, language }, messages }: CompiledSettings): string {
  const engine = ENGINE.filter((name) => existsSync(join(root, name)))
    .flatMap((name) => filesBelow(root, name))
    .filter((file) => !NOT_ENGINE.some((start) => file.startsWith(start)));
  const all = createHash('sha256').update(
    JSON.stringify([process.version, new URL(site).pathname, theme, language, messages]),
  );
  for (const file of engine) addFile(all, root, file);
  for (const file of ownFiles(folder)) addFile(all, folder, file);
  return all.digest('hex');
}

export function filesHash(app: string): string {
  const all = createHash('sha256');
  for (const file of filesBelow(app).filter((file) => file !== 'complete')) addFile(all, app, file);
  return all.digest('hex');
}

/** Adds a file's name and bytes to a hash; only the name of a link to a folder or to a missing file. */
function addFile(hash: Hash, folder: string, file: string): void {
  const path = join(folder, file);
  hash.update(`\n${file}\n`);
  if (isFile(path)) hash.update(readFileSync(path));
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
