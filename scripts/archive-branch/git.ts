import { type ExecFileException, execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isPackage, root } from '../../src/archive/environment.ts';
import { OperatorError } from '../../src/core/operator-error.ts';

interface GitOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Names of files on standard input: a command line on Windows has at most 32,767 characters. */
  names?: readonly string[];
}

/** For a server that does not answer over ssh; over HTTP it has two minutes. On a slow line, a first push takes long. */
const MOST_MS = 30 * 60_000;

const SETTINGS =
  '-c core.autocrlf=false -c core.attributesFile=/dev/null -c http.lowSpeedLimit=1 -c http.lowSpeedTime=120'.split(' ');

export class MissingGit extends OperatorError {}

/** Runs git, by default in the operator's clone, and returns its output. Throws an `OperatorError` if it fails. */
export async function git(args: readonly string[], options: GitOptions = {}): Promise<string> {
  const { cwd = isPackage ? process.cwd() : root, env = {}, names = [] } = options;
  const settings = { cwd, env: { ...process.env, ...authorization(), ...env }, maxBuffer: 2 ** 30, timeout: MOST_MS };
  const running = promisify(execFile)('git', [...SETTINGS, ...args], settings);
  // If git ends early, its own message tells why; that of Node has the command, perhaps with a token.
  running.child.stdin?.on('error', () => {}).end(names.map((name) => `${name}\0`).join(''));
  const { stdout } = await running.catch(({ code, signal, killed, stderr }: ExecFileException) => {
    if (code === 'ENOENT') throw new MissingGit('git is not installed, and this command needs it.');
    const why = killed ? `it did not end within ${MOST_MS / 60_000} minutes` : `it ended with ${signal ?? code}`;
    throw new OperatorError(`git ${args[0]} failed: ${stderr?.trim() || why}`);
  });
  return stdout.trimEnd();
}

/** Makes git send `PLANET_GIT_TOKEN`, as https://github.com/actions/checkout does, without writing it to the disk. */
function authorization(): Record<string, string> {
  const { PLANET_GIT_TOKEN, GITHUB_SERVER_URL = 'https://github.com' } = process.env;
  if (!PLANET_GIT_TOKEN) return {};
  return {
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${GITHUB_SERVER_URL}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${PLANET_GIT_TOKEN}`).toString('base64')}`,
  };
}

export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const area = await mkdtemp(join(tmpdir(), 'orrery-archive-'));
  try {
    return await work(area);
  } finally {
    await rm(area, { recursive: true });
  }
}
