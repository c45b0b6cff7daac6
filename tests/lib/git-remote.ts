import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Ran, surroundings } from './planet.ts';

const root = resolve(import.meta.dirname, '../..');
/** Who commits. */
export const identity = {
  GIT_AUTHOR_NAME: 'T',
  GIT_AUTHOR_EMAIL: 't@t.example',
  GIT_COMMITTER_NAME: 'T',
  GIT_COMMITTER_EMAIL: 't@t.example',
};
const environment = {
  ...surroundings,
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
  ...identity,
};

/** What a program does with a folder, in a process of its own; a failure is a value. */
export function execute(command: string, args: string[], cwd: string, env: Record<string, string> = {}): Promise<Ran> {
  return new Promise((done) => {
    execFile(command, args, { cwd, env: { ...environment, ...env } }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}

export type Remote = Awaited<ReturnType<typeof aRemote>>;

/** A bare repository such as a host keeps, and the repositories of those who work with it. */
export async function aRemote() {
  const area = await mkdtemp(join(tmpdir(), 'orrery-remote-'));
  const url = join(area, 'remote.git');
  const git = async (cwd: string, ...args: string[]) =>
    (await promisify(execFile)('git', args, { cwd, env: environment, maxBuffer: 2 ** 28 })).stdout.trimEnd();
  await git(area, 'init', '--quiet', '--bare', '--initial-branch=main', url);
  const beginMain = async () => {
    const first = join(area, 'first');
    await mkdir(first);
    const isArchive = (path: string) => /\/src\/(?:content|demo)\/archive$/.test(path);
    for (const name of ['scripts', 'src', 'package.json'])
      await cp(join(root, name), join(first, name), { recursive: true, filter: (path) => !isArchive(path) });
    await writeFile(join(first, '.gitignore'), 'node_modules\n');
    await git(first, 'init', '--quiet', '--initial-branch=main');
    await git(first, 'add', '.');
    await git(first, 'commit', '--quiet', '--message', 'Begin');
    await git(first, 'push', '--quiet', url, 'main');
  };
  const branch = join(url, 'refs/heads/archive');
  let main: Promise<void> | null = null;
  const empty = join(area, 'empty');
  await git(area, 'init', '--quiet', '--initial-branch=main', '--template=', empty);
  await git(empty, 'remote', 'add', 'origin', url);
  await mkdir(join(empty, 'src/content'), { recursive: true });
  const archive = async () => {
    const lines = (await git(url, 'ls-tree', '-r', '-l', 'archive')).split('\n').filter(Boolean);
    const files = lines
      .map((line) => /(\S+)\t(.*)$/.exec(line) ?? [])
      .map(([, size, name]) => ({ name, size: Number(size) }));
    const args = ['show', ...files.map(({ name }) => `archive:${name}`)];
    const { stdout } = await promisify(execFile)('git', args, { cwd: url, env: environment, encoding: 'buffer' });
    const starts = files.map((_, at) => files.slice(0, at).reduce((sum, { size }) => sum + size, 0));
    return Object.fromEntries(
      files.map(({ name, size }, at) => [name, stdout.subarray(starts[at]).subarray(0, size).toString()]),
    );
  };
  return {
    area,
    url,
    git: (...args: string[]) => git(url, ...args),
    /** A fresh clone of the project as it lies here, without node_modules. */
    clone: async () => {
      main ??= beginMain();
      await main;
      const clone = await mkdtemp(join(area, 'clone-'));
      await git(area, 'clone', '--quiet', '--branch', 'main', url, clone);
      return clone;
    },
    /** A repository that holds what another holds, or nothing yet, and knows the remote: all that an archive needs, in a tenth of the time. */
    operator: async (like = empty) => {
      const folder = await mkdtemp(join(area, 'operator-'));
      await cp(like, folder, { recursive: true });
      return folder;
    },
    commit: (clone: string, message: string) =>
      git(clone, 'commit', '--quiet', '--all', '--allow-empty', '--message', message),
    /** Sets the archive branch to a commit, or removes it: by its file, as a large process such as a test worker starts git slowly. */
    setBranch: (commit: string | null) =>
      commit === null ? rm(branch, { force: true }) : writeFile(branch, `${commit}\n`),
    head: async () => (await readFile(branch, 'utf8')).trim(),
    archive,
    /** The ids of its entries of January 2026. */
    ids: async () =>
      (await git(url, 'show', 'archive:2026-01.ndjson')).split('\n').map((line): string => JSON.parse(line).id),
    commits: async () => Number(await git(url, 'rev-list', '--count', 'archive')),
    [Symbol.asyncDispose]: () => rm(area, { recursive: true, force: true }),
  };
}

/** The environment in which the programs that lie here work with another repository and its operator's folder. */
export const inRepository = (folder: string) => ({
  GIT_DIR: join(folder, '.git'),
  PLANET_CONTENT: join(folder, 'src/content'),
});

/** `node scripts/archive.ts …` for a repository. */
export function archive(folder: string, ...args: string[]): Promise<Ran> {
  return execute(process.execPath, ['scripts/archive.ts', ...args], root, inRepository(folder));
}

/** Writes files into the archive that lies in a clone. */
export async function writeArchive(clone: string, files: ReadonlyMap<string, string>): Promise<void> {
  const folder = join(clone, 'src/content/archive');
  await mkdir(folder, { recursive: true });
  for (const [name, text] of files) await writeFile(join(folder, name), text);
}

export async function readArchive(clone: string, name: string): Promise<string> {
  return readFile(join(clone, 'src/content/archive', name), 'utf8');
}
