import { findPackageJSON } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/**
 * The folder of the engine, in whatever folder a program is started: the nearest one above this file that has a
 * `package.json`. Where Astro has compiled this file into another, that one lies deeper in the same folder.
 */
export const root = dirname(findPackageJSON(import.meta.url) ?? '');

/** Where the built site lies: `dist`, or what `PLANET_DIST` names. Absolute. */
export function outputFolder(): string {
  return resolve(process.env.PLANET_DIST || join(root, 'dist'));
}
