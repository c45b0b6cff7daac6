import { hash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'astro/zod';
import { readChecked, typeOf, writeChecked } from '../disk/files.ts';
import { stateFolder } from './output-files.ts';

/**
 * A published file: its size in bytes, the time of its inode's last change in milliseconds since 1970, and its SHA-256. Whoever
 * writes other bytes can put back size and time of the file, but not the time of the inode.
 */
export type Fingerprint = readonly [size: number, time: number, hash: string];

/** What is remembered of a folder of the site, or of one of its search indexes. */
export interface RenderedFolder {
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
export type Manifest = Map<string, RenderedFolder>;

/** Name, questions, answers, entries, and of each file a line: path, size, time and hash between tabs. */
const Line = z.tuple([z.string(), z.array(z.string()), z.string(), z.number(), z.string()]);

const KIND = 'manifest 2';

/** Beside the output folder. */
function fileOf(output: string, of: 'pages' | 'search'): string {
  return join(stateFolder(output), `${basename(output)}.${of}`);
}

/** What was last read or written here, and the state of its file: a build asks several times for what may be ten megabytes. */
const last = new Map<string, { state: string; manifest: Manifest }>();

/** Empty where there is none, or it is damaged: then all is made anew. */
export function readManifest(output: string, of: 'pages' | 'search'): Manifest {
  const path = fileOf(output, of);
  const known = last.get(path);
  if (known !== undefined && known.state === stateOf(path)) return new Map(known.manifest);
  const lines = readChecked(path, KIND)?.split('\n').filter(Boolean) ?? [];
  const manifest = new Map(lines.map((line) => madeOf(Line.parse(JSON.parse(line)))));
  last.set(path, { state: stateOf(path), manifest });
  return new Map(manifest);
}

function madeOf([name, questions, answers, entries, lines]: z.infer<typeof Line>): [string, RenderedFolder] {
  const files = lines.split('\n').map((line): [string, Fingerprint] => {
    const [path = '', size, time, written = ''] = line.split('\t');
    return [path, [Number(size), Number(time), written]];
  });
  return [name, { questions, answers, entries, files: new Map(lines === '' ? [] : files) }];
}

export function writeManifest(output: string, of: 'pages' | 'search', manifest: Manifest): void {
  const lines = [...manifest].map(([name, { questions, answers, entries, files }]) => {
    const prints = [...files].map(([path, print]) => [path, ...print].join('\t'));
    return JSON.stringify([name, questions, answers, entries, prints.join('\n')]);
  });
  const path = fileOf(output, of);
  writeChecked(path, KIND, [...lines, ''].join('\n'));
  last.set(path, { state: stateOf(path), manifest: new Map(manifest) });
}

function stateOf(path: string): string {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.ino} ${found.size} ${found.ctimeMs}`;
}

/** The fingerprint of a file that has just been written. */
export function fingerprint(output: string, path: string, written?: string): Fingerprint {
  const file = `${output}/${path}`;
  const { size, ctimeMs } = lstatSync(file);
  return [size, ctimeMs, written ?? hash('sha256', readFileSync(file))];
}

/** Looks at a file of an output folder: its fingerprint, another one where only its inode has changed, or null where it is not as it was written. */
export type FileCheck = (path: string, print: Fingerprint) => Fingerprint | null;

export function fileChecker(output: string): FileCheck {
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
export function checkFiles(look: FileCheck, files: RenderedFolder['files']): RenderedFolder['files'] | null {
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
