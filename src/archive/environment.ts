/** The folders, the clock and the private hosts of a run, from environment variables; and the optional library of the machine. No library is loaded with it: `archive push` runs where none is installed. */

import { existsSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { OperatorError } from '../core/operator-error.ts';

/** The engine's folder, from any current folder and from Astro's compiled copy of this file, which is deeper in it. */
export const root = dirname(findPackageJSON(import.meta.url) ?? '');

/** The files at the top of the engine that its site is made from. */
export const ENGINE_FILES = ['astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];
/** Folders in the engine's `src` that are an operator's. */
export const OPERATOR_FOLDERS = ['src/content', 'src/demo'];

/** Whether the engine is the package, installed or ejected, and not its own repository: only the package has compiled programs. */
export const isPackage = existsSync(join(root, 'scripts/orrery.js'));

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

/** Whether `SOURCE_DATE_EPOCH` gives the current time: it may be long past, and differ from every other clock. */
export function isClockGiven(): boolean {
  return Boolean(process.env.SOURCE_DATE_EPOCH);
}

/** Private hosts that the fetcher may request: `PLANET_ALLOW_PRIVATE`, each exactly `host:port`; in lower case. */
export function allowedPrivateHosts(): string[] {
  return (process.env.PLANET_ALLOW_PRIVATE ?? '')
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
}

/** The optional package `sharp`; null if it is missing or does not run on this machine. */
export async function loadSharp() {
  try {
    const { default: sharp } = await import('sharp');
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  } catch {
    return null;
  }
}
