import { isDeepStrictEqual } from 'node:util';
import { AVATAR_HASH, AVATAR_SIZES, avatarKey, avatarsText, keptFile } from '../../src/core/avatars.ts';

/** The fields of a row of `avatars.json` that matter here. The next snapshot validates the whole row. */
interface Row {
  feed: string | null;
  author: string | null;
  hash: string | null;
}

/** The rows by key. None if the file is damaged: the next snapshot fetches the pictures again. */
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

/** Joins two versions of a list: a row that only one of them changed comes from that one, any other row from theirs. */
export function joinAvatars(
  base: string | undefined,
  theirs: string | undefined,
  ours: string | undefined,
  isKept: (feed: string) => boolean = () => true,
): string {
  const [baseRows, theirRows, ourRows] = [rowsOf(base), rowsOf(theirs), rowsOf(ours)];
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

/** The file names of the pictures in a list. */
export function namedPictures(text: string | undefined): string[] {
  const hashes = new Set([...rowsOf(text).values()].map(({ hash }) => hash ?? ''));
  return [...hashes]
    .filter((hash) => AVATAR_HASH.test(hash))
    .flatMap((hash) => AVATAR_SIZES.map((size) => `avatars/${keptFile(hash, size)}`));
}
