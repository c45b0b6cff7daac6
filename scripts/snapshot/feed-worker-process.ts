import { flushCompileCache } from 'node:module';
import type { Job, JobResult, Ready } from './feed-worker.ts';
import { readSafely } from './read-feed.ts';
import { withLanguages } from './text-language.ts';

// The process that reads feeds and pictures for `feed-worker.ts`. It ends by itself when its parent has gone.
process.on('message', async (job: Job) => process.send?.(await answer(job)));
process.send?.({ kind: 'ready' } satisfies Ready);
// Its parent may kill it, and only an end of its own would write the cache of compiled code.
flushCompileCache();

async function answer(job: Job): Promise<JobResult> {
  try {
    if (job.kind === 'picture') {
      // Loaded by the first: most runs have none.
      const { shrink } = await import('./avatars/shrink.ts');
      return { kind: 'picture', picture: await shrink(job.bytes) };
    }
    return { kind: 'read', read: await withLanguages(readSafely(job.bytes, job.from)) };
  } catch (bug) {
    return { kind: 'bug', bug };
  }
}
