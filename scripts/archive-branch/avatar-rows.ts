import { isDeepStrictEqual } from 'node:util';
import { AVATAR_HASH, AVATAR_SIZES, avatarKey, avatarsText, keptFile } from '../../src/core/avatar-files.ts';

/** What of a row of `avatars.json` is looked at here: a snapshot wrote it, and the next one checks it again. */
interface Row {
  feed: string | null;
  author: string | null;
  hash: string | null;
}

/** Rows by their keys. A file that is damaged has none: what is lost is fetched again. */
function rowsOf(text: string | undefined): Map<string, Row> {
  try {
    const rows: unknown = JSON.parse(text || '[]');
    return new Map(Array.isArray(rows) ? rows.filter(isRow).map((row) => [avatarKey(row), row]) : []);
  } catch {
    return new Map();
  }
}

function isRow(row: unknown): row is Row {
  return typeof row === 'object' && row !== null && 'feed' in row && 'author' in row && 'hash' in row;
}

function textOf(rows: ReadonlyMap<string, Row>): string {
  return avatarsText([...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row));
}

/** Joins two lists that grew from one beginning: a row that only one of them changed is as that one has it, else as theirs. */
export function joinAvatars(
  base: string | undefined,
  theirs: string | undefined,
  ours: string | undefined,
  isKept: (feed: string) => boolean = () => true,
): string {
  const [before, their, our] = [rowsOf(base), rowsOf(theirs), rowsOf(ours)];
  const next = new Map(their);
  for (const key of new Set([...before.keys(), ...our.keys()])) {
    const mine = our.get(key);
    if (!isDeepStrictEqual(their.get(key), before.get(key))) continue;
    if (mine === undefined) next.delete(key);
    else next.set(key, mine);
  }
  return textOf(new Map([...next].filter(([, { feed }]) => feed === null || isKept(feed))));
}

/** The files of the pictures that a list names, by their names in the archive. */
export function namedPictures(text: string | undefined): string[] {
  const hashes = new Set([...rowsOf(text).values()].map(({ hash }) => hash ?? ''));
  return [...hashes]
    .filter((hash) => AVATAR_HASH.test(hash))
    .flatMap((hash) => AVATAR_SIZES.map((size) => `avatars/${keptFile(hash, size)}`));
}
