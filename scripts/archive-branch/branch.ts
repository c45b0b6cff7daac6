import { readdir } from 'node:fs/promises';
import {
  type Ledger,
  lacking,
  type MonthRow,
  permalinkKey,
  readLedger,
  repairAdvice,
} from '../../src/archive/ledger.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { printError } from '../cli.ts';
import { type Files, isArchiveFile, isMonth, type Lost, ledgerIn, lostEntries, monthRows } from './archive-lines.ts';
import {
  changedFiles,
  installTree,
  noteOthers,
  readArchiveFiles,
  withNewer,
  writeFilesTree,
  writeTree,
} from './archive-trees.ts';
import { BRANCH, fetchCommit, fetchHead, git, INSTALLED, withTemporaryFolder } from './git.ts';
import { join } from './join.ts';
import { branchStates, refuseOther } from './join-states.ts';

/** The commit of the branch that was installed last; null before the first one. */
export async function installedCommit(): Promise<string | null> {
  return git(['rev-parse', '--quiet', '--verify', INSTALLED]).catch(() => null);
}

/**
 * Installs the branch in the folder, joined with what a run has left there and not pushed. Returns the installed commit; null if there is
 * no such branch yet. Throws an `OperatorError` if the branch was set back or deleted, or if it cannot be told what is new in the folder.
 * @param at a commit of the branch instead of its newest; empty if the branch did not exist
 */
export async function pull(folder: string, remote: string, at?: string): Promise<string | null> {
  const head = at === undefined ? await fetchHead(remote) : at || null;
  const before = await installedCommit();
  const hasArchive = (await readdir(folder)).some(isArchiveFile);
  if (head === null) {
    if (at !== undefined || before === null || !hasArchive) return null;
    throw new OperatorError(
      'The branch "archive" was deleted, or this is another repository. Nothing was changed. "npm run archive -- push" creates it again with the archive of this folder.',
    );
  }
  if (at !== undefined && !(await fetchCommit(head, remote)))
    throw new OperatorError(`The branch "archive" has no commit ${head}.`);
  await noteOthers(head);
  if (!hasArchive) {
    await installPushed(folder, head);
    return head;
  }
  const tree = await writeTree(folder);
  if (await isBetween(before, head, tree)) {
    if (at === undefined && before !== null) await refuseSetBack(before, head);
    await installPushed(folder, head);
    return head;
  }
  const missing = before === null ? [] : await lostBetween(before, tree);
  const canJoin = missing.length > 0 ? readLedger(folder).kind === 'ledger' : at === undefined;
  if (before === null || !canJoin) {
    const advice =
      ' It also lacks entries of the branch, and has no ledger: if "push" fails, move that folder away and pull again.';
    throw new OperatorError(
      `${folder} has changes that are not on the branch. Run "npm run archive -- push" first.${missing.length > 0 ? advice : ''}`,
    );
  }
  if (missing.length === 0) await refuseSetBack(before, head);
  await installPushed(folder, head, await joinedTree(folder, before, head, remote));
  if (missing.length > 0) printError(`Restored missing entries: ${lostText(missing)}.`);
  return head;
}

/** Whether each file is as in one of two commits. A pull that was stopped leaves such a folder, and so does a push that could not install. */
async function isBetween(before: string | null, head: string, tree: string): Promise<boolean> {
  if (before === null) return (await changedFiles(head, tree, '--diff-filter=d')).length === 0;
  const changed = new Set(await changedFiles(before, tree));
  return (await changedFiles(head, tree)).every((name) => !changed.has(name));
}

/** The archive only grows. Throws if the branch lacks entries of the installed commit: somebody set it back. */
async function refuseSetBack(before: string, head: string): Promise<void> {
  const statesAt = async (at: string) => {
    const names = ['feeds.json', 'ledger.json'];
    return branchStates(new Map(await Promise.all(names.map(async (name) => [name, await blobOf(at, name)] as const))));
  };
  const [had, has] = [await statesAt(before), await statesAt(head)];
  if (had && has) refuseOther(had, has);
  const gone = (await lostBetween(before, head)).filter(({ feed }) => !has || feed in has);
  if (gone.length === 0 && (has || !had)) return;
  const lost = gone.length > 0 ? lostText(gone, ' of this folder') : 'a valid feeds.json';
  throw new OperatorError(
    `The branch "archive" was set back: it lacks ${lost}. Nothing was changed. "npm run archive -- push" restores ${gone.length > 0 ? 'them' : 'it'} on the branch; "npm run archive -- pull --base ${head}" accepts the branch as it is.`,
  );
}

/** The number of lost entries, and one of them: `2 entries, 2026-01.ndjson: ["ada","1"] …`. */
function lostText([first, ...more]: readonly Lost[], where = ''): string {
  const { month, feed, id } = first ?? {};
  const count = more.length === 0 ? '1 entry' : `${more.length + 1} entries`;
  return `${count}${where}, ${month}: ${JSON.stringify([feed, id])}${more.length > 0 ? ' …' : ''}`;
}

