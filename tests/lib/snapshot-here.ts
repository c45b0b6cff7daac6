import { parseShard, shareOf, takeShare } from '../../scripts/archive-branch/shards.ts';
import type { Report } from '../../scripts/snapshot/report.ts';
import { runSnapshot, takeSnapshot } from '../../scripts/snapshot/run.ts';
import { adviceForSetAside } from '../../scripts/snapshot/verify.ts';
import { archiveFolder } from '../../src/archive/archive.ts';
import { loadPlanet } from '../../src/archive/load-planet.ts';

/**
 * What `scripts/snapshot.ts` does, as a function: for tests of what many runs read and keep, where a process for each would be
 * most of the time. `host` is a private one that may be asked; `share` is that of one machine of several, such as `1/3`.
 */
export async function snapshotHere(folder: string, now: Date, host?: string, share?: string): Promise<Report> {
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'mistakes') throw new Error(loaded.problems.join('\n'));
  const { planet } = loaded;
  const [damaged] = await adviceForSetAside(archiveFolder(folder));
  if (damaged) throw new Error(damaged);
  const allowPrivate = host ? [host] : [];
  const shard = share === undefined ? null : parseShard(share);
  if (typeof shard === 'string') throw new Error(shard);
  // Not a variable: the type checker then tells an option that is no more.
  return runSnapshot(
    {
      planet,
      feeds: shareOf(planet.feeds, shard),
      folder,
      now,
      allowPrivate,
      progress: () => {},
    },
    shard === null ? takeSnapshot : takeShare,
  );
}
