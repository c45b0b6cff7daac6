import { statSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { OperatorError } from '../../src/core/operator-error.ts';

/** Someone else is at the archive. The message is for the operator. */
class LockedArchive extends OperatorError {}

/** Does work on the archive that nobody else may do at the same time; a lock whose owner is dead is taken over. */
export async function withLock<T>(archive: string, work: () => Promise<T>): Promise<T> {
  await mkdir(archive, { recursive: true });
  const path = join(archive, '.lock');
  const mine = `${process.pid} ${hostname()}\n`;
  await take(path, mine);
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

/** The same for work that others wait for: one after the other. */
export async function inTurn<T>(folder: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await withLock(folder, work);
    } catch (error) {
      if (!(error instanceof LockedArchive)) throw error;
      await setTimeout(WAIT_MS);
    }
  }
}

const WAIT_MS = 100;

async function take(path: string, mine: string): Promise<void> {
  for (;;) {
    if (isTaken(path, mine)) return;
    const owner = await readFile(path, 'utf8').catch(() => null);
    if (owner === null) continue;
    if (owner === '' && isYoung(path)) {
      await setTimeout(WAIT_MS);
      continue;
    }
    if (isAlive(owner)) {
      throw new LockedArchive(`Another snapshot is at work (process ${owner.trim()}). If it is not, remove ${path}.`);
    }
    await removeLock(path, owner);
  }
}

/** Whether the lock is ours now. Written at once: until it names its owner it looks like one whose owner died. */
function isTaken(path: string, mine: string): boolean {
  try {
    writeFileSync(path, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether the owner of an empty lock may be about to write its name. */
function isYoung(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Math.abs(Date.now() - found.mtimeMs) < YOUNG_MS;
}

const YOUNG_MS = 2_000;

/** Removes the lock of a dead owner. Of two that find the owner dead, the second may get hold of the first one's own lock: it puts that back. */
async function removeLock(path: string, owner: string): Promise<void> {
  const aside = `${path}.${process.pid}`;
  await rename(path, aside).catch(() => {});
  const moved = await readFile(aside, 'utf8').catch(() => null);
  if (moved === null || moved === owner) await rm(aside, { force: true });
  else await rename(aside, path);
}

/** A process of another machine cannot be asked: it counts as alive. An old empty lock is one whose owner died as it took it. */
function isAlive(owner: string): boolean {
  const [pid, host] = owner.trim().split(' ');
  if (!pid) return false;
  if (host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
    return Number(pid) !== process.pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