/**
 * Commits the archive of a folder and pushes it, joined with theirs if the branch moved since `base`. Returns the
 * commit of the branch, whether there was anything to push, and whether the commit has more than the folder. Throws an
 * `OperatorError` if entries would be lost.
 */
export async function push(folder: string, remote: string, base: string | null, message: string) {
  for (let attempt = 1; ; attempt++) {
    const head = await fetchHead(remote);
    const isJoined = head !== null && head !== base;
    const files = isJoined ? await joinedTree(folder, base, head, remote) : await writeTree(folder);
    const tree = await withNewer(files, head);
    const changed = head === null ? null : await changedFiles(head, tree);
    await refuseLostEntries(head, tree, changed);
    if (head !== null && changed?.length === 0) return { head, pushed: false, isJoined };
    const commit = await git(['commit-tree', tree, '-m', message, ...(head === null ? [] : ['-p', head])]);
    try {
      await git(['push', '--quiet', remote, `${commit}:${BRANCH}`]);
      // Each push leaves whole months as loose objects. Git packs them only after a fetch, and this clone may need none for years.
      await git(['gc', '--auto', '--quiet']).catch(() => {});
      return { head: commit, pushed: true, isJoined };
    } catch (error) {
      // Tries again only if the branch has moved.
      if (attempt === 10 || (await fetchHead(remote)) === head) throw error;
    }
  }
}

/** Installs a commit of the branch, or what was joined with it. After a push it may also hold entries that others have pushed. */
export async function installPushed(folder: string, head: string, tree = head): Promise<void> {
  await installTree(tree, folder);
  await rememberInstalled(head);
}

/** Notes that the folder holds what this commit does. */
export async function rememberInstalled(head: string): Promise<void> {
  await git(['update-ref', INSTALLED, head]);
}

async function joinedTree(folder: string, base: string | null, head: string, remote: string): Promise<string> {
  const [before, ours] = [await filesAt(base, remote), await readArchiveFiles(folder)];
  return withTemporaryFolder(async (theirs) => {
    await installTree(head, theirs);
    return writeFilesTree(join(before, await readArchiveFiles(theirs), ours), [folder, theirs]);
  });
}

/** The archive at a commit; empty if there is no such commit. */
async function filesAt(commit: string | null, remote: string): Promise<Files> {
  if (commit === null || !(await fetchCommit(commit, remote))) return new Map();
  return withTemporaryFolder(async (area) => {
    await installTree(commit, area);
    return readArchiveFiles(area);
  });
}

/** The entries of a commit or tree that a later one lacks, without those whose loss its ledger accepts. */
async function lostBetween(before: string, after: string): Promise<Lost[]> {
  const accepted = new Set((await ledgerAt(after))?.lost);
  const found: Lost[] = [];
  for (const name of (await changedFiles(before, after)).filter(isMonth))
    found.push(...lostEntries(name, await blobOf(before, name), await blobOf(after, name)));
  return found.filter((entry) => !accepted.has(permalinkKey(entry)));
}

function blobOf(commit: string, name: string): Promise<string> {
  return git(['cat-file', 'blob', `${commit}:${name}`]).catch(() => '');
}

/** The archive only grows. Throws if a tree lacks entries of the branch or of its own ledger. `changed`: the files that differ between them. */
async function refuseLostEntries(head: string | null, tree: string, changed: readonly string[] | null): Promise<void> {
  const ledger = await ledgerAt(tree);
  const [gone] = head === null ? [] : await lostBetween(head, tree);
  if (gone !== undefined) {
    const { month, feed, id } = gone;
    throw new OperatorError(
      `${month} lacks an entry of the branch (${JSON.stringify([feed, id])}); nothing was pushed. Restore it with "npm run archive -- pull", or accept its loss: "npm run archive -- accept-loss ${month.slice(0, 7)}".`,
    );
  }
  if (ledger === null) return;
  const before = head === null ? null : await ledgerAt(head);
  const names = (await git(['ls-tree', '--name-only', tree])).split('\n').filter(isMonth);
  const unread = new Set(changed ?? names);
  const rows = new Map<string, MonthRow>();
  for (const name of names) {
    const month = name.slice(0, 7);
    const counted = unread.has(name) ? undefined : before?.months[month];
    const row = counted ?? monthRows(new Map([[name, await blobOf(tree, name)]])).get(month);
    if (row !== undefined) rows.set(month, row);
  }
  const lacks = lacking(ledger, rows);
  if (lacks.length > 0) throw new OperatorError(repairAdvice(lacks));
}

async function ledgerAt(commit: string): Promise<Ledger | null> {
  return ledgerIn(new Map([['ledger.json', await blobOf(commit, 'ledger.json')]]));
}
