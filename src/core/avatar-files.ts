// This file imports no library: on the runner that saves the archive's branch, none is installed.

import { nameKey } from './name-lists.ts';
import { capitalOf, letterOf } from './text.ts';

/** Width and height, in pixels, of the two stored files of a picture: for small avatars, and for all others. */
export const AVATAR_SIZES = [48, 96] as const;
export type AvatarSize = (typeof AVATAR_SIZES)[number];

/** The name of a stored picture: a hash of the bytes of both files, one after the other. */
export const AVATAR_HASH = /^[0-9a-f]{20}$/;

/** The file name of a stored picture, in the archive and on the site. No slug has a dot, so that names never clash. */
export function storedFile(hash: string, size: AvatarSize): string {
  return `${hash}.${size}.webp`;
}

/** The file name of an avatar: a name with a dot is a file of the operator; a name without one is the hash of a stored picture. */
export function avatarFile(avatar: string, size: AvatarSize): string {
  return avatar.includes('.') ? avatar : storedFile(avatar, size);
}

export function avatarKey({ feed, author }: { feed: string | null; author: string | null }): string {
  return JSON.stringify([feed, author]);
}

/** The text of `avatars.json`: one line for each row, for readable differences in git; empty if there are no rows. */
export function avatarsText(rows: readonly object[]): string {
  return rows.length === 0 ? '' : `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`;
}

/** Width and height of the avatars on pages, in CSS pixels. */
export const AVATAR_SIDES = [24, 44, 56, 96] as const;
/** The number of colours for avatars without a picture. */
export const TONES = 12;

/** The style rules of avatars without a picture: `.avatar-24` and others for the sizes, `.tone-0` and others for the colours. */
export function avatarRules(): string {
  const tones = Array.from({ length: TONES }, (_, tone) => `.tone-${tone} { --hue: ${(tone * 360) / TONES}; }`);
  return [...AVATAR_SIDES.map((side) => `.avatar-${side} { --side: ${side}px; }`), ...tones].join('\n');
}

/** The avatar of a person or feed without a picture: the first letter of the name, and a colour that depends only on the name. */
export function monogramOf(name: string): { letter: string; tone: number } {
  return { letter: capitalOf(letterOf(name.normalize('NFC'))), tone: nameHash(nameKey(name)) % TONES };
}

/** The hash FNV-1a: similar names have different hashes. http://www.isthe.com/chongo/tech/comp/fnv/ */
function nameHash(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  // The lowest bits alone are badly distributed.
  return (hash ^ (hash >>> 15)) >>> 0;
}
