import { archiveFolder } from '../../src/archive.ts';
import { createFetcher } from './fetch.ts';
import { withLock } from './lock.ts';
import { createReader, type Reader } from './reader.ts';
import type { Report } from './report.ts';
import { type Snapshot, takeSnapshot } from './take.ts';
import { userAgent } from './user-agent.ts';

/**
 * One run, alone on its archive, with a fetcher and a reader of its own. Throws `LockedArchive` where another run is at it, and
 * `DamagedArchive` where a file in it is not what a snapshot wrote.
 * @param allowPrivate hosts of a private network that may be asked all the same
 * @param reader another's, who closes it
 */
export async function runSnapshot({
  allowPrivate,
  reader,
  ...run
}: Omit<Snapshot, 'fetchFeed' | 'readSafely'> & {
  allowPrivate: readonly string[];
  reader?: Reader;
}): Promise<Report> {
  const { planet, folder, now } = run;
  const { readSafely, close } = reader ?? createReader();
  const fetcher = createFetcher({ userAgent: userAgent(planet), allowPrivate, now: () => now });
  try {
    return await withLock(archiveFolder(folder), () =>
      takeSnapshot({ ...run, fetchFeed: fetcher.fetchFeed, readSafely }),
    );
  } finally {
    if (reader === undefined) close();
    await fetcher.close();
  }
}
