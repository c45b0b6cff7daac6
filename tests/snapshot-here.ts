import { setAsideBefore } from '../scripts/snapshot/damage.ts';
import { createFetcher } from '../scripts/snapshot/fetch.ts';
import { withLock } from '../scripts/snapshot/lock.ts';
import type { Report } from '../scripts/snapshot/report.ts';
import { takeSnapshot } from '../scripts/snapshot/take.ts';
import { userAgent } from '../scripts/snapshot/user-agent.ts';
import { archiveFolder } from '../src/archive.ts';
import { loadPlanet } from '../src/folder.ts';

/**
 * What `scripts/snapshot.ts` does, as a function: for tests of what many runs read and keep, where a process for each would be
 * most of the time. `host` is a private one that may be asked.
 */
export async function snapshotHere(folder: string, now: Date, host?: string): Promise<Report> {
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'mistakes') throw new Error(loaded.told.join('\n'));
  const { planet } = loaded;
  const archive = archiveFolder(folder);
  const damaged = await setAsideBefore(archive);
  if (damaged) throw new Error(damaged);
  const fetcher = createFetcher({ userAgent: userAgent(planet), allowPrivate: host ? [host] : [], now: () => now });
  const { fetchFeed } = fetcher;
  try {
    return await withLock(archive, () =>
      takeSnapshot({ planet, feeds: planet.feeds, folder, now, fetchFeed, progress: () => {} }),
    );
  } finally {
    await fetcher.close();
  }
}
