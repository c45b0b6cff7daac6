import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { installedCommit, installPushed, pull, push } from '../../scripts/archive-branch/branch.ts';
import { withLock } from '../../scripts/disk/lock.ts';
import { inRepository } from './git-remote.ts';

const identity = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((who) => [
    [`GIT_${who}_NAME`, 'T'],
    [`GIT_${who}_EMAIL`, 't@t.example'],
  ]),
);

/**
 * What `archive.ts pull` and `push` do for a repository, as a function: for tests that need the archive there or on the branch,
 * where a process for each would be most of the time.
 */
export async function archiveHere(folder: string, command: 'pull' | 'push'): Promise<void> {
  const own = join(folder, 'src/content/archive');
  const before = { ...process.env };
  Object.assign(process.env, inRepository(folder), identity);
  try {
    await mkdir(own, { recursive: true });
    await withLock(own, async () => {
      if (command === 'pull') return pull(own, 'origin');
      const { head } = await push(own, 'origin', await installedCommit(), 'Snapshot');
      return installPushed(own, head);
    });
  } finally {
    process.env = before;
  }
}
