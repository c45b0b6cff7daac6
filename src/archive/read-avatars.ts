import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { AVATAR_SIZES, type AvatarSize, keptFile } from '../core/avatar-files.ts';
import { Avatar } from '../core/avatars.ts';
import { linkTarget } from './inside.ts';

/** What the archive knows of pictures. */
export function avatarsFile(archive: string): string {
  return join(archive, 'avatars.json');
}

/** Where the pictures themselves lie. */
export function avatarsFolder(archive: string): string {
  return join(archive, 'avatars');
}

export function avatarPath(archive: string, hash: string, size: AvatarSize): string {
  return join(avatarsFolder(archive), keptFile(hash, size));
}

/** What is known of each picture; of a file that is damaged, the rows that are whole. A picture that is lost is fetched again. */
export async function readAvatars(archive: string): Promise<Avatar[]> {
  if (linkTarget(archive, 'avatars.json') !== 'inside') return [];
  try {
    const rows = z.array(z.unknown()).parse(JSON.parse(await readFile(avatarsFile(archive), 'utf8')));
    return rows.flatMap((row) => Avatar.safeParse(row).data ?? []);
  } catch {
    return [];
  }
}

/** Hashes of the pictures of which both files are there. No link counts as one. */
export async function keptPictures(archive: string): Promise<Set<string>> {
  if (!existsSync(avatarsFolder(archive)) || linkTarget(archive, 'avatars') === 'outside') return new Set();
  const found = await readdir(avatarsFolder(archive), { withFileTypes: true });
  const files = new Set(found.filter((file) => file.isFile()).map(({ name }) => name));
  const hashes = [...files].map((name) => name.slice(0, name.indexOf('.')));
  return new Set(hashes.filter((hash) => AVATAR_SIZES.every((size) => files.has(keptFile(hash, size)))));
}
