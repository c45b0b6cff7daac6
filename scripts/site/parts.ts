import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'astro/zod';
import { storeOf } from './files.ts';
import { type IsAsWritten, lookInto, type Mark } from './marks.ts';
import { type Line, readLines, writeLines } from './remembered.ts';

/** Paths that lead out of the output folder somebody else wrote: what they name is removed, or written over. */
const LEADS_OUT = /^[\\/]|^[a-z]:|(?:^|[\\/])\.\.(?:[\\/]|$)/i;

/**
 * The built site lies in pieces: each is made from what its `input` stands for, and owns some files of the output folder.
 * A piece whose input is the same as before, and whose files are as they were written, need not be made again.
 */
export interface Part {
  /** A hash of everything that goes into the part's files. */
  readonly input: string;
  /** How many entries it is made of, where it is one of pages. */
  readonly entries?: number | undefined;
  /** By path from the output folder. */
  readonly files: Record<string, Mark>;
}

/** A part as it is written: the path of each file and its mark's three, one after the other. As names of fields, paths took V8 thrice the time. */
const Written = z.strictObject({
  input: z.string(),
  entries: z.int().nonnegative().optional(),
  files: z.custom<(string | number)[]>(areMarks),
});

/** There may be a hundred thousand. Looked through by hand: a schema took more time than reading the file. */
function areMarks(files: unknown): boolean {
  if (!Array.isArray(files) || files.length % 4 !== 0) return false;
  for (let at = 0; at < files.length; at += 4) {
    if (typeof files[at] !== 'string' || LEADS_OUT.test(files[at])) return false;
    if (typeof files[at + 1] !== 'number' || typeof files[at + 2] !== 'number') return false;
    if (typeof files[at + 3] !== 'string') return false;
  }
  return true;
}

/** The parts of a built site by their names. */
export type Parts = Map<string, Part>;

function manifestOf(output: string, kind: string): string {
  return join(storeOf(output), `${basename(output)}.${kind}`);
}

/** Whether anything is remembered of the parts of a kind, be it that there are none. */
export function isRemembered(output: string, kind: string): boolean {
  return existsSync(manifestOf(output, kind));
}

/** The lines that parts were read from or written as: one that stays as it is need not be written anew. */
const linesOfParts = new WeakMap<Part, Line>();

/**
 * What is remembered of the parts of a kind; nothing where it is damaged.
 * @param isWanted which of them are, by name: to read all of a large site takes as long as to look for its files
 */
export async function readParts(output: string, kind: string, isWanted = (_name: string) => true): Promise<Parts> {
  const parts: Parts = new Map();
  for (const [name, line] of readLines(manifestOf(output, kind))) {
    const part = isWanted(name) ? partOf(line) : null;
    if (part !== null) parts.set(name, part);
  }
  return parts;
}

/**
 * Names of the parts whose files all lie in the output folder as they were written, from what goes into them now. One after
 * the other: nobody need hold what is known of each file of a site.
 * @param inputOf tells what goes into a part, by its name; of others it is not asked whether they are intact
 */
export function intactParts(output: string, kind: string, inputOf: (name: string) => string | undefined): Set<string> {
  const intact = new Set<string>();
  const isAsWritten = lookInto(output);
  for (const [name, line] of readLines(manifestOf(output, kind))) {
    const input = inputOf(name);
    const written = input === undefined ? null : writtenIn(line);
    if (written !== null && written.input === input && areIntact(isAsWritten, written.files)) intact.add(name);
  }
  return intact;
}

/** @param stays tells of which parts, by name, what is remembered stays, beside `parts` */
export async function writeParts(
  output: string,
  kind: string,
  parts: Parts,
  stays: ((name: string) => boolean) | null = null,
): Promise<void> {
  const folder = manifestOf(output, kind);
  const lines = new Map(stays ? [...readLines(folder)].filter(([name]) => stays(name)) : []);
  for (const [name, part] of parts) lines.set(name, lineOf(part));
  writeLines(folder, lines);
}

/** What can be told of a part without reading which files it has. */
export interface Brief {
  /** A hash of the paths and bytes of its files. */
  bytes: string;
  /** How many entries it is made of. */
  entries: number;
  /** Whether it has a file of such a path, as JSON writes it. */
  has: (path: RegExp) => boolean;
}

/** By name, of each part that is remembered. */
export async function briefsOfParts(output: string, kind: string): Promise<Map<string, Brief>> {
  const lines = [...readLines(manifestOf(output, kind))];
  return new Map(
    lines.map(([name, { bytes, json }]) => {
      // As `lineOf` has it: files come last.
      const [, entries = 0] = /^\{"input":"[^"]*","entries":(\d+)/.exec(json) ?? [];
      return [name, { bytes, entries: Number(entries), has: (path) => path.test(json) }];
    }),
  );
}

function partOf(line: Line): Part | null {
  const written = writtenIn(line);
  if (written === null) return null;
  const { input, entries, files: all } = written;
  const files: Record<string, Mark> = {};
  for (let at = 0; at < all.length; at += 4) files[all[at] as string] = all.slice(at + 1, at + 4) as Mark;
  const part = { input, entries, files };
  linesOfParts.set(part, line);
  return part;
}

function writtenIn({ json }: Line): z.infer<typeof Written> | null {
  try {
    return Written.parse(JSON.parse(json));
  } catch {
    return null;
  }
}

function lineOf(part: Part): Line {
  const known = linesOfParts.get(part);
  if (known !== undefined) return known;
  const files = Object.entries(part.files).map(([path, [, , written]]) => `${path} ${written}\n`);
  const { input, entries } = part;
  const line = {
    bytes: hash('sha256', files.sort().join('')),
    json: JSON.stringify({
      input,
      entries,
      files: Object.entries(part.files).flatMap(([path, mark]) => [path, ...mark]),
    }),
  };
  linesOfParts.set(part, line);
  return line;
}

function areIntact(isAsWritten: IsAsWritten, files: readonly (string | number)[]): boolean {
  for (let at = 0; at < files.length; at += 4) {
    const [size, time] = [files[at + 1] as number, files[at + 2] as number];
    if (!isAsWritten(files[at] as string, size, time, files[at + 3] as string)) return false;
  }
  return true;
}
