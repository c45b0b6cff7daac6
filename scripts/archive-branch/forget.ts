import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entryOf, type Files, isMonth, ledgerFrom, linesOf } from './archive-lines.ts';
import { BRANCH, fetchHead, laid, settle, treeAt } from './branch.ts';
import { filesOf, git, inPassing, Stuck, treeOf } from './git.ts';

/** An archive without a feed, as if it had never been followed. */
function without(files: Files, feed: string): Map<string, string> {
  const { [feed]: _gone, ...states } = JSON.parse(files.get('feeds.json') ?? '{}');
  const left = [...files]
    .filter(([name]) => name !== 'ledger.json')
    .map(([name, text]): [string, string] => [
      name,
      name === 'feeds.json'
        ? `${JSON.stringify(states, null, 1)}\n`
        : linesOf(text)
            .filter((line) => entryOf(line).feed !== feed)
            .map((line) => `${line}\n`)
            .join(''),
    ]);
  const next = new Map(left.filter(([, text]) => text !== ''));
  const ledger = ledgerFrom(next, [files], (id) => id !== feed);
  return ledger === null ? next : next.set('ledger.json', ledger);
}

/**
 * Erases a feed from the archive and from the branch, which begins anew: its history would hold what was erased. Returns how
 * many entries there were.
 */
export async function forget(folder: string, remote: string, feed: string): Promise<number> {
  const head = await fetchHead(remote);
  if (head === null || head !== (await laid()) || (await treeOf(folder)) !== (await treeAt(head))) {
    throw new Stuck('What lies here is not what the branch holds. Run "npm run archive -- push" and "pull" first.');
  }
  const files = await filesOf(folder);
  const lines = [...files].filter(([name]) => isMonth(name)).flatMap(([, text]) => linesOf(text));
  const count = lines.filter((line) => entryOf(line).feed === feed).length;
  const next = without(files, feed);
  const tree = await inPassing(async (area) => {
    for (const [name, text] of next) await writeFile(join(area, name), text);
    return treeOf(area);
  });
  if (tree === (await treeAt(head))) throw new Stuck(`The archive knows no feed "${feed}".`);
  const commit = await git(['commit-tree', tree, '-m', 'Begin the archive anew']);
  await git(['push', '--quiet', `--force-with-lease=${BRANCH}:${head}`, remote, `${commit}:${BRANCH}`]);
  await settle(folder, commit);
  return count;
}
