import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { type Mistake, mistakeText, type PlanetFile, readPlanet } from '../core/planet-file.ts';
import { leads, strays } from './config.ts';

export type LoadedPlanet = Extract<PlanetFile, { kind: 'planet' }> | InvalidPlanet;

interface InvalidPlanet {
  kind: 'mistakes';
  /** One line for each mistake, for people. */
  messages: string[];
  /** The same mistakes for programs; empty if there is no file. */
  mistakes: Mistake[];
}

/** The path of a folder's `planet.yaml` as messages show it: relative to the current folder. */
export function planetFile(folder: string): string {
  return relative('.', join(folder, 'planet.yaml'));
}

/** Reads the `planet.yaml` of a folder. Returns all mistakes, each as a line that begins with `file:line:column`. */
export async function loadPlanet(folder: string): Promise<LoadedPlanet> {
  const path = join(folder, 'planet.yaml');
  const name = planetFile(folder);
  const outside = (await ownFiles(folder)).filter((each) => leads(folder, each) === 'outside');
  if (outside.length > 0)
    return { kind: 'mistakes', messages: outside.map((each) => strays(folder, each)), mistakes: [] };
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return {
      kind: 'mistakes',
      messages: [`${name}: there is no such file; PLANET_CONTENT names the folder that holds it`],
      mistakes: [],
    };
  }
  const file = readPlanet(text, (picture) => {
    const place = leads(folder, picture);
    return place === 'outside' ? place : place === 'inside';
  });
  if (file.kind === 'planet') return file;
  return { ...file, messages: file.mistakes.map((mistake) => mistakeText(name, mistake)) };
}

/** Paths in the folder that the site reads by their names. Pictures are not among them: `planet.yaml` names those. */
async function ownFiles(folder: string): Promise<string[]> {
  const names = leads(folder, 'pages') === 'inside' ? await readdir(join(folder, 'pages')).catch(() => []) : [];
  return ['planet.yaml', 'theme.css', 'pages', ...names.map((name) => join('pages', name))];
}
