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

/** The branch of the archive. Its files are in no other branch. */
export const BRANCH = 'refs/heads/archive';
/** Our references in this clone: all that they lead to is here. */
const REFERENCES = 'refs/orrery/';
/** The fetched branch. `FETCH_HEAD` may be that of an editor, which fetches `main` at the same time. */
const FETCHED = `${REFERENCES}fetched`;
/** The commit that is installed in the operator's folder. */
export const INSTALLED = `${REFERENCES}archive`;

/** Fetches the branch, if it has moved; null if the remote has none. Throws if git fails: otherwise a push would create a new branch. */
export async function fetchHead(remote: string): Promise<string | null> {
  const listed = await git(['ls-remote', '--end-of-options', remote, BRANCH]).catch(async (error: Error) => {
    if (error instanceof MissingGit || (await hasRepository(remote))) throw error;
    throw new OperatorError(
      'This folder has no git repository "origin". Name one: "git init" and "git remote add origin ADDRESS", or only PLANET_REMOTE in a folder with "git init". Without git, the archive is the folder itself.',
    );
  });
  // It also lists other branches whose names end so.
  const line = listed.split('\n').find((each) => each.endsWith(`\t${BRANCH}`));
  const head = line?.split('\t')[0];
  if (head === undefined) return null;
  // Git reads the commits for their trees: after a crash one may be missing, and is fetched again.
  const refs = await git(['for-each-ref', '--format=%(objectname) %(tree)', REFERENCES]).catch(() => '');
  if (refs.includes(head)) return head;
  await git(['fetch', '--quiet', '--depth=1', '--no-tags', '--end-of-options', remote, `+${BRANCH}:${FETCHED}`]);
  return git(['rev-parse', FETCHED]);
}

/** Fetches a commit if this clone lacks it, as a shallow one does. Returns whether the clone has it. */
export async function fetchCommit(commit: string, remote: string): Promise<boolean> {
  const isHere = async () =>
    (await git(['rev-parse', '--quiet', '--verify', '--end-of-options', `${commit}^{commit}`]).catch(() => '')) !== '';
  if (await isHere()) return true;
  await git(['fetch', '--quiet', '--depth=1', '--no-tags', '--end-of-options', remote, commit]).catch(() => {});
  return isHere();
}

/** False if git knows no repository of the default name here. Throws if git does not look into a folder of another user. */
export async function hasRepository(remote: string): Promise<boolean> {
  if (remote !== 'origin') return true;
  return git(['remote', 'get-url', remote]).then(
    () => true,
    (error: Error) => {
      // Git's message says what to do (https://github.com/actions/runner-images/issues/6775).
      if (error.message.includes('safe.directory')) throw error;
      return false;
    },
  );
}
