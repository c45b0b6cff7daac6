/** What the environment says: the one place that reads it, beside the programs' own options. It loads no library. */
import { findPackageJSON } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { OperatorError } from '../core/operator-error.ts';

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
