import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type PartName, partOfFile } from '../../src/lib/parts.ts';
import { makeFolder, throwAway, typeOf } from '../files/checked.ts';
import { filesBelow, move } from './files.ts';
import type { Input } from './inputs.ts';
import { type IsAsWritten, lookInto, marksOf, realFolders } from './marks.ts';
import { type Part, type Parts, writeParts } from './parts.ts';

/** What one build made: its files lie in `built`, each belongs to one of the parts that `inputs` names. */
export interface Built {
  built: string;
  /** By name of each part that was made, what went into it. */
  inputs: ReadonlyMap<PartName, Input>;
}

/**
 * Lays what was built into the output folder, beside the parts that stay; a part that is neither goes. Killed at any
 * point, the next build finds the parts that were being changed forgotten, and makes them anew.
 * @param stays tells whether a part stays as it is, by its name
 * @param before what is remembered of those that do not
 */
export async function layInto(
  output: string,
  stays: (name: PartName) => boolean,
  before: Parts,
  { built, inputs }: Built,
): Promise<void> {
  await writeParts(output, 'pages', new Map(), stays);
  const files = Map.groupBy(filesBelow(built), partOfFile);
  for (const part of files.keys()) {
    if (!inputs.has(part)) throw new Error(`The build made files of ${part}, which it was not to make`);
  }
  const isAsWritten = lookInto(output);
  const made: Parts = new Map();
  const same = new Set<string>();
  for (const [name, input] of inputs) {
    const marks = marksOf(built, files.get(name) ?? []);
    for (const [path, mark] of sameAsBefore(isAsWritten, marks, before.get(name))) {
      marks[path] = mark;
      same.add(path);
    }
    made.set(name, { ...input, files: marks });
  }
  makeFolder(output);
  moveInto(output, built, '', same);
  const wanted = new Set([...made.values()].flatMap((part) => Object.keys(part.files)));
  for (const part of before.values()) {
    for (const path of Object.keys(part.files)) if (!wanted.has(path)) removeFile(output, path);
  }
  rmSync(built, { recursive: true, force: true });
  await writeParts(output, 'pages', made, stays);
}

/** A file that says the same as before stays, with its time: whoever uploads what is newer need not send it again. */
function sameAsBefore(
  isAsWritten: IsAsWritten,
  marks: Part['files'],
  before: Part | undefined,
): [string, Part['files'][string]][] {
  return Object.entries(before?.files ?? {}).filter(
    ([path, known]) => known[2] === marks[path]?.[2] && isAsWritten(path, ...known),
  );
}

/** Moves what lies in a folder of `built`, but for files that stay: a folder that is new as a whole. */
function moveInto(output: string, built: string, folder: string, stay: ReadonlySet<string>): void {
  for (const found of readdirSync(join(built, folder), { withFileTypes: true })) {
    const path = join(folder, found.name);
    const there = typeOf(join(output, path));
    const wanted = found.isDirectory() ? 'folder' : 'file';
    if (there !== null && there !== wanted) throwAway(join(output, path), `is no ${wanted}`);
    if (there === 'folder' && wanted === 'folder') {
      makeFolder(join(output, path));
      moveInto(output, built, path, stay);
    } else if (!stay.has(path)) move(join(built, path), join(output, path));
  }
}

/** Removes a file, and every folder that it leaves empty. */
export function removeFile(output: string, path: string): void {
  // Behind a link lies something else.
  if (!realFolders(output)(path)) return;
  rmSync(join(output, path), { recursive: true, force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(output, folder));
    } catch {
      return;
    }
  }
}

/** The folder itself stays: it may be where another disk begins. */
export function emptyFolder(folder: string): void {
  makeFolder(folder);
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
}
