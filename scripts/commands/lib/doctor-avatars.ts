import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { avatarPath, avatarsFolder, readAvatars, storedPictures } from '../../../src/archive/read-avatars.ts';
import { AVATAR_SIZES } from '../../../src/core/avatar-files.ts';
import type { Avatar } from '../../../src/core/avatar-row.ts';
import type { FeedConfig } from '../../../src/core/planet.ts';
import { countText } from '../../../src/core/text.ts';
import { type Note, ok, warning } from './doctor-archive.ts';

/** Notes on the pictures of feeds and authors; none if the archive has no pictures. A missing one that `planet.yaml` names is a warning. */
export async function examineAvatars(archive: string, feeds: readonly FeedConfig[]): Promise<Note[]> {
  const known = await readAvatars(archive);
  const kept = await storedPictures(archive);
  if (known.length + kept.size === 0) return [];
  const named = new Set(known.flatMap(({ hash: name }) => name ?? []));
  const damaged: string[] = [];
  for (const name of named) if (kept.has(name) && !(await isWhole(archive, name))) damaged.push(name);
  const lost = [...named].filter((name) => !kept.has(name)).length;
  const files = await readdir(avatarsFolder(archive)).catch(() => []);
  const unused = files.filter((file) => !named.has(file.slice(0, file.indexOf('.')))).length;
  const isNamed = ({ feed, author, urls }: Avatar) =>
    feed === null || (author === null && feeds.some(({ id, avatar }) => id === feed && avatar === urls[0]));
  const failed = known.filter(({ problem }) => problem !== null);
  return [
    ok(`${countText(kept.size, 'picture', 'pictures')} of feeds and authors ${kept.size === 1 ? 'is' : 'are'} kept.`),
    ...damaged.map((name) =>
      warning(`avatars/${name}.*.webp is damaged. Remove both files; the next snapshot fetches them again.`),
    ),
    ...(lost > 0
      ? [ok(`${countText(lost, 'picture is', 'pictures are')} missing; the next snapshot fetches them again.`)]
      : []),
    ...(unused > 0 ? [ok(`${countText(unused, 'unused file', 'unused files')} in avatars/ can be removed.`)] : []),
    ...failureNote(failed.filter(isNamed), warning, ' that planet.yaml names'),
    ...failureNote(
      failed.filter((avatar) => !isNamed(avatar)),
      ok,
    ),
  ];
}

function failureNote(failed: readonly Avatar[], level: (says: string) => Note, which = ''): Note[] {
  const count = countText(failed.length, 'picture', 'pictures');
  return failed
    .slice(0, 1)
    .map(({ author, feed, problem: why }) =>
      level(`${count}${which} could not be fetched, for example of ${author ?? feed}: ${why}.`),
    );
}

async function isWhole(archive: string, name: string): Promise<boolean> {
  const files = await Promise.all(AVATAR_SIZES.map((size) => readFile(avatarPath(archive, name, size))));
  return hash('sha256', Buffer.concat(files)).startsWith(name);
}
