import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ENGINE_FILES, OPERATOR_FOLDERS, outputFolder, root } from '../../src/archive/environment.ts';
import { OPERATOR_MESSAGES } from '../../src/archive/load-planet.ts';
import { memoized } from '../../src/core/memoized.ts';
import type { Planet } from '../../src/core/planet.ts';
import type { Messages } from '../../src/i18n/catalogue.ts';
import { filesBelow } from '../disk/files.ts';

export type CompiledSettings = { planet: Pick<Planet, 'site' | 'theme' | 'language'>; messages: Messages };

const ENGINE = ['src', 'scripts/site', ...ENGINE_FILES];

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
 * A hash of everything that is compiled: the engine, the operator's pages and style, and the settings that `astro.config.mjs`
 * reads from `planet.yaml` and `messages.yaml`.
 */
export function appHash(folder: string, { planet: { site, theme, language }, messages }: CompiledSettings): string {
  const settings = [process.version, new URL(site).pathname, theme, language, messages, engineHash(root)];
  return filesHash(folder, ownFiles(folder), JSON.stringify(settings));
}

/** A hash of the engine's code, and of the versions of its libraries, from which it makes pages and the index of the search. */
export const engineHash = memoized((engine: string) => {
  const files = ENGINE.filter((name) => existsSync(join(engine, name))).flatMap((name) => filesBelow(engine, name));
  return filesHash(
    engine,
    files.filter((file) => !OPERATOR_FOLDERS.some((folder) => file.startsWith(`${folder}/`))),
  );
});

/** A hash of the names and bytes of files; of a link to a folder or to nothing only the name. */
export function filesHash(folder: string, files: readonly string[], settings = ''): string {
  const all = createHash('sha256').update(settings);
  for (const file of files) {
    const path = join(folder, file);
    all.update(`\n${file}\n`);
    if (existsSync(path) && statSync(path).isFile()) all.update(readFileSync(path));
  }
  return all.digest('hex');
}
