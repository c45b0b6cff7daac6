import { archiveFolder } from '../../src/archive.ts';
import { createFetcher } from './fetch.ts';
import { withLock } from './lock.ts';
import type { Report } from './report.ts';
import { type Snapshot, takeSnapshot } from './take.ts';
import { userAgent } from './user-agent.ts';

/**
 * One run, alone on its archive and with a fetcher of its own. Throws `LockedArchive` where another run is at it, and
 * `DamagedArchive` where a file in it is not what a snapshot wrote.
 * @param allowPrivate hosts of a private network that may be asked all the same
 */
export async function runSnapshot({
  allowPrivate,
  ...run
}: Omit<Snapshot, 'fetchFeed'> & { allowPrivate: readonly string[] }): Promise<Report> {
  const { planet, folder, now } = run;
  const fetcher = createFetcher({ userAgent: userAgent(planet), allowPrivate, now: () => now });
  try {
    return await withLock(archiveFolder(folder), () => takeSnapshot({ ...run, fetchFeed: fetcher.fetchFeed }));
  } finally {
    await fetcher.close();
  }
}
