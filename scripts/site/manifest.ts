import { hash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { percentDecoded } from '../../src/core/clean-text.ts';
import { memoized } from '../../src/core/memoized.ts';
import { readChecked, stateFolder, typeOf, writeChecked } from '../disk/files.ts';

/** Files of a site in no manifest: the hash of all others, and in the folder of the search the list of its indexes. */
export const DIGEST = 'digest.txt';
export const SEARCH_FOLDER = 'pagefind';
export const SEARCH_LIST = 'bundles.json';

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
  /** A line for each of its files, in the order of building: size, time, hash and path in the output folder between tabs; after each but the last an `END`. */
  lines: string;
  /** A hash of the paths and hashes of its files. */
  sum: string;
}

/** The end of a line: the only sign, besides `/`, that no name of a file has. */
const END = '\0';

/** The rows of a build, by name of the folder or index. */
export type Manifest = Map<string, RenderedFolder>;

export function renderedFolder(
  questions: readonly string[],
  answers: string,
  files: ReadonlyMap<string, Fingerprint>,
): RenderedFolder {
  const lines = [...files].map(([path, print]) => [...print, path].join('\t')).join(END);
  const sums = [...files].map(([path, [, , fileHash]]) => `${path} ${fileHash}\n`);
  return { questions, answers, lines, sum: hash('sha256', sums.sort().join('')) };
}

/** The files of a folder with their fingerprints, by path. Most folders of a build are compared and stored without them. */
export function filesOf(folder: RenderedFolder | undefined): Map<string, Fingerprint> {
  return new Map(folder?.lines ? folder.lines.split(END).map(parseLine) : []);
}

export function pathsOf({ lines }: RenderedFolder): string[] {
  return lines === '' ? [] : lines.split(END).map((line) => line.slice(pathStart(line)));
}

function parseLine(line: string): [string, Fingerprint] {
  const start = pathStart(line);
  const [size, time, fileHash = ''] = line.slice(0, start).split('\t');
  return [line.slice(start), [Number(size), Number(time), fileHash]];
}

/** After the third tab: a path may have more. */
function pathStart(line: string): number {
  return line.indexOf('\t', line.indexOf('\t', line.indexOf('\t') + 1) + 1) + 1;
}

type Row = [name: string, questions: string[], answers: string, sum: string];
const KIND = 'manifest 5';

export function manifestFile(output: string, kind: 'pages' | 'search'): string {
  return join(stateFolder(output), `${basename(output)}.${kind}`);
}

/**
 * The manifest of the last build; empty if it is missing or damaged: then everything is built again. A row is name,
 * questions, answers and sum as JSON, and the lines of its files, with an `END` between each two; between rows are two.
 */
export function readManifest(output: string, kind: 'pages' | 'search'): Manifest {
  const rows =
    readChecked(manifestFile(output, kind), KIND)
      ?.split(END + END)
      .filter(Boolean) ?? [];
  return new Map(
    rows.map((row): [string, RenderedFolder] => {
      const end = row.indexOf(END);
      const [name, questions, answers, sum]: Row = JSON.parse(end < 0 ? row : row.slice(0, end));
      return [name, { questions, answers, lines: end < 0 ? '' : row.slice(end + 1), sum }];
    }),
  );
}

export function writeManifest(output: string, kind: 'pages' | 'search', manifest: Manifest): void {
  const rows = [...manifest].map(([name, { questions, answers, lines, sum }]) => {
    const first = JSON.stringify([name, questions, answers, sum]);
    return lines === '' ? first : first + END + lines;
  });
  writeChecked(manifestFile(output, kind), KIND, rows.join(END + END));
}

/** `hashed` is its hash, if the caller has it. */
export function fingerprint(output: string, path: string, hashed?: string): Fingerprint {
  const file = `${output}/${path}`;
  const { size, ctimeMs } = lstatSync(file);
  return [size, ctimeMs, hashed ?? hash('sha256', readFileSync(file))];
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

/** The folder with the current times of its files, the same object if they are those of the build; null if a file is missing or has other bytes. */
export function checkFolder(check: FileCheck, folder: RenderedFolder): RenderedFolder | null {
  let now: Map<string, Fingerprint> | null = null;
  for (const line of folder.lines === '' ? [] : folder.lines.split(END)) {
    const [path, print] = parseLine(line);
    const found = check(path, print);
    if (found === null) return null;
    if (found === print) continue;
    now ??= filesOf(folder);
    now.set(path, found);
  }
  return now === null ? folder : renderedFolder(folder.questions, folder.answers, now);
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
