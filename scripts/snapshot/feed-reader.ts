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
export type JobResult =
  | { kind: 'read'; read: SafeRead }
  | { kind: 'picture'; picture: Shrunk }
  | { kind: 'bug'; bug: unknown };

/** Its first message, once it has started. */
export interface Ready {
  kind: 'ready';
}

interface Limits {
  /** For one feed. Every stage takes linear time: 5 MB take a few seconds. */
  seconds: number;
  /** For the heap of the process. */
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
 * V8 doubles the space for new objects while many of them survive, as in a growing tree, and keeps it: without this flag
 * 13 MB of small entries took 355 MB, with it 240.
 */
export const MEMORY_FLAGS: readonly string[] = ['--max-semi-space-size=4'];

const PROGRAM = fileURLToPath(new URL('./feed-process.ts', import.meta.url));

/**
 * Reads feeds in a process of its own, so that one feed does not disturb the others: the timers of other fetches go on, and a
 * feed that takes too long or too much memory is stopped. A worker thread is not enough: if it runs out of memory inside
 * V8's own code, as in a long `join`, the whole program ends. The process starts with the first feed.
 */
export function createReader({ seconds, megabytes }: Limits = { seconds: 30, megabytes: 512 }): Reader {
  let child: ChildProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function start(): ChildProcess {
    const started = fork(PROGRAM, {
      // It reads foreign text, so it gets no secrets of ours.
      env: {},
      execArgv: [...MEMORY_FLAGS, `--max-old-space-size=${megabytes}`],
      // V8 prints pages of text when it runs out of memory.
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

/** The answer of the process, or its end; waits until a process that is too late has ended, as the next feed needs a new one. */
function answerOf(child: ChildProcess, job: Job, seconds: number): Promise<JobResult | End | { kind: 'late' }> {
  return new Promise((resolve) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, seconds * 1000);
    const settle = (answer: JobResult | End | { kind: 'late' }): void => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      resolve(answer);
    };
    const onExit = (code: number | null, signal: NodeJS.Signals | null): void =>
      settle(late ? { kind: 'late' } : { kind: 'ended', code, signal });
    const onError = (bug: Error): void => settle({ kind: 'bug', bug });
    // The time of a feed begins when the process has started.
    const onMessage = (message: JobResult | Ready): void => {
      if (message.kind === 'ready') timer.refresh();
      else settle(message);
    };
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    child.send(job);
  });
}

/** The exit codes of V8 above its limit, and of a system without free memory. */
function ranOutOfMemory({ code, signal }: End): boolean {
  return code === 134 || signal === 'SIGABRT' || signal === 'SIGKILL';
}
