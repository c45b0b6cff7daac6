import type { Entry } from '../../src/model/entry.ts';
import { OperatorError } from '../../src/operator-error.ts';

/** Where files lie until all of them are whole. */
export const LAYING = '.laying';

/** The files of an archive and their texts, by name. */
export type Files = ReadonlyMap<string, string>;

/** Whether a file belongs to an archive. Locks, what was set aside as damaged, and whatever else lies there stay on the machine. */
export function isArchiveFile(name: string): boolean {
  return isMonth(name) || name === 'held.ndjson' || name === 'feeds.json' || name === 'ledger.json';
}

export function isMonth(name: string): boolean {
  return /^\d{4}-\d{2}\.ndjson$/.test(name);
}

export function linesOf(text: string | undefined): string[] {
  return (text ?? '')
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter(Boolean);
}

/** Not looked at closer: a snapshot wrote it, and the next one checks it again. Throws an `OperatorError` where it is no JSON. */
export function entryOf(line: string): Entry {
  try {
    return JSON.parse(line);
  } catch {
    throw new OperatorError(
      `A line of the archive is not what a snapshot wrote: ${JSON.stringify(line.slice(0, 60))}. Move the file away that holds it; "npm run archive -- pull" brings back what the branch has of it.`,
    );
  }
}

/** An entry's name in the archive: no two lines have the same. */
export function nameOf({ feed, id }: Pick<Entry, 'feed' | 'id'>): string {
  return `${feed}\n${id}`;
}

/** Feeds and ids of entries that one text of a month holds and another does not. */
export function lost(before: string, after: string): [feed: string, id: string][] {
  const kept = new Set(linesOf(after).map((line) => nameOf(entryOf(line))));
  return linesOf(before)
    .map(entryOf)
    .filter((entry) => !kept.has(nameOf(entry)))
    .map(({ feed, id }) => [feed, id]);
}
