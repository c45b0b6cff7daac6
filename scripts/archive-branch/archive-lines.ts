import { isDeepStrictEqual } from 'node:util';
import {
  keysIn,
  type Ledger,
  ledgerKeys,
  ledgerSum,
  ledgerText,
  type MonthRow,
  monthRow,
  parseLedger,
} from '../../src/archive/ledger.ts';
import { AVATAR_HASH, AVATAR_SIZES, avatarKey, avatarsText, storedFile } from '../../src/core/avatar-files.ts';
import type { Entry } from '../../src/core/entry.ts';
import { entryKey, sortKey } from '../../src/core/entry-keys.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { sortedByKey } from '../../src/core/text.ts';

/** The folder in the archive for new files until all of them are complete. */
export const STAGING = '.laying';

/** The texts of an archive's files, by file name; without pictures. */
export type Files = ReadonlyMap<string, string>;

/** Whether a file belongs to the archive. Locks, damaged files that were set aside and all others stay on this machine. */
export function isArchiveFile(name: string): boolean {
  return isMonth(name) || OTHERS.has(name) || isPictureFile(name);
}

const OTHERS = new Set(['held.ndjson', 'feeds.json', 'ledger.json', 'avatars.json']);
export const PICTURES_FOLDER = 'avatars';

export function isPictureFile(name: string): boolean {
  return /^avatars\/[0-9a-f]{20}\.(?:48|96)\.webp$/.test(name);
}

export function isMonth(name: string): boolean {
  return /^\d{4}-\d{2}\.ndjson$/.test(name);
}

/** A line of a file, and what places it there. */
export type WrittenLine = { entry: Pick<Entry, 'published' | 'feed' | 'id'>; line: string };

export interface EntryLine extends WrittenLine {
  key: string;
  entry: Entry;
}

export function entryLines(text: string | undefined): EntryLine[] {
  const lines = (text ?? '').replace(/^\uFEFF/, '').split('\n');
  return lines.flatMap((line) => (line.trimEnd() === '' ? [] : entryLine(line.trimEnd())));
}

/** Not validated: `archive push` runs without libraries; the next snapshot validates. Throws if it is no JSON. */
export function entryLine(line: string): EntryLine {
  try {
    const entry: Entry = JSON.parse(line);
    return { key: entryKey(entry), entry, line };
  } catch {
    throw new OperatorError(
      `A line of the archive is damaged: ${JSON.stringify(line.slice(0, 60))}. Move its file away; "npm run archive -- pull" restores it from the branch.`,
    );
  }
}

/** An entry that a later archive lacks. `month` is its file. */
export type Lost = { month: string; feed: string; id: string };

/** The entries of a month's file that its later text lacks. */
export function lostEntries(month: string, before: string, after: string): Lost[] {
  const kept = byKey(entryLines(after));
  const lost = entryLines(before).filter(({ key }) => !kept.has(key));
  return lost.map(({ entry: { feed, id } }) => ({ month, feed, id }));
}

/** Null if the ledger is missing or damaged. */
export function ledgerIn(files: Files): Ledger | null {
  const file = parseLedger(files.get('ledger.json'));
  return file.kind === 'ledger' ? file.ledger : null;
}

/** The rows of a ledger for these files, by `2026-01`, counted in their lines. Months without lines have no row. */
export function monthRows(files: Files): Map<string, MonthRow> {
  const months = [...files].filter(([name, text]) => isMonth(name) && text !== '');
  const entriesIn = (text: string) => entryLines(text).map(({ entry }) => entry);
  return new Map(months.map(([name, text]) => [name.slice(0, 7), monthRow(ledgerSum(text), entriesIn(text))]));
}

/**
 * The text of a ledger for files that were joined from `sources`. An entry that a ledger of a source lists, but no file
 * has, is still missing. Null if no source has a ledger. `isKept` tells whether the files keep a feed.
 */
