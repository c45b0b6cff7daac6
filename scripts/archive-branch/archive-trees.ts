import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../src/core/operator-error.ts';
import { printError } from '../cli.ts';
import { type Files, isArchiveFile, isPictureFile, namedPictures, PICTURES_FOLDER, STAGING } from './archive-lines.ts';
import { git, withTemporaryFolder } from './git.ts';

type RunGit = (args: readonly string[], names?: readonly string[]) => Promise<string>;

/** Runs git on a folder with a temporary index: the clone's own files and index stay unchanged. The clone may not be below the folder. */
function withIndex<T>(folder: string, work: (run: RunGit) => Promise<T>): Promise<T> {
  return withTemporaryFolder((area) => {
    const env = { GIT_WORK_TREE: folder, GIT_INDEX_FILE: join(area, 'index'), GIT_ATTR_NOSYSTEM: '1' };
    return work((args, names = []) => git(args, { env, names }));
  });
}

/** Writes the archive in a folder to git's objects. Returns the id of the tree. */
export function writeTree(folder: string): Promise<string> {
  return withIndex(folder, async (run) => {
    await run(['update-index', '--add', '-z', '--stdin'], await archiveFileNames(folder));
    return run(['write-tree']);
  });
}

/** A file of a newer version, such as `words.json`: it is not installed here, and stays on the branch. Those of npm and hosts are of another branch, pushed there by mistake. */
const OF_NEWER =
  /^100644 blob \S+\t(?!(?:biome|knip|package|package-lock|tsconfig|vercel)\.json$)[a-z]+(?:-[a-z]+)*\.n?json$/;

/** A tree with the files of a commit that a newer version may have written. */
export async function withNewer(tree: string, commit: string | null): Promise<string> {
  const isNewer = (line: string) => OF_NEWER.test(line) && !isArchiveFile(line.slice(line.indexOf('\t') + 1));
  const newer = commit === null ? [] : (await listTree(commit)).filter(isNewer);
  return newer.length === 0 ? tree : git(['mktree', '-z'], { names: [...(await listTree(tree)), ...newer] });
}

async function listTree(commit: string, ...options: string[]): Promise<string[]> {
  return (await git(['ls-tree', '-z', ...options, commit])).split('\0').filter(Boolean);
}

/** The names of the archive's files that differ between two commits or trees. */
export async function changedFiles(before: string, after: string, ...options: string[]): Promise<string[]> {
  const names = await git(['diff-tree', '-r', '--name-only', '--no-renames', ...options, before, after]);
  return names.split('\n').filter(isArchiveFile);
}

/** Names of the archive's files in a folder. Throws an `OperatorError` if one is a link: other machines could not follow it. */
async function archiveFileNames(folder: string): Promise<string[]> {
  const found = await archiveFilesIn(folder);
  const odd = found.find(({ isFile }) => !isFile);
  if (odd === undefined) return found.map(({ name }) => name);
  throw new OperatorError(
    `${join(folder, odd.name)} is a link or a folder instead of a file; put a copy of the file in its place.`,
  );
}

/** What a folder has under names of archive files, of any type: also links and folders. */
async function archiveFilesIn(folder: string): Promise<{ name: string; isFile: boolean }[]> {
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

async function copyPictures(from: string, to: string, names: readonly string[]): Promise<void> {
  const existing = new Set(await archiveFileNames(from));
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
  const files = await filesOfCommit(commit);
  const names = files.map(({ name }) => name);
  const staging = join(folder, STAGING);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging);
  try {
    await withIndex(staging, async (run) => {
      // Only these, without a `.gitattributes` that somebody else has added.
      await run(
        ['update-index', '-z', '--index-info'],
        files.map(({ line }) => line),
      );
      await run(['checkout-index', '--force', '--all']);
    });
    await refuseIncomplete(staging, files);
    const before = await archiveFilesIn(folder);
    if (names.some(isPictureFile)) await mkdir(join(folder, PICTURES_FOLDER), { recursive: true });
    for (const name of names.toSorted(byCounts)) await rename(join(staging, name), join(folder, name));
    const removed = before.filter(({ name }) => !names.includes(name));
    await Promise.all(removed.map(({ name }) => rm(join(folder, name), { recursive: true })));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Throws if a file of a commit is not in the folder with all its bytes. */
async function refuseIncomplete(folder: string, files: Awaited<ReturnType<typeof filesOfCommit>>): Promise<void> {
  for (const { name, size } of files) {
    const file = await stat(join(folder, name)).catch(() => null);
    if (file?.size === size) continue;
    // Git has no option against these rules.
    const why =
      file !== null && file.size > size
        ? 'was changed by git: remove the rules of .git/info/attributes.'
        : 'could not be written completely. Is the disk full?';
    throw new OperatorError(`${name} of the branch "archive" ${why} The folder was not changed.`);
  }
}

/** Sorts the files with counts of entries last: if the run is killed before, no entry seems to be missing. */
function byCounts(a: string, b: string): number {
  const order = (name: string) => ['avatars.json', 'ledger.json', 'feeds.json'].indexOf(name);
  return order(a) - order(b);
}

/** The archive's files in a commit or tree. Throws an `OperatorError` if a file is a link. */
async function filesOfCommit(commit: string): Promise<{ name: string; size: number; line: string }[]> {
  const entries = (await listTree(commit, '-r', '-l')).map((line) => {
    const [, object, size, name = ''] = /^(\d+ \S+ \S+) +(\S+)\t(.*)$/s.exec(line) ?? [];
    return { name, size: Number(size), line: `${object}\t${name}`, isFile: line.startsWith('100') };
  });
  const ours = entries.filter(({ name }) => isArchiveFile(name));
  const odd = ours.find(({ isFile }) => !isFile);
  if (odd !== undefined)
    throw new OperatorError(
      `The branch "archive" has ${odd.name} as a link, which no snapshot writes; nothing was changed. Find out who wrote it, and replace it with the file.`,
    );
  return ours;
}

/** Prints a note about files of a commit that are not the archive's. */
export async function noteOthers(commit: string): Promise<void> {
  const names = await listTree(commit, '-r', '--name-only');
  const [first, ...others] = names.filter((name) => !isArchiveFile(name));
  if (first === undefined) return;
  const [more, it] = others.length === 0 ? ['', 'it'] : [` and ${others.length} more`, 'them'];
  printError(
    `The branch "archive" also has ${first}${more}. This version ignores ${it}: delete ${it} on that branch, unless a newer version wrote ${it}.`,
  );
}

export async function readArchiveFiles(folder: string): Promise<Files> {
  const names = (await archiveFileNames(folder)).filter((name) => !isPictureFile(name));
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}

/** Writes an archive to git's objects, with its pictures from these folders. Returns the tree. */
export function writeFilesTree(files: Files, folders: readonly string[]): Promise<string> {
  return withTemporaryFolder(async (area) => {
    for (const [name, text] of files) if (text !== '') await writeFile(join(area, name), text);
    const pictures = namedPictures(files.get('avatars.json'));
    for (const folder of folders) await copyPictures(folder, area, pictures);
    return writeTree(area);
  });
}
