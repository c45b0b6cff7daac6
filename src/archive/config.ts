import { lstatSync, realpathSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { OperatorError } from '../core/operator-error.ts';
import { type Mistake, mistakeText, type PlanetFile, readPlanet } from '../core/planet-file.ts';

/**
 * The folder of the engine, in whatever folder a program is started: the nearest one above this file that has a
 * `package.json`. Where Astro has compiled this file into another, that one lies deeper in the same folder.
 */
export const root = dirname(findPackageJSON(import.meta.url) ?? '');

/** Where the built site lies: `dist`, or what `PLANET_DIST` names. Absolute. */
export function outputFolder(): string {
  return resolve(process.env.PLANET_DIST || join(root, 'dist'));
}

/** The operator's folder: `src/content`, or what `PLANET_CONTENT` names. Absolute. */
export function contentFolder(): string {
  return resolve(process.env.PLANET_CONTENT || join(root, 'src/content'));
}

/** "Now": `SOURCE_DATE_EPOCH` (seconds) where it is set, so that a run can be repeated to the byte. */
export function clock(): Date {
  const fixed = process.env.SOURCE_DATE_EPOCH;
  if (!fixed) return new Date();
  const date = new Date(Number(fixed) * 1000);
  if (/^\d+$/.test(fixed) && !Number.isNaN(date.getTime())) return date;
  throw new OperatorError(
    `SOURCE_DATE_EPOCH is "${fixed}"; write seconds since 1970, such as 1772000000, or unset it.`,
    2,
  );
}

/** Private addresses that may be asked all the same: `PLANET_ALLOW_PRIVATE`, each exactly `host:port`. */
export function allowedPrivateHosts(): string[] {
  return (process.env.PLANET_ALLOW_PRIVATE ?? '').split(/[\s,]+/).filter(Boolean);
}

export type LoadedPlanet = Extract<PlanetFile, { kind: 'planet' }> | Mistaken;

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

/** Reads `planet.yaml` of a folder; each mistake is told as one line that begins with `file:line:column`. */
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
  if (file.kind === 'planet') return file;
  return { ...file, told: file.mistakes.map((mistake) => mistakeText(name, mistake)) };
}

/** What is read or published of the folder as it lies there: pictures are named in `planet.yaml`, and told of with their line. */
async function ownFiles(folder: string): Promise<string[]> {
  const names = leads(folder, 'pages') === 'inside' ? await readdir(join(folder, 'pages')).catch(() => []) : [];
  return ['planet.yaml', 'theme.css', 'pages', ...names.map((name) => join('pages', name))];
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
