import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { OperatorError } from '../core/operator-error.ts';
import type { Planet } from '../core/planet.ts';
import { type Mistake, mistakeText, type PlanetFile, readPlanet } from '../core/planet-file.ts';
import { slashes } from '../core/slashes.ts';
import type { Messages } from '../i18n/catalogue.ts';
import { contentFolder } from './environment.ts';
import { linkTarget, outsideError } from './inside.ts';
import { messagesIn, OWN_MESSAGES, readOwnMessages } from './messages.ts';

/** The operator's settings, and the messages of the site; or the mistakes in them. */
export type LoadedPlanet = (Extract<PlanetFile, { kind: 'planet' }> & { messages: Messages }) | Mistaken;

interface Mistaken {
  kind: 'mistakes';
  /** The mistakes for people, one line each. */
  problems: string[];
  /** The mistakes in `planet.yaml` for programs; empty if there is no such file. */
  mistakes: Mistake[];
}

/** The path of a folder's `planet.yaml` for messages: relative, with `/` on Windows too. */
export function planetFile(folder: string): string {
  return slashes(relative('.', join(folder, 'planet.yaml')), sep);
}

/** Reads `planet.yaml` and `messages.yaml` of a folder. Each problem is one line that begins with `file:line:column`. */
export async function loadPlanet(folder: string): Promise<LoadedPlanet> {
  const path = join(folder, 'planet.yaml');
  const name = planetFile(folder);
  const astray = (await ownFiles(folder)).filter((each) => linkTarget(folder, each) === 'outside');
  if (astray.length > 0)
    return { kind: 'mistakes', problems: astray.map((each) => outsideError(folder, each)), mistakes: [] };
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return {
      kind: 'mistakes',
      problems: [`${name}: there is no such file; set PLANET_CONTENT to its folder`],
      mistakes: [],
    };
  }
  const file = readPlanet(text, (picture) => {
    const where = linkTarget(folder, picture);
    return where === 'outside' ? where : where === 'inside';
  });
  const own = readOwnMessages(folder);
  if (file.kind === 'mistakes')
    return { ...file, problems: [...file.mistakes.map((mistake) => mistakeText(name, mistake)), ...own.problems] };
  if (own.problems.length > 0) return { kind: 'mistakes', problems: own.problems, mistakes: [] };
  return { ...file, messages: { ...messagesIn(file.planet.language), ...own.messages } };
}

/** The paths in the folder that the site reads or publishes, without the pictures: `readPlanet` checks those, with their lines. */
async function ownFiles(folder: string): Promise<string[]> {
  const names = linkTarget(folder, 'pages') === 'inside' ? await readdir(join(folder, 'pages')).catch(() => []) : [];
  const slots = linkTarget(folder, 'slots') === 'inside' ? await readdir(join(folder, 'slots')) : [];
  const published =
    linkTarget(folder, 'public') === 'inside' ? await readdir(join(folder, 'public'), { recursive: true }) : [];
  return [
    ...['planet.yaml', OWN_MESSAGES, 'theme.css', 'pages', 'public', 'slots'],
    ...slots.map((name) => join('slots', name)),
    ...names.map((name) => join('pages', name)),
    ...published.map((name) => join('public', name)),
  ];
}

/** The operator's folder and planet. Throws an `OperatorError` that names each mistake of `planet.yaml`. */
export async function ownPlanet(): Promise<{ folder: string; planet: Planet }> {
  const folder = contentFolder();
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'planet') return { folder, planet: loaded.planet };
  throw new OperatorError(loaded.problems.join('\n'), 2);
}
