import { lstatSync, realpathSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { OperatorError } from '../core/operator-error.ts';

// This file loads no library: `archive push` runs where none is installed.

/**
 * The folder of the engine: the nearest one above this file with a `package.json`, wherever the program was started. The copy
 * of this file that Astro compiles lies deeper in the same folder.
 */
export const root = dirname(findPackageJSON(import.meta.url) ?? '');

/** The folder of the built site: `PLANET_DIST`, or `dist`. Absolute. */
export function outputFolder(): string {
  return resolve(process.env.PLANET_DIST || join(root, 'dist'));
}

/** The operator's folder: `PLANET_CONTENT`, or `src/content`. Absolute. */
export function contentFolder(): string {
  return resolve(process.env.PLANET_CONTENT || join(root, 'src/content'));
}

/** The current time. `SOURCE_DATE_EPOCH` (seconds) replaces it, so that two runs can write the same bytes. */
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

/** Private hosts that the fetcher may request: `PLANET_ALLOW_PRIVATE`, each exactly `host:port`. */
export function allowedPrivateHosts(): string[] {
  return (process.env.PLANET_ALLOW_PRIVATE ?? '').split(/[\s,]+/).filter(Boolean);
}

/**
 * Follows all links of a path: does it lead into a folder, out of it, or nowhere? The folder itself may be a link. A file that
 * the site reads or publishes must be inside: a link can lead to any file of the machine.
 */
export function leads(folder: string, path: string): 'inside' | 'outside' | 'nowhere' {
  try {
    const [home, file] = [realpathSync(folder), realpathSync(resolve(folder, path))];
    return file === home || file.startsWith(home.endsWith(sep) ? home : home + sep) ? 'inside' : 'outside';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'nowhere';
    // Links in a circle.
    if (code === 'ELOOP') return 'outside';
    throw error;
  }
}

/** The message for an operator about a path that leads out of a folder. It names the link. */
export function strays(folder: string, path: string): string {
  const link = relative('.', firstLink(folder, path));
  return `${link}: is a link that leads out of ${relative('.', folder) || '.'}; put a copy of what it leads to in its place`;
}

/** The first link between the folder and the file; the file itself if there is none. */
function firstLink(folder: string, path: string): string {
  const file = resolve(folder, path);
  const steps: string[] = [];
  for (let at = file; at !== resolve(folder) && at !== dirname(at); at = dirname(at)) steps.unshift(at);
  return steps.find((step) => lstatSync(step, { throwIfNoEntry: false })?.isSymbolicLink()) ?? file;
}
