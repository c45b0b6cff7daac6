import type { Job, JobResult, Ready } from './feed-reader.ts';
import { readSafely } from './read-feed.ts';

// The child process of `feed-reader.ts`. It ends by itself when its parent ends.
process.on('message', (job: Job) => process.send?.(answer(job)));
process.send?.({ kind: 'ready' } satisfies Ready);

function answer({ bytes, from }: Job): JobResult {
  try {
    return { kind: 'read', read: readSafely(bytes, from) };
  } catch (bug) {
    return { kind: 'bug', bug };
  }
}
