import { hash } from 'node:crypto';
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';

/** What is remembered of a part, as it is written: a hash of its files' paths and bytes, and the rest as JSON. */
export interface Line {
  bytes: string;
  json: string;
}

/**
 * Reads a file that remembers parts: a first line that stands for all others, then a line for each, its name and its line's
 * two between tabs, which JSON has none of. A file that is missing or damaged anywhere remembers nothing.
 */
export async function readLines(path: string): Promise<ReadonlyMap<string, Line>> {
  const now = stateOf(path);
  const last = known.get(path);
  if (last !== undefined && last.state === now) return last.lines;
  const lines = await parse(path);
  known.set(path, { state: now, lines });
  return lines;
}

/** What was last read or written here: a step asks several times, and there may be ten megabytes. */
const known = new Map<string, { state: string; lines: ReadonlyMap<string, Line> }>();

function stateOf(path: string): string {
  const { ino, size, mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return `${ino} ${size} ${mtimeMs}`;
}

async function parse(path: string): Promise<ReadonlyMap<string, Line>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const rest = text.slice(text.indexOf('\n') + 1);
  if (!text.startsWith(firstLine(rest))) return new Map();
  const lines = rest.split('\n').slice(0, -1);
  return new Map(lines.map((line) => lineOf(line.split('\t'))));
}

/** Names must hold neither tab nor line feed. */
export async function writeLines(path: string, lines: ReadonlyMap<string, Line>): Promise<void> {
  const rest = [...lines].map(([name, { bytes, json }]) => `${name}\t${bytes}\t${json}\n`).join('');
  await writeFileAtomic(path, `${firstLine(rest)}${rest}`);
  known.set(path, { state: stateOf(path), lines });
}

function firstLine(rest: string): string {
  return `orrery parts 2 ${hash('sha256', rest)}\n`;
}

function lineOf([name = '', bytes = '', json = '']: string[]): [string, Line] {
  return [name, { bytes, json }];
}
