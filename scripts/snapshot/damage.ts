import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { DamagedArchive } from '../../src/archive.ts';

const mark = '.damaged';

/** What to tell an operator whose archive holds a file that was set aside; null where none was. */
export async function setAsideBefore(archive: string): Promise<string | null> {
  const names = await readdir(archive).catch(() => []);
  const [name] = names.filter((each) => each.endsWith(mark)).sort();
  return name === undefined ? null : howToMend(join(archive, name));
}

/** Sets a damaged file aside under a name of its own, so that nothing is written over it, and says what to do. */
export async function setAside(error: DamagedArchive): Promise<string> {
  await rename(error.path, `${error.path}${mark}`);
  return `${error.what}. ${howToMend(`${error.path}${mark}`)}`;
}

function howToMend(aside: string): string {
  const name = aside.slice(0, -mark.length);
  return `The damaged file was set aside as ${aside}. Put a good copy back as ${name} (a backup has one; or "npm run archive -- pull" brings it, if you keep the archive on its branch), remove ${aside}, and run again.`;
}
