import { archiveFolder } from './archive.ts';
import type { Planet } from './model/planet.ts';
import { readSite } from './site.ts';

/** Paths of the entries whose pages search engines may list: those of feeds with `index: true`. */
export async function indexedEntries(planet: Planet, folder: string): Promise<ReadonlySet<string>> {
  const listed = new Set(planet.feeds.filter(({ index }) => index).map(({ id }) => id));
  // Mostly nobody asks for it, and the archive need not be read twice.
  if (listed.size === 0) return new Set();
  const { entries } = await readSite(folder, archiveFolder(folder));
  return new Set(entries.filter(({ feed }) => listed.has(feed)).map(({ path }) => path));
}
