import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { OperatorError } from '../../src/core/operator-error.ts';
import { printError } from '../cli.ts';
import { typeOf, withPath } from './files.ts';

/** Another process does the same work there. The message is for the operator. */
class LockedArchive extends OperatorError {}

const MINUTE_MS = 60_000;

/** After so long the owner of a lock counts as dead, whatever its number and machine: each of these works takes minutes. */
const LONGEST_RUN = { snapshot: 24 * 60 * MINUTE_MS, build: 45 * MINUTE_MS, compilation: 15 * MINUTE_MS };

type Kind = keyof typeof LONGEST_RUN;

/** Runs work that only one process may do in a folder at a time. Takes over the lock of a dead process; throws `LockedArchive` if the other process still runs. */
export async function withLock<T>(
  folder: string,
  work: () => Promise<T>,
  kind: Kind = 'snapshot',
  name = '.lock',
): Promise<T> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  const content = `${process.pid} ${hostname()}\n`;
  await acquire(path, content, kind);
  try {
    return await work();
  } finally {
    // Another process may have taken over the lock of a run that took too long.
    if ((await readFile(path, 'utf8').catch(() => '')) === content) await rm(path, { force: true });
  }
}

/** `withLock` for a compilation, but it waits for the other process, and says so after some seconds. */
export async function withLockWaiting<T>(folder: string, work: () => Promise<T>, quietWaits = QUIET_WAITS): Promise<T> {
  for (let waits = 0; ; waits++) {
    try {
      return await withLock(folder, work, 'compilation');
    } catch (error) {
      if (!(error instanceof LockedArchive)) throw error;
      if (waits === quietWaits) printError(`Waiting. ${error.message}`);
      await setTimeout(WAIT_MS);
    }
  }
}

const WAIT_MS = 100;
/** The number of waits without a message: most compilations take some seconds. */
const QUIET_WAITS = 50;
/** The most attempts with a lock that cannot be created and cannot be read: on Windows this may last for ever. */
const MOST_REFUSALS = 100;

async function acquire(path: string, content: string, kind: Kind): Promise<void> {
  for (let refused = 0; ; ) {
    if (createdLock(path, content)) return;
    const owner = await readFile(path, 'utf8').catch(ifGone(path));
    if (owner === null) {
      // A link to nothing is there for a writer and not for a reader; no process of ours made it, so none removes it.
      if (typeOf(path) === 'other' || refused++ === MOST_REFUSALS)
        throw new OperatorError(`${path} cannot be opened; remove it.`);
      await setTimeout(WAIT_MS);
      continue;
    }
    if (owner === '' && isYoung(path)) {
      await setTimeout(WAIT_MS);
      continue;
    }
    if (isAlive(owner, path, LONGEST_RUN[kind])) {
      throw new LockedArchive(`Another ${kind} is running (process ${owner.trim()}). If it is not, remove ${path}.`);
    }
    await removeLock(path, owner);
  }
}

/** Whether this call created the lock. Synchronous, as an empty lock looks like one whose owner died. */
function createdLock(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw withPath(error, path);
  }
}

/** Whether an empty lock is so new that its owner may still write its name. */
const isYoung = (path: string): boolean => lockAge(path) < 2_000;

/** In milliseconds. One that was removed meanwhile is young: taken for that of a dead process, the next one would be removed. */
function lockAge(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 0 : Math.abs(Date.now() - found.mtimeMs);
}

/** Removes the lock of a dead process. One process at a time: else the second of two would remove the new lock of the first. */
async function removeLock(path: string, owner: string): Promise<void> {
  const claim = `${path}.removing`;
  if (createdLock(claim, '')) {
    // Synchronous, so that a claim is there for a moment only.
    try {
      if (readFileSync(path, 'utf8') === owner) rmSync(path);
    } catch (error) {
      ifGone(path)(error as NodeJS.ErrnoException);
    } finally {
      rmSync(claim, { force: true });
    }
    return;
  }
  if (!isYoung(claim)) rmSync(claim, { force: true });
  await setTimeout(1);
}

/** Null if another process removed it. Throws other errors, except on Windows, which refuses a file that is open. */
function ifGone(path: string): (error: NodeJS.ErrnoException) => null {
  return (error) => {
    if (error.code === 'ENOENT' || (process.platform === 'win32' && error.code !== 'EISDIR')) return null;
    throw withPath(error, path);
  };
}

/** Whether the owner may still run: not for ever, as its number may be reused. One elsewhere cannot be asked. */
function isAlive(owner: string, path: string, longest: number): boolean {
  const [pid, host] = owner.trim().split(' ');
  if (!pid || lockAge(path) >= longest) return false;
  if (host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
    return Number(pid) !== process.pid && !hasEnded(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether a process only waits for its parent to ask how it ended: in a container without an init process, for ever. */
function hasEnded(pid: string): boolean {
  try {
    // After the name of the program, which may hold anything. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    const [state = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    return state === 'Z' || state === 'X';
  } catch {
    // Only Linux has this file.
    return false;
  }
}