export function ledgerFrom(files: Files, sources: readonly Files[], isKept: (feed: string) => boolean): string | null {
  const ledgers = sources.map(ledgerIn).filter((ledger) => ledger !== null);
  if (ledgers.length === 0) return null;
  const rows = monthRows(files);
  const present = new Set([...rows.values()].flatMap(ledgerKeys));
  const lost = new Set(ledgers.flatMap((ledger) => ledger.lost).filter((key) => !present.has(key)));
  const months = Object.fromEntries(rows);
  for (const [month, row] of ledgers.flatMap((ledger) => Object.entries(ledger.months))) {
    for (const [feed, keys] of Object.entries(row.feeds).filter(([feed]) => isKept(feed))) {
      const missing = keysIn(keys).filter((key) => !present.has(key) && !lost.has(key));
      if (missing.length > 0) months[month] = withMissing(months[month], feed, missing);
    }
  }
  return ledgerText({ ...Object.assign({}, ...ledgers.toReversed()), months, next: {}, lost: [...lost] });
}

/** A row with keys of missing entries added. Its sum is empty: no file fits it. */
function withMissing(month: MonthRow | undefined, feed: string, keys: readonly string[]): MonthRow {
  const before = month ?? { entries: 0, sum: '', feeds: {} };
  const all = [...new Set([...keysIn(before.feeds[feed]), ...keys])].sort();
  const feeds = { ...before.feeds, [feed]: all.join('') };
  const entries = ledgerKeys({ ...before, feeds }).length;
  return { entries, sum: '', feeds: sortedByKey(Object.entries(feeds)) };
}

export function monthFiles(files: Files): [name: string, text: string][] {
  return [...files].filter(([name]) => isMonth(name));
}

export function allLines(files: Files): EntryLine[] {
  return monthFiles(files).flatMap(([, text]) => entryLines(text));
}

export function byKey(lines: readonly EntryLine[]): Map<string, EntryLine> {
  return new Map(lines.map((line) => [line.key, line]));
}

/** The text of a file of entries, in the order in which a snapshot writes it. */
export function sortedText(lines: readonly WrittenLine[]): string {
  const keyed = lines.map(({ entry, line }) => ({ line, key: sortKey(entry) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return keyed.map(({ line }) => `${line}\n`).join('');
}

/** The fields of a row of `avatars.json` that matter here. The next snapshot validates the whole row. */
type AvatarRow = { feed: string | null; author: string | null; hash: string | null };

/** The rows by key. None if the file is damaged: the next snapshot fetches the pictures again. */
function avatarRows(text: string | undefined): Map<string, AvatarRow> {
  try {
    const rows: unknown = JSON.parse(text || '[]');
    return new Map(Array.isArray(rows) ? rows.filter(isAvatarRow).map((row) => [avatarKey(row), row]) : []);
  } catch {
    return new Map();
  }
}

function isAvatarRow(row: unknown): row is AvatarRow {
  return typeof row === 'object' && row !== null && 'feed' in row && 'author' in row && 'hash' in row;
}

/** Joins two versions of a list: a row that only one of them changed comes from that one, any other row from theirs. */
export function joinAvatars(
  base: string | undefined,
  theirs: string | undefined,
  ours: string | undefined,
  isKept: (feed: string) => boolean,
): string {
  const [baseRows, theirRows, ourRows] = [avatarRows(base), avatarRows(theirs), avatarRows(ours)];
  const next = new Map(theirRows);
  for (const key of new Set([...baseRows.keys(), ...ourRows.keys()])) {
    const ourRow = ourRows.get(key);
    if (!isDeepStrictEqual(theirRows.get(key), baseRows.get(key))) continue;
    if (ourRow === undefined) next.delete(key);
    else next.set(key, ourRow);
  }
  const kept = [...next].filter(([, { feed }]) => feed === null || isKept(feed));
  return avatarsText(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row));
}

export function namedPictures(text: string | undefined): string[] {
  const hashes = new Set([...avatarRows(text).values()].map(({ hash }) => hash ?? ''));
  return [...hashes]
    .filter((hash) => AVATAR_HASH.test(hash))
    .flatMap((hash) => AVATAR_SIZES.map((size) => `avatars/${storedFile(hash, size)}`));
}
