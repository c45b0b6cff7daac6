import { readdir, writeFile } from 'node:fs/promises';
import { join as path } from 'node:path';
import { filesOf, git, inPassing, lay, Stuck, treeOf } from './git.ts';
import { join } from './join.ts';
import { type Files, isArchiveFile, isMonth, lost } from './lines.ts';

/** The branch that keeps the archive; no file of it stands in any other branch. */
export const BRANCH = 'refs/heads/archive';
/** In this clone: what of it lies in the operator's folder. */
const LAID = 'refs/orrery/archive';

/** What the branch holds now; null where there is no such branch. Any other answer ends the run: an archive is never begun anew by mistake. */
export async function fetchHead(remote: string): Promise<string | null> {
  const there = await git(['ls-remote', remote, BRANCH]);
  if (there === '') return null;
  await git(['fetch', '--quiet', '--depth=1', '--no-tags', remote, BRANCH]);
  return git(['rev-parse', 'FETCH_HEAD']);
}

/** What of the branch was laid into the folder last; null where nothing was. */
export async function laid(): Promise<string | null> {
  return git(['rev-parse', '--quiet', '--verify', LAID]).catch(() => null);
}

/**
 * Brings the branch into the folder, or as it was at a commit, which is empty where there was none. Returns what was laid;
 * null where there is no such branch yet.
 */
export async function pull(folder: string, remote: string, at?: string): Promise<string | null> {
  const head = at === undefined ? await fetchHead(remote) : at || null;
  if (head === null) return null;
  if (!(await isHad(head, remote))) throw new Stuck(`The branch "archive" has no commit ${head}.`);
  const before = await laid();
  const isEmpty = !(await readdir(folder)).some(isArchiveFile);
  if (!isEmpty && (before === null || (await treeOf(folder)) !== (await treeAt(before)))) {
    throw new Stuck(`${folder} holds what the branch does not hold yet. Run "npm run archive -- push" first.`);
  }
  await settle(folder, head);
  return head;
}

export function treeAt(commit: string): Promise<string> {
  return git(['rev-parse', `${commit}^{tree}`]);
}

/**
 * Commits the archive of a folder and pushes it. Where the branch has grown since `base` was laid there, or does so while
 * we push, the two are joined. Returns the new head of the branch, and whether there was anything to push.
 */
export async function push(folder: string, remote: string, base: string | null, message: string) {
  for (let attempt = 1; ; attempt++) {
    const head = await fetchHead(remote);
    const tree = head === base ? await treeOf(folder) : await joinedTree(folder, base, head, remote);
    if (head !== null) await refuseLess(head, tree);
    if (head !== null && tree === (await treeAt(head))) return { head, pushed: false };
    const commit = await git(['commit-tree', tree, '-m', message, ...(head === null ? [] : ['-p', head])]);
    try {
      await git(['push', '--quiet', remote, `${commit}:${BRANCH}`]);
      return { head: commit, pushed: true };
    } catch (error) {
      // Somebody else was quicker; or else trying again is of no use.
      if (attempt === 10 || (await fetchHead(remote)) === head) throw error;
    }
  }
}

/** After a push the folder holds what the branch holds, what others brought meanwhile included. */
export async function settle(folder: string, head: string): Promise<void> {
  await lay(head, folder);
  await git(['update-ref', LAID, head]);
}

async function joinedTree(folder: string, base: string | null, head: string | null, remote: string): Promise<string> {
  if (head === null) return treeOf(folder);
  const [before, theirs, ours] = [await filesAt(base, remote), await filesAt(head, remote), await filesOf(folder)];
  return inPassing(async (area) => {
    for (const [name, text] of join(before, theirs, ours)) if (text !== '') await writeFile(path(area, name), text);
    return treeOf(area);
  });
}

/** Whether a commit is here in the end. A clone may be shallow: an older one is asked for. */
async function isHad(commit: string, remote: string): Promise<boolean> {
  const isHere = () =>
    git(['cat-file', '-e', `${commit}^{commit}`]).then(
      () => true,
      () => false,
    );
  if (await isHere()) return true;
  await git(['fetch', '--quiet', '--depth=1', '--no-tags', remote, commit]).catch(() => {});
  return isHere();
}

/** The files of a commit; one that cannot be had is as good as empty. */
async function filesAt(commit: string | null, remote: string): Promise<Files> {
  if (commit === null || !(await isHad(commit, remote))) return new Map();
  return inPassing(async (area) => {
    await lay(commit, area);
    return filesOf(area);
  });
}

/** The archive only grows: whoever hands in less than the branch holds has lost something. */
async function refuseLess(head: string, tree: string): Promise<void> {
  const changed = (await git(['diff-tree', '-r', '--name-only', '--no-renames', head, tree]))
    .split('\n')
    .filter(isMonth);
  for (const month of changed) {
    const before = await git(['cat-file', 'blob', `${head}:${month}`]).catch(() => '');
    const after = await git(['cat-file', 'blob', `${tree}:${month}`]).catch(() => '');
    const [first] = lost(before, after);
    if (first !== undefined) {
      throw new Stuck(
        `${month} would lose an entry that the branch holds (${JSON.stringify(first)}); nothing was pushed.`,
      );
    }
  }
}
