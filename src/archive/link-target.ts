import { lstatSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { OperatorError } from '../core/operator-error.ts';

/** Follows all links, also of the folder. What the site reads or prints must be inside: a link can lead to any file. */
export function linkTarget(folder: string, path: string): 'inside' | 'outside' | 'nowhere' {
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

/** Throws if a file of the archive is a link to a place outside the archive: it could be any file of the machine. */
export function refuseOutside(path: string): void {
  // The archive itself may be a link.
  const archive = dirname(path);
  if (linkTarget(archive, path) === 'outside') throw new OperatorError(outsideError(archive, path));
}

/** The message for an operator about a path that leads out of a folder. It names the link. */
export function outsideError(folder: string, path: string): string {
  const link = relative('.', firstLink(folder, path));
  return `${link}: is a link that leads out of ${relative('.', folder) || '.'}; put a copy of the target in its place`;
}

/** The first link between the folder and the file; the file itself if there is none. */
function firstLink(folder: string, path: string): string {
  const file = resolve(folder, path);
  const steps: string[] = [];
  for (let at = file; at !== resolve(folder) && at !== dirname(at); at = dirname(at)) steps.unshift(at);
  return steps.find((step) => lstatSync(step, { throwIfNoEntry: false })?.isSymbolicLink()) ?? file;
}

/** A path for messages, stored files and comparisons: with `/` between its parts, on Windows too. */
export function slashes(path: string, separator: string = sep): string {
  return separator === '\\' ? path.replaceAll('\\', '/') : path;
}
