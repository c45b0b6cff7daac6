import { OperatorError } from '../../src/core/operator-error.ts';
import { type Files, joinAvatars, ledgerFrom, monthFiles, parseEntryLine, splitLines } from './archive-lines.ts';
import { BRANCH, fetchHead, installedCommit, installPushed, treeOf } from './branch.ts';
import { git, readArchiveFiles, treeAt, writeTree } from './git.ts';

const AVATARS = 'avatars.json';

/** An archive without the entries, state and ledger rows of a feed. */
function without(files: Files, feed: string): Map<string, string> {
  const { [feed]: _gone, ...states } = JSON.parse(files.get('feeds.json') ?? '{}');
  const left = [...files]
    .filter(([name]) => name !== 'ledger.json' && name !== AVATARS)
    .map(([name, text]): [string, string] => [
      name,
      name === 'feeds.json'
        ? `${JSON.stringify(states, null, 1)}\n`
        : splitLines(text)
            .filter((line) => parseEntryLine(line).feed !== feed)
            .map((line) => `${line}\n`)
            .join(''),
    ]);
  const avatars = joinAvatars(undefined, files.get(AVATARS), undefined, (id) => id !== feed);
  const next = new Map([...left, [AVATARS, avatars] as const].filter(([, text]) => text !== ''));
  const ledger = ledgerFrom(next, [files], (id) => id !== feed);
  return ledger === null ? next : next.set('ledger.json', ledger);
}

/**
 * Erases a feed from the archive and the branch. The branch gets a new history, because the old one has the erased entries.
 * Returns the number of erased entries. Throws an `OperatorError` if the folder differs from the branch or has no such feed.
 */
export async function forget(folder: string, remote: string, feed: string): Promise<number> {
  const head = await fetchHead(remote);
  if (head === null || head !== (await installedCommit()) || (await writeTree(folder)) !== (await treeAt(head))) {
    throw new OperatorError('This folder differs from the branch. Run "npm run archive -- push" and "pull" first.');
  }
  const files = await readArchiveFiles(folder);
  const lines = monthFiles(files).flatMap(([, text]) => splitLines(text));
  const count = lines.filter((line) => parseEntryLine(line).feed === feed).length;
  const tree = await treeOf(without(files, feed), [folder]);
  if (tree === (await treeAt(head))) throw new OperatorError(`The archive has no feed "${feed}".`);
  const commit = await git(['commit-tree', tree, '-m', 'Begin a new history']);
  await git(['push', '--quiet', `--force-with-lease=${BRANCH}:${head}`, remote, `${commit}:${BRANCH}`]);
  await installPushed(folder, commit);
  return count;
}
