import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { avatarPath, avatarsFolder, keptPictures, readAvatars } from '../../../src/archive/read-avatars.ts';
import { AVATAR_SIZES } from '../../../src/core/avatar-files.ts';
import { counted } from '../../../src/core/periods.ts';
import { type Note, ok, warning } from './doctor-report.ts';

/** The pictures that the archive keeps of feeds and authors; nothing where it knows of none. */
export async function examineAvatars(archive: string): Promise<Note[]> {
  const known = await readAvatars(archive);
  const kept = await keptPictures(archive);
  if (known.length + kept.size === 0) return [];
  const named = new Set(known.flatMap(({ hash: name }) => name ?? []));
  const damaged: string[] = [];
  for (const name of named) if (kept.has(name) && !(await isWhole(archive, name))) damaged.push(name);
  const lost = [...named].filter((name) => !kept.has(name)).length;
  const files = await readdir(avatarsFolder(archive)).catch(() => []);
  const idle = files.filter((file) => !named.has(file.slice(0, file.indexOf('.')))).length;
  const ill = known.filter(({ problem }) => problem !== null);
  const [first] = ill;
  return [
    ok(`${counted(kept.size, 'picture', 'pictures')} of feeds and authors ${kept.size === 1 ? 'is' : 'are'} kept.`),
    ...damaged.map((name) =>
      warning(`avatars/${name}.*.webp is damaged. Remove both files; the next snapshot fetches them again.`),
    ),
    ...(lost > 0
      ? [ok(`${counted(lost, 'picture is', 'pictures are')} missing; the next snapshot fetches them again.`)]
      : []),
    ...(idle > 0 ? [ok(`${counted(idle, 'file', 'files')} in avatars/ belong to nothing and can be removed.`)] : []),
    ...(first === undefined
      ? []
      : [
          ok(
            `${counted(ill.length, 'picture', 'pictures')} could not be had, as that of ${first.author ?? first.feed}: ${first.problem}.`,
          ),
        ]),
  ];
}

async function isWhole(archive: string, name: string): Promise<boolean> {
  const files = await Promise.all(AVATAR_SIZES.map((size) => readFile(avatarPath(archive, name, size))));
  return hash('sha256', Buffer.concat(files)).startsWith(name);
}
