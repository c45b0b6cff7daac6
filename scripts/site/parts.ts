import { hash } from 'node:crypto';
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'astro/zod';
import writeFileAtomic from 'write-file-atomic';

/** Bytes of a file, time of its last change in whole milliseconds since 1970, SHA-256 in hex. */
type Mark = [size: number, time: number, written: string];

/** There may be a hundred thousand. Looked through by hand: a schema took more time than reading the file. */
function areMarks(files: unknown): boolean {
  return typeof files === 'object' && files !== null && Object.entries(files).every(isMarkOfFile);
}

/** Paths that lead out of the output folder somebody else wrote: what they name is removed, or written over. */
const LEADS_OUT = /^[\\/]|^[a-z]:|(?:^|[\\/])\.\.(?:[\\/]|$)/i;

function isMarkOfFile([path, mark]: [string, unknown]): boolean {
  if (LEADS_OUT.test(path) || !Array.isArray(mark) || mark.length !== 3) return false;
  const [size, time, written] = mark;
  return typeof size === 'number' && typeof time === 'number' && typeof written === 'string';
}

/**
 * The built site lies in pieces: each is made from what its `input` stands for, and owns some files of the output folder.
 * A piece whose input is the same as before, and whose files are as they were written, need not be made again.
 */
const Part = z.strictObject({
  /** A hash of everything that goes into the part's files. */
  input: z.string(),
  /** How many entries it is made of, where it is one of pages. */
  entries: z.int().nonnegative().optional(),
  /** By path from the output folder. */
  files: z.custom<Record<string, Mark>>(areMarks),
});
export type Part = z.infer<typeof Part>;

const Manifest = z.strictObject({ version: z.literal(1), parts: z.record(z.string(), Part) });

/** The parts of a built site by their names. */
export type Parts = Map<string, Part>;

/** Beside the output folder: what is remembered of it. Not published, and may be deleted at any time. */
export function storeOf(output: string): string {
  return join(dirname(output), '.orrery');
}

function manifestOf(output: string, kind: string): string {
  return join(storeOf(output), `${basename(output)}.${kind}.json`);
}

/** What is remembered of the parts of a kind; none where there is nothing, or nothing that can be relied on. */
export async function readParts(output: string, kind: string): Promise<Parts> {
  try {
    return new Map(Object.entries(Manifest.parse(JSON.parse(await readFile(manifestOf(output, kind), 'utf8'))).parts));
  } catch {
    return new Map();
  }
}

/** Whether anything is remembered of them, be it that there are none. */
export function isRemembered(output: string, kind: string): boolean {
  return existsSync(manifestOf(output, kind));
}

export async function writeParts(output: string, kind: string, parts: Parts): Promise<void> {
  const path = manifestOf(output, kind);
  const manifest: z.infer<typeof Manifest> = { version: 1, parts: Object.fromEntries(parts) };
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomic(path, JSON.stringify(manifest));
}

/** Marks of files just written, paths from the output folder. */
export function marksOf(output: string, paths: readonly string[]): Part['files'] {
  return Object.fromEntries(
    paths.map((path) => {
      const file = join(output, path);
      const { size, mtimeMs } = statSync(file);
      return [path, [size, Math.floor(mtimeMs), hashOf(file)]];
    }),
  );
}

/** Whether every file of a part lies in the output folder as it was written: by size and time, else by its bytes. */
export function isIntact(output: string, { files }: Pick<Part, 'files'>): boolean {
  return Object.entries(files).every(([path, [size, time, written]]) => {
    const file = join(output, path);
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found?.isFile() || found.size !== size) return false;
    if (Math.floor(found.mtimeMs) === time) return true;
    if (hashOf(file) !== written) return false;
    // Brought by something that keeps no times: the next look need not read it again. Half a millisecond in, so that
    // no rounding of the file system's takes it below.
    utimesSync(file, found.atimeMs / 1000, (time + 0.5) / 1000);
    return true;
  });
}

function hashOf(file: string): string {
  return hash('sha256', readFileSync(file));
}
