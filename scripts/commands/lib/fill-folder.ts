import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Runs work that fills a new or empty folder. If it fails, removes all that was not there before: the command can be repeated. */
export async function fillFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = await readdir(folder).catch(() => null);
  try {
    return await work();
  } catch (error) {
    const written = before === null ? [''] : (await readdir(folder)).filter((name) => !before.includes(name));
    for (const name of written) await rm(join(folder, name), { recursive: true, force: true });
    throw error;
  }
}
