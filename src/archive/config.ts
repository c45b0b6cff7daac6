import { lstatSync, realpathSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Mistake, mistakeText, type PlanetFile, readPlanet } from '../core/planet-file.ts';
import type { Messages } from '../i18n/catalogue.ts';
import { messagesIn, OWN_MESSAGES, readOwnMessages } from './messages.ts';

/** What the operator says: of the planet, and in which words the site speaks. */
export type LoadedPlanet = (Extract<PlanetFile, { kind: 'planet' }> & { messages: Messages }) | Mistaken;

interface Mistaken {
  kind: 'mistakes';
  /** One line each, for people. */
  told: string[];
  /** The same, for machines; none where there is no file. */
  mistakes: Mistake[];
}

/** Where a folder's `planet.yaml` lies, as people are told it. */
export function planetFile(folder: string): string {
  return relative('.', join(folder, 'planet.yaml'));
}

/** Reads `planet.yaml` and `messages.yaml` of a folder; each mistake is told as one line that begins with `file:line:column`. */
export async function loadPlanet(folder: string): Promise<LoadedPlanet> {
  const path = join(folder, 'planet.yaml');
  const name = planetFile(folder);
  const astray = (await ownFiles(folder)).filter((each) => leads(folder, each) === 'outside');
  if (astray.length > 0) return { kind: 'mistakes', told: astray.map((each) => strays(folder, each)), mistakes: [] };
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return {
      kind: 'mistakes',
      told: [`${name}: there is no such file; PLANET_CONTENT names the folder that holds it`],
      mistakes: [],
    };
  }
  const file = readPlanet(text, (picture) => {
    const where = leads(folder, picture);
    return where === 'outside' ? where : where === 'inside';
  });
  const own = readOwnMessages(folder);
  if (file.kind === 'mistakes')
    return { ...file, told: [...file.mistakes.map((mistake) => mistakeText(name, mistake)), ...own.told] };
  if (own.told.length > 0) return { kind: 'mistakes', told: own.told, mistakes: [] };
  return { ...file, messages: { ...messagesIn(file.planet.language), ...own.messages } };
}

/** What is read or published of the folder as it lies there: pictures are named in `planet.yaml`, and told of with their line. */
async function ownFiles(folder: string): Promise<string[]> {
  const names = leads(folder, 'pages') === 'inside' ? await readdir(join(folder, 'pages')).catch(() => []) : [];
  return ['planet.yaml', OWN_MESSAGES, 'theme.css', 'pages', ...names.map((name) => join('pages', name))];
}

/**
 * Where a path leads, all links followed: into a folder, out of it, or to nothing. The folder itself may be a link. A file
 * that is published or read for the planet must stay inside: a link may be to any file of the machine.
 */
export function leads(folder: string, path: string): 'inside' | 'outside' | 'nowhere' {
  try {
    const [home, file] = [realpathSync(folder), realpathSync(resolve(folder, path))];
    return file === home || file.startsWith(home.endsWith(sep) ? home : home + sep) ? 'inside' : 'outside';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'nowhere';
    // In a circle.
    if (code === 'ELOOP') return 'outside';
    throw error;
  }
}

/** What to tell an operator of a path that leads out of a folder. It names the link. */
export function strays(folder: string, path: string): string {
  const link = relative('.', linkIn(folder, path));
  return `${link}: is a link that leads out of ${relative('.', folder) || '.'}; put a copy of what it leads to in its place`;
}

/** The first link on the way from the folder to the file; the file itself where it is no link that leads astray. */
function linkIn(folder: string, path: string): string {
  const file = resolve(folder, path);
  const steps: string[] = [];
  for (let at = file; at !== resolve(folder) && at !== dirname(at); at = dirname(at)) steps.unshift(at);
  return steps.find((step) => lstatSync(step, { throwIfNoEntry: false })?.isSymbolicLink()) ?? file;
}
