import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Shrunk } from './avatars/shrink.ts';
import type { FeedOrigin, SafeRead } from './read-feed.ts';

/** A feed to be read, or a picture to be made small. */
export type Job = ({ kind: 'feed' } & FeedBytes) | { kind: 'picture'; bytes: Uint8Array };

interface FeedBytes {
  bytes: Uint8Array;
  from: FeedOrigin;
}

/** What the process answers: what it read or made, or the error of a bug. */
export type Answer =
  | { kind: 'read'; read: SafeRead }
  | { kind: 'picture'; picture: Shrunk }
  | { kind: 'bug'; bug: unknown };

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
  readSafely: (feed: FeedBytes) => Promise<SafeRead>;
  /** The same of a picture. That its bytes stop the process is no bug of ours. */
  shrinkSafely: (bytes: Uint8Array) => Promise<Shrunk>;
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

  function inTurn<T>(work: (process: ChildProcess) => Promise<T>): Promise<T> {
    const turn = last.then(() => {
      child ??= start();
      return work(child);
    });
    last = turn.catch(() => undefined);
    return turn;
  }

  async function read(process: ChildProcess, feed: FeedBytes): Promise<SafeRead> {
    const answer = await answerOf(process, { kind: 'feed', ...feed }, seconds);
    switch (answer.kind) {
      case 'read':
        return answer.read;
      case 'picture':
        throw new Error('the process made a picture of a feed');
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
    readSafely: (feed) => inTurn((process) => read(process, feed)),
    shrinkSafely: (bytes) =>
      inTurn(async (process) => {
        const answer = await answerOf(process, { kind: 'picture', bytes }, seconds);
        if (answer.kind === 'bug') throw answer.bug;
        return answer.kind === 'picture' ? answer.picture : { kind: 'refused', why: 'reading it was stopped' };
      }),
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
