import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FeedOrigin, SafeRead } from './read-feed.ts';

/** One feed to be read. */
export interface Job {
  bytes: Uint8Array;
  from: FeedOrigin;
}

/** What the process answers: what it read, or the error of a bug. */
export type Answer = { kind: 'read'; read: SafeRead } | { kind: 'bug'; bug: unknown };

/** What it says once it is up. */
export interface Ready {
  kind: 'ready';
}

interface Limits {
  /** For one feed. Every stage takes time that grows with the feed alone: 5 MB take a few seconds. */
  seconds: number;
  /** For all that JavaScript holds at once. */
  megabytes: number;
}

export interface Reader {
  /** One feed at a time, in the order of the calls. Rejects for a bug of ours alone, whatever the bytes hold. */
  readSafely: (job: Job) => Promise<SafeRead>;
  close: () => void;
}

/**
 * V8 doubles the room for new objects while many survive, as in a growing tree they do, and does not give it back: 13 MB
 * of small entries took 355 MB, now 240.
 */
export const MEMORY_FLAGS: readonly string[] = ['--max-semi-space-size=4'];

const PROGRAM = fileURLToPath(new URL('./feed-process.ts', import.meta.url));

/**
 * Reads feeds in a process of its own, so that a feed costs its neighbours nothing: the timers of other fetches go on, and
 * what takes too long or too much memory is stopped, whatever it is doing. A worker thread would not do: one that runs out
 * of memory within V8's own code, as in a long `join`, ends the whole program. The process starts with the first feed.
 */
export function createReader({ seconds, megabytes }: Limits = { seconds: 30, megabytes: 512 }): Reader {
  let child: ChildProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function start(): ChildProcess {
    const started = fork(PROGRAM, {
      // It reads what strangers wrote: nothing of ours is its business.
      env: {},
      execArgv: [...MEMORY_FLAGS, `--max-old-space-size=${megabytes}`],
      // Where V8 runs out of memory it prints pages.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
    });
    started.once('exit', () => {
      if (child === started) child = null;
    });
    return started;
  }

  async function read(job: Job): Promise<SafeRead> {
    child ??= start();
    const answer = await answerOf(child, job, seconds);
    switch (answer.kind) {
      case 'read':
        return answer.read;
      case 'bug':
        throw answer.bug;
      case 'late':
        return { kind: 'failed', reason: { kind: 'runaway', seconds } };
      case 'ended':
        if (ranOutOfMemory(answer)) return { kind: 'failed', reason: { kind: 'too-heavy', megabytes } };
        throw new Error(`the process that read it ended with ${answer.signal ?? answer.code}`);
      default:
        return answer satisfies never;
    }
  }

  return {
    readSafely(job) {
      const turn = last.then(() => read(job));
      last = turn.catch(() => undefined);
      return turn;
    },
    close: () => child?.kill('SIGKILL'),
  };
}

type End = { kind: 'ended'; code: number | null; signal: NodeJS.Signals | null };

/** Waits until the process is gone where it is: the next feed needs a new one. */
function answerOf(child: ChildProcess, job: Job, seconds: number): Promise<Answer | End | { kind: 'late' }> {
  return new Promise((resolve) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, seconds * 1000);
    const settle = (answer: Answer | End | { kind: 'late' }): void => {
      clearTimeout(timer);
      child.off('message', heard).off('exit', ended).off('error', failed);
      resolve(answer);
    };
    const ended = (code: number | null, signal: NodeJS.Signals | null): void =>
      settle(late ? { kind: 'late' } : { kind: 'ended', code, signal });
    const failed = (bug: Error): void => settle({ kind: 'bug', bug });
    // The time of a feed begins when the process is up.
    const heard = (message: Answer | Ready): void => {
      if (message.kind === 'ready') timer.refresh();
      else settle(message);
    };
    child.on('message', heard).on('exit', ended).on('error', failed);
    child.send(job);
  });
}

/** How V8 ends a process that wants more than it may have, and how a system does that has no more. */
function ranOutOfMemory({ code, signal }: End): boolean {
  return code === 134 || signal === 'SIGABRT' || signal === 'SIGKILL';
}
