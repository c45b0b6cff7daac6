import { statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { OperatorError } from '../core/operator-error.ts';
import type { Planet } from '../core/planet.ts';
import { mistakeText, type PlanetFile, readPlanet } from '../core/planet-file.ts';
import type { Messages } from '../i18n/catalogue.ts';
import { contentFolder } from './environment.ts';
import { linkTarget, outsideError, slashes } from './link-target.ts';
import { messagesIn, OPERATOR_MESSAGES, readOperatorMessages } from './read-messages.ts';

type LoadedPlanet =
  | (Extract<PlanetFile, { kind: 'planet' }> & { messages: Messages })
  | { kind: 'mistakes'; problems: string[] };

/** The path of a folder's `planet.yaml` for messages: relative, with `/` on Windows too. */
export function planetFile(folder: string): string {
  return slashes(relative('.', join(folder, 'planet.yaml')));
}

/** Reads `planet.yaml` and `messages.yaml` of a folder. Each problem is one line that begins with `file:line:column`. */
export async function loadPlanet(folder: string): Promise<LoadedPlanet> {
  const path = join(folder, 'planet.yaml');
  const name = planetFile(folder);
  const astray = misplaced(folder, ['planet.yaml', OPERATOR_MESSAGES, 'theme.css', ...FOLDERS], FOLDERS);
  // The names in the folders: only if those are folders.
  if (astray.length === 0) astray.push(...misplaced(folder, await operatorFiles(folder)));
  if (astray.length > 0) return { kind: 'mistakes', problems: astray };
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return {
      kind: 'mistakes',
      problems: [`${name}: there is no such file; set PLANET_CONTENT to its folder`],
    };
  }
  const file = readPlanet(text, (picture) => {
    const where = linkTarget(folder, picture);
    return where === 'outside' ? where : where === 'inside';
  });
  const own = readOperatorMessages(folder);
  const mistakes = file.kind === 'mistakes' ? file.mistakes.map((mistake) => mistakeText(name, mistake)) : [];
  const problems = [...mistakes, ...own.problems];
  if (file.kind === 'mistakes' || problems.length > 0) return { kind: 'mistakes', problems };
  return { ...file, messages: { ...messagesIn(file.planet.language), ...own.messages } };
}

const FOLDERS: readonly string[] = ['pages', 'public', 'slots'];

/** The paths in `FOLDERS`, which the site reads or publishes. `readPlanet` checks pictures, with their lines. */
async function operatorFiles(folder: string): Promise<string[]> {
  const found = FOLDERS.filter((name) => linkTarget(folder, name) === 'inside').map(async (name) => {
    const names = await readdir(join(folder, name), { recursive: name === 'public' });
    return names.map((each) => join(name, each));
  });
  return (await Promise.all(found)).flat();
}

/** A message for each path that leads out of the folder, or is a file in place of a folder, or a folder in place of a file. */
function misplaced(folder: string, paths: readonly string[], folders: readonly string[] = []): string[] {
  return paths.flatMap((path) => {
    const where = linkTarget(folder, path);
    if (where === 'outside') return outsideError(folder, path);
    const isFolder = where === 'inside' && statSync(join(folder, path)).isDirectory();
    const name = slashes(relative('.', join(folder, path)));
    if (folders.includes(path))
      return where === 'nowhere' || isFolder ? [] : `${name}: is a file, and should be a folder; move it away`;
    return isFolder && IS_READ.test(path) ? `${name}: is a folder, and should be a file; move it away` : [];
  });
}

/** Paths that the site reads as files. Other folders below `FOLDERS` are the operator's. */
const IS_READ = /^(?:planet\.yaml|messages\.yaml|theme\.css|pages[\\/].*\.mdx?|slots[\\/].*\.astro)$/;

/** The operator's folder and planet. Throws an `OperatorError` that names each mistake of `planet.yaml`. */
export async function operatorPlanet(): Promise<{ folder: string; planet: Planet }> {
  const folder = contentFolder();
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'planet') return { folder, planet: loaded.planet };
  throw new OperatorError(loaded.problems.join('\n'), 2);
}
