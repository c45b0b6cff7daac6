import { type ExecFileException, execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isPackage, root } from '../../src/archive/environment.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { printError } from '../cli.ts';
import { type Files, isArchiveFile, isPicture, PICTURES_FOLDER, STAGING } from './archive-lines.ts';

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

/** Runs git, by default in the operator's clone, and returns its output. Throws an `OperatorError` if it fails. */
export async function git(args: readonly string[], options: GitOptions = {}): Promise<string> {
  const { cwd = isPackage ? process.cwd() : root, env = {}, names = [] } = options;
  const settings = { cwd, env: { ...process.env, ...authorization(), ...env }, maxBuffer: 2 ** 30, timeout: MOST_MS };
  const running = promisify(execFile)('git', [...SETTINGS, ...args], settings);
  // If git ends early, its own message tells why; that of Node has the command, perhaps with a token.
  running.child.stdin?.on('error', () => {}).end(names.map((name) => `${name}\0`).join(''));
  const { stdout } = await running.catch(({ code, signal, killed, stderr }: ExecFileException) => {
    if (code === 'ENOENT') throw new OperatorError('git is not installed, and the branch of the archive needs it.');
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

type RunGit = (args: readonly string[], names?: readonly string[]) => Promise<string>;

/** Runs git on a folder with a temporary index: the clone's own files and index stay unchanged. */
async function withIndex<T>(folder: string, work: (run: RunGit) => Promise<T>): Promise<T> {
  const GIT_DIR = await git(['rev-parse', '--absolute-git-dir']);
  return withTemporaryFolder((area) => {
    const env = { GIT_DIR, GIT_WORK_TREE: folder, GIT_INDEX_FILE: join(area, 'index'), GIT_ATTR_NOSYSTEM: '1' };
    return work((args, names = []) => git(args, { cwd: folder, env, names }));
  });
}

/** Writes the archive in a folder to git's objects. Returns the id of the tree. */
export function writeTree(folder: string): Promise<string> {
  return withIndex(folder, async (run) => {
    await run(['update-index', '--add', '-z', '--stdin'], await namesIn(folder));
    return run(['write-tree']);
  });
}

/** The tree of a commit, without files that do not belong to an archive. */
export async function treeAt(commit: string): Promise<string> {
  const names = (await git(['ls-tree', '-r', '-z', '--name-only', commit])).split('\0').filter(Boolean);
  const others = names.filter((name) => !isArchiveFile(name));
  if (others.length === 0) return git(['rev-parse', `${commit}^{tree}`]);
  return withTemporaryFolder((empty) =>
    withIndex(empty, async (run) => {
      await run(['read-tree', commit]);
      await run(['update-index', '--force-remove', '-z', '--stdin'], others);
      return run(['write-tree']);
    }),
  );
}

/** Names of the archive's files in a folder. Throws an `OperatorError` if one is a link: other machines could not follow it. */
async function namesIn(folder: string): Promise<string[]> {
  const found = await listed(folder);
  const odd = found.find(({ isFile }) => !isFile);
  if (odd === undefined) return found.map(({ name }) => name);
  throw new OperatorError(
    `${join(folder, odd.name)} is a link or a folder instead of a file; put a copy of the file in its place.`,
  );
}

/** What a folder has under names of archive files, of any type: also links and folders. */
async function listed(folder: string): Promise<{ name: string; isFile: boolean }[]> {
  const top = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new OperatorError(`There is no folder ${folder}.`) : error;
  });
  const pictures = top.find(({ name }) => name === PICTURES_FOLDER);
  if (pictures !== undefined && !pictures.isDirectory())
    throw new OperatorError(
      `${join(folder, PICTURES_FOLDER)} is a link or a file instead of a folder; put a copy of the folder in its place.`,
    );
  const below = pictures === undefined ? [] : await readdir(join(folder, PICTURES_FOLDER), { withFileTypes: true });
  return [
    ...top.map((file) => ({ name: file.name, isFile: file.isFile() })),
    ...below.map((file) => ({ name: `${PICTURES_FOLDER}/${file.name}`, isFile: file.isFile() })),
  ].filter(({ name }) => isArchiveFile(name));
}

export async function copyPictures(from: string, to: string, names: readonly string[]): Promise<void> {
  const existing = new Set(await namesIn(from));
  const found = names.filter((name) => existing.has(name));
  if (found.length > 0) await mkdir(join(to, PICTURES_FOLDER), { recursive: true });
  for (const name of found) await copyFile(join(from, name), join(to, name));
}

/**
 * Writes the archive of a commit or tree into a folder, and removes archive files that it lacks. Git leaves half a file
 * on a full disk, so the files are first written to another folder, and moved when all are complete. Others may write
 * to the branch, so links and files with other names are never written. If that fails, the folder is unchanged; if the
 * moves are stopped half way, the next `pull` goes on.
 */
export async function installTree(commit: string, folder: string): Promise<void> {
  const files = await filesIn(commit);
  const names = files.map(({ name }) => name);
  const staging = join(folder, STAGING);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging);
  try {
    await withIndex(staging, async (run) => {
      // Without a `.gitattributes` that somebody else has added.
      await run(['read-tree', await treeAt(commit)]);
      await run(['checkout-index', '--force', '-z', '--stdin'], names);
    });
    await refuseCut(staging, files);
    const before = await listed(folder);
    if (names.some(isPicture)) await mkdir(join(folder, PICTURES_FOLDER), { recursive: true });
    for (const name of names.toSorted(countsLast)) await rename(join(staging, name), join(folder, name));
    const removed = before.filter(({ name }) => !names.includes(name));
    await Promise.all(removed.map(({ name }) => rm(join(folder, name), { recursive: true })));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Throws if a file of a commit is not in the folder with all its bytes. */
async function refuseCut(folder: string, files: Awaited<ReturnType<typeof filesIn>>): Promise<void> {
  for (const { name, size } of files) {
    const file = await stat(join(folder, name)).catch(() => null);
    if (file?.size !== size)
      throw new OperatorError(
        `${name} of the branch "archive" could not be written completely. Is the disk full? The folder was not changed.`,
      );
  }
}

/** Sorts the files with counts of entries last: if the run is killed before, no entry seems to be missing. */
function countsLast(a: string, b: string): number {
  const order = (name: string) => ['avatars.json', 'ledger.json', 'feeds.json'].indexOf(name);
  return order(a) - order(b);
}

/** The archive's files in a commit or tree. Prints a note about other files; throws an `OperatorError` if a file is a link. */
async function filesIn(commit: string): Promise<{ name: string; size: number }[]> {
  const lines = (await git(['ls-tree', '-r', '-l', '-z', commit])).split('\0').filter(Boolean);
  const entries = lines.map((line) => {
    const [, mode = '', size, name = ''] = /^(\d+) \S+ \S+ +(\S+)\t(.*)$/s.exec(line) ?? [];
    return { name, size: Number(size), isFile: mode.startsWith('100') };
  });
  const { ours = [], others = [] } = Object.groupBy(entries, ({ name }) => (isArchiveFile(name) ? 'ours' : 'others'));
  const odd = ours.find(({ isFile }) => !isFile);
  if (odd !== undefined)
    throw new OperatorError(
      `The branch "archive" has ${odd.name} as a link, which no snapshot writes; nothing was changed. Find out who wrote it, and replace it with the file.`,
    );
  if (others.length > 0) {
    const [first] = others;
    const more = others.length === 1 ? '' : ` and ${others.length - 1} more`;
    printError(
      `The branch "archive" also has ${first?.name}${more}, which does not belong to an archive and was ignored.`,
    );
  }
  return ours;
}

export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const area = await mkdtemp(join(tmpdir(), 'orrery-archive-'));
  try {
    return await work(area);
  } finally {
    await rm(area, { recursive: true });
  }
}

export async function readArchiveFiles(folder: string): Promise<Files> {
  const names = (await namesIn(folder)).filter((name) => !isPicture(name));
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}
