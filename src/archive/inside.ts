import { lstatSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

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
