import { hash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'astro/zod';
import { readChecked, typeOf, writeChecked } from '../files/checked.ts';
import { storeOf } from './files.ts';

/**
 * A published file: its size in bytes, the time of its inode's last change in milliseconds since 1970, and its SHA-256. Whoever
 * writes other bytes can put back size and time of the file, but not the time of the inode.
 */
export type Fingerprint = readonly [size: number, time: number, hash: string];

/** What is remembered of a folder of the site, or of one of its search indexes. */
export interface Made {
  /** What was asked to make it, as JSON. */
  questions: readonly string[];
  /** A hash of the answers, and of what else it was made from. */
  answers: string;
  /** How many entries have their page in it. */
  entries: number;
  /** By path from the output folder. */
  files: ReadonlyMap<string, Fingerprint>;
}

/** What is remembered of an output folder, by name of the folder or index. */
export type Manifest = Map<string, Made>;

const Line = z.tuple([
  z.string(),
  z.array(z.string()),
  z.string(),
  z.number(),
  z.array(z.union([z.string(), z.number()])),
]);

const KIND = 'manifest 1';

/** Beside the output folder. */
function fileOf(output: string, of: 'pages' | 'search'): string {
  return join(storeOf(output), `${basename(output)}.${of}`);
}

/** Empty where there is none, or it is damaged: then all is made anew. */
export function readManifest(output: string, of: 'pages' | 'search'): Manifest {
  const lines = readChecked(fileOf(output, of), KIND)?.split('\n').filter(Boolean) ?? [];
  return new Map(
    lines.map((line) => {
      const [name, questions, answers, entries, flat] = Line.parse(JSON.parse(line));
      const files = new Map<string, Fingerprint>();
      for (let at = 0; at < flat.length; at += 4)
        files.set(String(flat[at]), [Number(flat[at + 1]), Number(flat[at + 2]), String(flat[at + 3])]);
      return [name, { questions, answers, entries, files }];
    }),
  );
}

export function writeManifest(output: string, of: 'pages' | 'search', manifest: Manifest): void {
  const lines = [...manifest].map(([name, { questions, answers, entries, files }]) =>
    JSON.stringify([name, questions, answers, entries, [...files].flatMap(([path, print]) => [path, ...print])]),
  );
  writeChecked(fileOf(output, of), KIND, [...lines, ''].join('\n'));
}

/** The fingerprint of a file that has just been written. */
export function fingerprint(output: string, path: string, written?: string): Fingerprint {
  const file = `${output}/${path}`;
  const { size, ctimeMs } = lstatSync(file);
  return [size, ctimeMs, written ?? hash('sha256', readFileSync(file))];
}

/** Looks at a file of an output folder: its fingerprint, another one where only its inode has changed, or null where it is not as it was written. */
export type Look = (path: string, print: Fingerprint) => Fingerprint | null;

export function lookInto(output: string): Look {
  const isReal = realFolders(output);
  return (path, print) => {
    if (!isReal(path)) return null;
    const [size, time, written] = print;
    try {
      // Not joined: that takes as long as the look itself.
      const found = lstatSync(`${output}/${path}`);
      if (!found.isFile() || found.size !== size) return null;
      if (found.ctimeMs === time) return print;
      return hash('sha256', readFileSync(`${output}/${path}`)) === written ? [size, found.ctimeMs, written] : null;
    } catch {
      // Not there, or not to be read.
      return null;
    }
  };
}

/** What is remembered of files, with today's fingerprints; null where one of them is not as it was written. */
export function lookAt(look: Look, files: Made['files']): Made['files'] | null {
  const now = new Map<string, Fingerprint>();
  let isSame = true;
  for (const [path, print] of files) {
    const found = look(path, print);
    if (found === null) return null;
    if (found !== print) isSame = false;
    now.set(path, found);
  }
  return isSame ? files : now;
}

/** Tells of a path whether each folder on its way is one, and no link that leads elsewhere. Each is looked at once. */
function realFolders(output: string): (path: string) => boolean {
  const known = new Map<string, boolean>();
  const isReal = (path: string): boolean => {
    const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    if (folder === '') return true;
    const before = known.get(folder);
    if (before !== undefined) return before;
    const real = isReal(folder) && typeOf(`${output}/${folder}`) === 'folder';
    known.set(folder, real);
    return real;
  };
  return isReal;
}
