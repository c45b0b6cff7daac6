import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { identity, inRepository } from './git-remote.ts';
import { type Ran, surroundings } from './planet.ts';
import type { Ended, Start } from './program-process.ts';

const root = resolve(import.meta.dirname, '../..');

/** One for all tests of a worker. It ends with this process. */
let child: ChildProcess | null = null;
let last: Promise<unknown> = Promise.resolve();

function start(): ChildProcess {
  const path = fileURLToPath(new URL('./program-process.ts', import.meta.url));
  const env = { ...surroundings, NODE_EXTRA_CA_CERTS: join(root, 'tests/fixtures/tls/authority.pem') };
  const started = fork(path, {
    execArgv: [],
    env,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  started.unref();
  started.channel?.unref();
  return started;
}

/**
 * What `node scripts/… ARGS` does, in a process that is there already: the start of one for each would be most of a test's time, and
 * one as large as a test worker starts git slowly. Programs run one after the other. A bug is thrown.
 */
export async function programHere(
  command: readonly string[],
  more: Record<string, string> = {},
  cwd = root,
): Promise<Ran> {
  const [script = '', ...args] = command;
  const env = { ...surroundings, ...identity, NO_COLOR: '1', ...more };
  const turn = last.then(() => ended({ script: join(root, script), args, env, cwd }));
  last = turn.catch(() => undefined);
  return turn;
}

async function ended(program: Start): Promise<Ran> {
  child ??= start();
  const over = new AbortController();
  const { signal } = over;
  try {
    const answered = once(child, 'message', { signal });
    child.send(program);
    const left = once(child, 'exit', { signal }).then(() => Promise.reject(new Error('The process has ended')));
    const [end] = (await Promise.race([answered, left])) as [Ended];
    if (end.kind === 'bug') throw end.bug;
    return end.ran;
  } finally {
    if (child.exitCode !== null || child.signalCode !== null) child = null;
    over.abort();
  }
}

/** `node scripts/archive.ts …` for a repository. */
export const archiveHere = (folder: string, ...args: string[]): Promise<Ran> =>
  programHere(['scripts/archive.ts', ...args], inRepository(folder));

/** Expects that `archive …` for a repository fails, with a message that has this. */
export async function refuses([folder, ...args]: [string, ...string[]], why: string | RegExp): Promise<void> {
  const { code, stdout, stderr } = await archiveHere(folder, ...args);
  expect(stderr).toMatch(why);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
}

/** `node scripts/planet.ts …`. */
export const planetHere = (args: readonly string[], env: Record<string, string> = {}): Promise<Ran> =>
  programHere(['scripts/planet.ts', ...args], env);

/** `node scripts/snapshot.ts …` for an operator's folder. */
export const snapshotCommand = (folder: string, env: Record<string, string> = {}, ...args: string[]): Promise<Ran> =>
  programHere(['scripts/snapshot.ts', ...args], { PLANET_CONTENT: folder, ...env });
