import { readdir, writeFile } from 'node:fs/promises';
import { join as path } from 'node:path';
import { type Ledger, lacking, ledgerKey, type Month, readLedger, repairAdvice } from '../../src/archive/ledger.ts';
import { printError } from '../cli.ts';
import { type Files, holdingsByMonth, isArchiveFile, isMonth, ledgerIn, lostEntries } from './archive-lines.ts';
import { namedPictures } from './avatar-rows.ts';
import { copyPictures, git, installTree, readArchiveFiles, Stuck, withTemporaryFolder, writeTree } from './git.ts';
import { join } from './join.ts';

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
export async function installedCommit(): Promise<string | null> {
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
  if ((await readdir(folder)).some(isArchiveFile)) {
    const [before, tree] = [await installedCommit(), await writeTree(folder)];
    const isAsLaid = before !== null && tree === (await treeAt(before));
    const missing = before === null || isAsLaid ? [] : await lostBetween(before, tree);
    if (before !== null && missing.length > 0 && readLedger(folder).kind === 'ledger') {
      await installTree(await joinedTree(folder, before, head, remote), folder);
      await git(['update-ref', LAID, head]);
      printError(`Brought back what was missing here: ${number(missing)}, ${told(missing)}.`);
      return head;
    }
    if (!isAsLaid) {
      const less =
        missing.length > 0
          ? ` It lacks what the branch holds, too, and has no ledger: if "push" is refused, move that folder away and pull again.`
          : '';
      throw new Stuck(`${folder} holds what the branch does not hold yet. Run "npm run archive -- push" first.${less}`);
    }
    if (at === undefined) await refuseSetBack(before, head);
  }
  await installPushed(folder, head);
  return head;
}

/** The archive only grows: a branch with less than was laid from it was forced back. */
async function refuseSetBack(before: string, head: string): Promise<void> {
  const followed = new Set(Object.keys(JSON.parse((await blobOf(head, 'feeds.json')) || '{}')));
  const gone = (await lostBetween(before, head)).filter(({ feed }) => followed.has(feed));
  if (gone.length === 0) return;
  throw new Stuck(
    `The branch "archive" was set back: it lacks ${number(gone)} that lay here, ${told(gone)}. Nothing was changed here. "npm run archive -- push" brings them back to the branch; "npm run archive -- pull --base ${head}" takes the branch as it is.`,
  );
}

function number({ length }: readonly Lost[]): string {
  return length === 1 ? '1 entry' : `${length} entries`;
}

function told([first, ...more]: readonly Lost[]): string {
  const { month, feed, id } = first ?? {};
  return `${month}: ${JSON.stringify([feed, id])}${more.length > 0 ? ' …' : ''}`;
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
    const tree = head === base ? await writeTree(folder) : await joinedTree(folder, base, head, remote);
    await refuseLess(head, tree);
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
export async function installPushed(folder: string, head: string): Promise<void> {
  await installTree(head, folder);
  await git(['update-ref', LAID, head]);
}

async function joinedTree(folder: string, base: string | null, head: string | null, remote: string): Promise<string> {
  if (head === null) return writeTree(folder);
  const [before, ours] = [await filesAt(base, remote), await readArchiveFiles(folder)];
  return withTemporaryFolder(async (laid) => {
    await installTree(head, laid);
    const joined = join(before, await readArchiveFiles(laid), ours);
    return withTemporaryFolder(async (area) => {
      for (const [name, text] of joined) if (text !== '') await writeFile(path(area, name), text);
      const pictures = namedPictures(joined.get('avatars.json'));
      for (const from of [folder, laid]) await copyPictures(from, area, pictures);
      return writeTree(area);
    });
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
  return withTemporaryFolder(async (area) => {
    await installTree(commit, area);
    return readArchiveFiles(area);
  });
}

/** An entry that one archive holds and another does not. */
interface Lost {
  month: string;
  feed: string;
  id: string;
}

/** The entries of a commit or tree that are not in another one, but for those whose loss an operator has accepted there. */
async function lostBetween(before: string, after: string): Promise<Lost[]> {
  const accepted = new Set((await ledgerAt(after))?.lost);
  const found: Lost[] = [];
  for (const name of await changedMonths(before, after)) {
    const gone = lostEntries(await blobOf(before, name), await blobOf(after, name));
    for (const [feed, id] of gone) if (!accepted.has(ledgerKey({ feed, id }))) found.push({ month: name, feed, id });
  }
  return found;
}

async function changedMonths(before: string, after: string): Promise<string[]> {
  const names = await git(['diff-tree', '-r', '--name-only', '--no-renames', before, after]);
  return names.split('\n').filter(isMonth);
}

/** The text of a file; empty where there is none. */
function blobOf(commit: string, name: string): Promise<string> {
  return git(['cat-file', 'blob', `${commit}:${name}`]).catch(() => '');
}

/** The archive only grows: whoever hands in less than the branch holds, or than the ledger has, has lost something. */
async function refuseLess(head: string | null, tree: string): Promise<void> {
  const gone = head === null ? [] : await lostBetween(head, tree);
  if (gone[0] !== undefined) {
    const { month, feed, id } = gone[0];
    throw new Stuck(
      `${month} would lose an entry that the branch holds (${JSON.stringify([feed, id])}); nothing was pushed. Bring it back with "npm run archive -- pull", or say that its loss is meant: "npm run archive -- accept-loss ${month.slice(0, 7)}".`,
    );
  }
  const [ledger, before] = [await ledgerAt(tree), head === null ? null : await ledgerAt(head)];
  if (ledger === null) return;
  const names = (await git(['ls-tree', '--name-only', tree])).split('\n').filter(isMonth);
  const changed = new Set(head === null ? names : await changedMonths(head, tree));
  const held = new Map<string, Month>();
  for (const name of names) {
    const month = name.slice(0, 7);
    const known = changed.has(name) ? undefined : before?.months[month];
    const holds = known ?? holdingsByMonth(new Map([[name, await blobOf(tree, name)]])).get(month);
    if (holds !== undefined) held.set(month, holds);
  }
  const lacks = lacking(ledger, held);
  if (lacks.length > 0) throw new Stuck(repairAdvice(lacks));
}

async function ledgerAt(commit: string): Promise<Ledger | null> {
  return ledgerIn(new Map([['ledger.json', await blobOf(commit, 'ledger.json')]]));
}
