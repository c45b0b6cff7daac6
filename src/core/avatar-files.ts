// Without any library: where the archive's branch is kept, none is installed.

/** Width and height in pixels of the two files that are kept of a picture: for small places, and for all others. */
export const AVATAR_SIZES = [48, 96] as const;
export type AvatarSize = (typeof AVATAR_SIZES)[number];

/** What names a kept picture: a hash of the bytes of both files, one after the other. */
export const AVATAR_HASH = /^[0-9a-f]{20}$/;

/** What a kept picture is called, in the archive and on the site. The dot keeps it apart from all slugs. */
export function keptFile(hash: string, size: AvatarSize): string {
  return `${hash}.${size}.webp`;
}

/** Tells avatars apart. */
export function avatarKey({ feed, author }: { feed: string | null; author: string | null }): string {
  return JSON.stringify([feed, author]);
}

/** `avatars.json`: a row a line, so that git and people see what changed; empty where there is none. */
export function avatarsText(rows: readonly object[]): string {
  return rows.length === 0 ? '' : `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`;
}
