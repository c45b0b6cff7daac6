import { mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type PartName, partOfFile } from '../../src/lib/parts.ts';
import { filesBelow } from './files.ts';
import type { Input } from './inputs.ts';
import { isIntact, marksOf, type Part, type Parts, writeParts } from './parts.ts';

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
  const made: Parts = new Map();
  for (const [name, input] of inputs) {
    const marks = marksOf(built, files.get(name) ?? []);
    made.set(name, { ...input, files: takeIn(output, built, marks, before.get(name)) });
  }
  const wanted = new Set([...made.values()].flatMap((part) => Object.keys(part.files)));
  for (const part of before.values()) {
    for (const path of Object.keys(part.files)) if (!wanted.has(path)) removeFile(output, path);
  }
  rmSync(built, { recursive: true, force: true });
  await writeParts(output, 'pages', made, stays);
}

/** A file that says the same as before stays, with its time: whoever uploads what is newer need not send it again. */
function takeIn(output: string, built: string, marks: Part['files'], before: Part | undefined): Part['files'] {
  const files: Part['files'] = {};
  for (const [path, mark] of Object.entries(marks)) {
    const known = before?.files[path];
    const same = known !== undefined && known[2] === mark[2] && isIntact(output, { files: { [path]: known } });
    if (!same) {
      mkdirSync(dirname(join(output, path)), { recursive: true });
      renameSync(join(built, path), join(output, path));
    }
    files[path] = same ? known : mark;
  }
  return files;
}

/** Removes a file, and every folder that it leaves empty. */
export function removeFile(output: string, path: string): void {
  rmSync(join(output, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(output, folder));
    } catch {
      return;
    }
  }
}
