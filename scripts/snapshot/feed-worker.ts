import { type ChildProcess, fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Shrunk } from './avatars/shrink.ts';
import { failure } from './outcome.ts';
import type { FeedOrigin, SafeRead } from './read-feed.ts';

type FeedBytes = { bytes: Uint8Array; from: FeedOrigin };
export type Job = ({ kind: 'feed' } & FeedBytes) | { kind: 'picture'; bytes: Uint8Array };

export type JobResult =
  | { kind: 'read'; read: SafeRead }
  | { kind: 'picture'; picture: Shrunk }
  | { kind: 'bug'; bug: unknown };

export type Ready = { kind: 'ready' };

export type FeedWorker = ReturnType<typeof createFeedWorker>;

/** Without this flag V8 keeps the space that it doubles for new objects: 13 MB of entries took 355 MB, with it 240. */
export const MEMORY_FLAGS: readonly string[] = ['--max-semi-space-size=4'];

/**
 * Reads feeds in a process of its own, which starts with the first one: the timers of other fetches go on, and a feed
 * that takes too long or too much memory is stopped. A worker thread is not enough: if it runs out of memory inside
 * V8's own code, as in a long `join`, the whole program ends.
 * @param seconds for one feed: every stage takes linear time, and 5 MB take a few seconds
 * @param megabytes for the heap of the process
 */
export function createFeedWorker({ seconds, megabytes } = { seconds: 30, megabytes: 512 }) {
  let child: ChildProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function start(): ChildProcess {
    const cache = getCompileCacheDir();
    const started = fork(fileURLToPath(new URL('./feed-worker-process.ts', import.meta.url)), {
      // It reads foreign text, so it gets no secrets of ours, only the place of the compiled code.
      env: cache === undefined ? {} : { NODE_COMPILE_CACHE: dirname(cache) },
      execArgv: [...MEMORY_FLAGS, `--max-old-space-size=${megabytes}`],
      // V8 prints pages of text when it runs out of memory.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    const forget = () => {
      if (child === started) child = null;
    };
    // Only a job keeps the program going.
    started.unref();
    started.channel?.unref();
    return started.once('exit', forget).on('error', forget);
  }

  /** The answer to a job, after all jobs before it. Rejects with the error of a bug. */
  async function answerTo(job: Job): Promise<Exclude<Answer, { kind: 'bug' }>> {
    const turn = last.then(() => {
      child ??= start();
      return runJob(child, job, seconds);
    });
    last = turn.catch(() => undefined);
    const answer = await turn;
    if (answer.kind === 'bug') throw answer.bug;
    return answer;
  }

  return {
    /** Reads one feed at a time, in the order of the calls. No bytes make it reject: only a bug of ours does. */
    readInWorker: async (feed: FeedBytes): Promise<SafeRead> => {
      const answer = await answerTo({ kind: 'feed', ...feed });
      if (answer.kind === 'read') return answer.read;
      if (answer.kind === 'late') return failure({ kind: 'runaway', seconds });
      if (answer.kind === 'picture') throw new Error('the process answered a feed with a picture');
      const { code, signal } = answer;
      // V8 above its limit, or a system without free memory.
      const isOutOfMemory = code === 134 || signal === 'SIGABRT' || signal === 'SIGKILL';
      if (isOutOfMemory) return failure({ kind: 'too-heavy', megabytes });
      throw new Error(`the process that read it ended with ${signal ?? code}`);
    },
    /** Shrinks a picture in the same way. A picture that stops the process is refused. */
    shrinkInWorker: async (bytes: Uint8Array): Promise<Shrunk> => {
      const answer = await answerTo({ kind: 'picture', bytes });
      return answer.kind === 'picture' ? answer.picture : { kind: 'refused', reason: 'reading it was stopped' };
    },
    close: () => child?.kill('SIGKILL'),
  };
}

/** The one of this program, which it ends with. */
export const feedWorker = createFeedWorker();

type Answer = JobResult | { kind: 'ended'; code: number | null; signal: NodeJS.Signals | null } | { kind: 'late' };

/** The answer of the process, or its end. Waits until a late process has ended, as the next feed needs a new one. */
function runJob(child: ChildProcess, job: Job, seconds: number): Promise<Answer> {
  return new Promise((resolve) => {
    let late = false;
    // A program goes on while it waits for this process, and ends without waiting for one that has nothing to do.
    child.ref();
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, seconds * 1000);
    const finish = (answer: Answer): void => {
      clearTimeout(timer);
      child.unref();
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      resolve(answer);
    };
    const onExit = (code: number | null, signal: NodeJS.Signals | null): void =>
      finish(late ? { kind: 'late' } : { kind: 'ended', code, signal });
    const onError = (bug: Error): void => finish({ kind: 'bug', bug });
    const onMessage = (message: JobResult | Ready): void => {
      // The time of a feed begins when the process has started.
      if (message.kind === 'ready') timer.refresh();
      else finish(message);
    };
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    // A process that could not be started may have no channel, or a closed one: its error event tells why.
    if (child.connected) child.send(job, () => {});
  });
}
