import { hash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'astro/zod';
import { percentDecoded } from '../../src/core/clean-text.ts';
import { memoized } from '../../src/core/memoized.ts';
import { readChecked, stateFolder, typeOf, writeChecked } from '../disk/files.ts';

/** The file of an address, as a path in the output folder: `2026/01/index.html`. */
export function fileOfPath(path: string): string {
  const file = percentDecoded(path).slice(1);
  return file === '' || file.endsWith('/') ? `${file}index.html` : file;
}

/** Bytes, `ctime` in milliseconds since 1970, SHA-256. A program can restore the `mtime` of a file, not its `ctime`. */
export type Fingerprint = readonly [size: number, time: number, hash: string];

/** A row of the manifest: a folder of the site, or a search index, as it was built. */
export interface RenderedFolder {
  /** The questions that its pages asked, as JSON. */
  questions: readonly string[];
  /** A hash of the answers and of all else that it was built from. */
  answers: string;
  /** Its files, by path in the output folder. */
  files: ReadonlyMap<string, Fingerprint>;
}

/** The rows of a build, by name of the folder or index. */
export type Manifest = Map<string, RenderedFolder>;

/** A row as JSON: name, questions, answers, and a line for each file with path, size, time and hash between tabs. */
const Line = z.tuple([z.string(), z.array(z.string()), z.string(), z.string()]);
const KIND = 'manifest 3';

function manifestFile(output: string, kind: 'pages' | 'search'): string {
  return join(stateFolder(output), `${basename(output)}.${kind}`);
}

/** The manifest of the last build; empty if it is missing or damaged: then everything is built again. */
export function readManifest(output: string, kind: 'pages' | 'search'): Manifest {
  const lines = readChecked(manifestFile(output, kind), KIND)?.split('\n').filter(Boolean) ?? [];
  return new Map(lines.map((line) => folderRow(Line.parse(JSON.parse(line)))));
}

function folderRow([name, questions, answers, lines]: z.infer<typeof Line>): [string, RenderedFolder] {
  const files = lines.split('\n').map((line): [string, Fingerprint] => {
    const [path = '', size, time, written = ''] = line.split('\t');
    return [path, [Number(size), Number(time), written]];
  });
  const row: RenderedFolder = { questions, answers, files: new Map(lines === '' ? [] : files) };
  knownLines.set(row.files, lines);
  return [name, row];
}

/** The lines of files that were read or written: a build writes each manifest several times, with nearly all rows as before. */
const knownLines = new WeakMap<RenderedFolder['files'], string>();

function fileLines(files: RenderedFolder['files']): string {
  const lines = knownLines.get(files) ?? [...files].map(([path, print]) => [path, ...print].join('\t')).join('\n');
  knownLines.set(files, lines);
  return lines;
}

export function writeManifest(output: string, kind: 'pages' | 'search', manifest: Manifest): void {
  const lines = [...manifest].map(([name, { questions, answers, files }]) =>
    JSON.stringify([name, questions, answers, fileLines(files)]),
  );
  writeChecked(manifestFile(output, kind), KIND, [...lines, ''].join('\n'));
}

/** `known` is its hash, if the caller has it. */
export function fingerprint(output: string, path: string, known?: string): Fingerprint {
  const file = `${output}/${path}`;
  const { size, ctimeMs } = lstatSync(file);
  return [size, ctimeMs, known ?? hash('sha256', readFileSync(file))];
}

/** Compares a file with its fingerprint. Returns the current fingerprint; null if the file is missing or has other bytes. */
export type FileCheck = (path: string, print: Fingerprint) => Fingerprint | null;

export function fileChecker(output: string): FileCheck {
  const hasRealFolders = realFolders(output);
  return (path, print) => {
    if (!hasRealFolders(path)) return null;
    const [size, time, written] = print;
    try {
      // `join` would take as long as `lstatSync`.
      const found = lstatSync(`${output}/${path}`);
      if (!found.isFile() || found.size !== size) return null;
      if (found.ctimeMs === time) return print;
      return hash('sha256', readFileSync(`${output}/${path}`)) === written ? [size, found.ctimeMs, written] : null;
    } catch {
      // Missing or not readable.
      return null;
    }
  };
}

/** The files with their current fingerprints; null if one of them is missing or has other bytes. */
export function checkFiles(check: FileCheck, files: RenderedFolder['files']): RenderedFolder['files'] | null {
  let now: Map<string, Fingerprint> | null = null;
  for (const [path, print] of files) {
    const found = check(path, print);
    if (found === null) return null;
    if (found === print) continue;
    now ??= new Map(files);
    now.set(path, found);
  }
  return now ?? files;
}

/** Returns a function that checks that all folders above a path are folders, not links to other places. */
function realFolders(output: string): (path: string) => boolean {
  const isReal = memoized(
    (folder: string): boolean =>
      folder === '' || (hasRealFolders(folder) && typeOf(`${output}/${folder}`) === 'folder'),
  );
  const hasRealFolders = (path: string) => isReal(path.slice(0, Math.max(path.lastIndexOf('/'), 0)));
  return hasRealFolders;
}
