import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { leads, strays } from './inside.ts';
import { type Mistake, type PlanetFile, readPlanet, tell } from './model/planet-file.ts';
import { OperatorError } from './operator-error.ts';
import { root } from './root.ts';

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
export function privateDoors(): string[] {
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
  return { ...file, told: file.mistakes.map((mistake) => tell(name, mistake)) };
}

/** What is read or published of the folder as it lies there: pictures are named in `planet.yaml`, and told of with their line. */
async function ownFiles(folder: string): Promise<string[]> {
  const names = leads(folder, 'pages') === 'inside' ? await readdir(join(folder, 'pages')).catch(() => []) : [];
  return ['planet.yaml', 'theme.css', 'pages', ...names.map((name) => join('pages', name))];
}
