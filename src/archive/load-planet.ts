import { existsSync, readFileSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { OperatorError } from '../core/operator-error.ts';
import type { Planet } from '../core/planet.ts';
import { mistakeText, type PlanetFile, readPlanet, type YamlCache } from '../core/planet-file.ts';
import { english, isKey, type MessageKey, type Messages } from '../i18n/catalogue.ts';
import { fallbacksOf } from '../i18n/locale.ts';
import { readMessages } from '../i18n/messages-file.ts';
import { contentFolder, root } from './environment.ts';
import { linkTarget, outsideError, slashes } from './link-target.ts';

type LoadedPlanet =
  | (Extract<PlanetFile, { kind: 'planet' }> & { messages: Messages })
  | { kind: 'mistakes'; problems: string[] };

/** The path of a folder's `planet.yaml` for messages: relative, with `/` on Windows too. */
export function planetFile(folder: string): string {
  return slashes(relative('.', join(folder, 'planet.yaml')));
}

/** Reads `planet.yaml` and `messages.yaml` of a folder. Each problem is one line that begins with `file:line:column`. */
export async function loadPlanet(folder: string, cache?: YamlCache): Promise<LoadedPlanet> {
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
  const hasFile = (picture: string) => {
    const where = linkTarget(folder, picture);
    if (where !== 'inside') return where === 'outside' && where;
    const found = statSync(join(folder, picture));
    return found.isFile() && found.size > 0;
  };
  const file = readPlanet(text, hasFile, cache);
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
export async function operatorPlanet(cache?: YamlCache): Promise<{ folder: string; planet: Planet }> {
  const folder = contentFolder();
  const loaded = await loadPlanet(folder, cache);
  if (loaded.kind === 'planet') return { folder, planet: loaded.planet };
  throw new OperatorError(loaded.problems.join('\n'), 2);
}

/** The file in the operator's folder that replaces single messages. */
export const OPERATOR_MESSAGES = 'messages.yaml';

/** `problems` are lines that begin with `file:line:column`. */
type MessagesFile = { messages: Partial<Messages>; problems: string[] };

export function readOperatorMessages(folder: string): MessagesFile {
  return readMessagesFile(join(folder, OPERATOR_MESSAGES));
}

function readMessagesFile(path: string): MessagesFile {
  if (!existsSync(path)) return { messages: {}, problems: [] };
  const file = readMessages(readFileSync(path, 'utf8'));
  if (file.kind === 'messages') return { messages: file.messages, problems: [] };
  return { messages: {}, problems: file.mistakes.map((mistake) => mistakeText(relative('.', path), mistake)) };
}

/** The messages of a language; those that its file lacks are in English. Throws an `OperatorError` if the file has mistakes. */
export function messagesIn(language: string): Messages {
  return { ...english, ...translationOf(language) };
}

/** The messages without a translation in the catalogue of the language and in `messages.yaml`: the site shows them in English. */
export function missingMessages(folder: string, language: string): MessageKey[] {
  if (fallbacksOf(language).includes('en')) return [];
  const translated = { ...translationOf(language), ...readOperatorMessages(folder).messages };
  return Object.keys(english).filter((key): key is MessageKey => isKey(key) && translated[key] === undefined);
}

/** The catalogue of a language, or of the nearest one; empty for English. */
function translationOf(language: string): Partial<Messages> {
  const path = fallbacksOf(language).map(languageFile).find(existsSync);
  const { messages, problems } = path === undefined ? { messages: {}, problems: [] } : readMessagesFile(path);
  if (problems.length > 0) throw new OperatorError(problems.join('\n'));
  return messages;
}

export function languageFile(tag: string): string {
  return join(root, 'src', 'i18n', `${tag}.yaml`);
}
