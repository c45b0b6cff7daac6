import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { AVATAR_SIZES, type AvatarSize, storedFile } from '../core/avatar-files.ts';
import { Avatar } from '../core/avatars.ts';
import { linkTarget } from './link-target.ts';

export function avatarsFile(archive: string): string {
  return join(archive, 'avatars.json');
}

export function avatarsFolder(archive: string): string {
  return join(archive, 'avatars');
}

export function avatarPath(archive: string, hash: string, size: AvatarSize): string {
  return join(avatarsFolder(archive), storedFile(hash, size));
}

/** The rows of the list; only the valid ones of a damaged file. The next snapshot fetches lost pictures again. */
export async function readAvatars(archive: string): Promise<Avatar[]> {
  if (linkTarget(archive, 'avatars.json') !== 'inside') return [];
  // A system error is no damage: without the list, the next snapshot would forget pictures whose hosts are down.
  const text = await readFile(avatarsFile(archive), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'EISDIR') return '[]';
    throw error;
  });
  try {
    const rows = z.array(z.unknown()).parse(JSON.parse(text));
    return rows.flatMap((row) => Avatar.safeParse(row).data ?? []);
  } catch {
    return [];
  }
}

/** The hashes of the pictures with both of their files. Links do not count as files. */
export async function storedPictures(archive: string): Promise<Set<string>> {
  if (!existsSync(avatarsFolder(archive)) || linkTarget(archive, 'avatars') === 'outside') return new Set();
  const found = await readdir(avatarsFolder(archive), { withFileTypes: true });
  const files = new Set(found.filter((file) => file.isFile()).map(({ name }) => name));
  const hashes = [...files].map((name) => name.slice(0, name.indexOf('.')));
  return new Set(hashes.filter((hash) => AVATAR_SIZES.every((size) => files.has(storedFile(hash, size)))));
}
