import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, readChecked, throwAway, typeOf, writeChecked } from '../files/checked.ts';

/** What is remembered of a part, as it is written: a hash of its files' paths and bytes, and the rest as JSON. */
export interface Line {
  bytes: string;
  json: string;
}

type Lines = ReadonlyMap<string, Line>;

/**
 * Reads a folder that remembers parts, a file for the parts of a year: a line for each, its name and its line's two between
 * tabs, which JSON has none of; and a list of the files. Where one is damaged or missing nothing is remembered: what it was
 * of, and may not be any more, nobody would find to remove it.
 */
export function readLines(folder: string): Lines {
  const lines = new Map<string, Line>();
  for (const file of listed(folder)) {
    const isThere = typeOf(join(folder, file)) !== null;
    const some = linesOf(join(folder, file));
    if (some.size === 0) {
      // Of a file that is damaged was told already.
      if (isThere) rmSync(folder, { recursive: true });
      else throwAway(folder, 'is not whole');
      return new Map();
    }
    for (const [name, line] of some) lines.set(name, line);
  }
  return lines;
}

/** Names must hold neither tab nor line feed. What is written already as it should be is left untouched: years that are over. */
export function writeLines(folder: string, lines: Lines): void {
  if (typeOf(folder) !== 'folder') rmSync(folder, { recursive: true, force: true });
  makeFolder(folder);
  const years = Map.groupBy(lines, ([name]) => fileOf(name));
  for (const [file, list] of years) write(join(folder, file), new Map(list));
  writeChecked(join(folder, LIST), KIND, JSON.stringify([...years.keys()].sort()));
  for (const file of readdirSync(folder))
    if (file !== LIST && !years.has(file)) rmSync(join(folder, file), { recursive: true });
}

const LIST = 'list.json';
const KIND = 'parts 4';

/** `2026.tsv` for `month:2026-01`, `author:ada:2026` and `2026-01_2026-03`. */
function fileOf(name: string): string {
  const [, year = 'all'] = /(?:^|:)(\d{4})(?:$|[-_])/.exec(name) ?? [];
  return `${year}.tsv`;
}

function listed(folder: string): string[] {
  // Through a link it would be another site's.
  if (typeOf(folder) !== 'folder') return [];
  const text = readChecked(join(folder, LIST), KIND);
  return text === null ? [] : JSON.parse(text);
}

/** None where there is no such file. */
function linesOf(path: string): Lines {
  const now = stateOf(path);
  const last = known.get(path);
  if (last?.state === now) return last.lines;
  const lines = parse(path);
  known.set(path, { state: now, lines });
  return lines;
}

/** What was last read or written here: a step asks several times, and there may be twenty megabytes. */
const known = new Map<string, { state: string; lines: Lines }>();

function stateOf(path: string): string {
  if (typeOf(path) !== 'file') return 'none';
  const { ino, size, ctimeMs } = lstatSync(path);
  return `${ino} ${size} ${ctimeMs}`;
}

function parse(path: string): Lines {
  const lines = readChecked(path, KIND)?.split('\n').slice(0, -1) ?? [];
  return new Map(lines.map((line) => lineOf(line.split('\t'))));
}

function write(path: string, lines: Lines): void {
  const before = linesOf(path);
  if (lines.size === before.size && [...lines].every(([name, line]) => before.get(name) === line)) return;
  const rest = [...lines].map(([name, { bytes, json }]) => `${name}\t${bytes}\t${json}\n`).join('');
  writeChecked(path, KIND, rest);
  known.set(path, { state: stateOf(path), lines });
}

function lineOf([name = '', bytes = '', json = '']: string[]): [string, Line] {
  return [name, { bytes, json }];
}
