/**
 * The archive's own branch: `pull` lays it into the operator's folder, `push` keeps there what a snapshot wrote. Both need git
 * and Node alone, so that the job that may write to the repository runs nobody else's code.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../src/archive/environment.ts';
import { installedCommit, installPushed, pull, push, treeAt } from './archive-branch/branch.ts';
import { forget } from './archive-branch/forget.ts';
import { Stuck, writeTree } from './archive-branch/git.ts';
import { print, run } from './cli.ts';
import { withLock } from './snapshot/lock.ts';

const usage = `npm run archive -- pull                 lay the branch "archive" where the snapshot and the site look for it
npm run archive -- push                 keep on that branch what has changed
npm run archive -- changed              say whether it differs from what was laid: changed=true, for a workflow
npm run archive -- forget FEED          erase a feed from it, its history included
npm run archive -- accept-loss MONTH    say that what a month lacks is meant to be gone; "all" for every month
npm run archive -- join FOLDER ...      add what several machines read, each with "snapshot --shard i/n"
  --remote URL       another repository than "origin", or than PLANET_REMOTE names
  --folder FOLDER    push the archive that lies there, and leave it as it is …
  --base COMMIT      … and that grew from this commit of the branch; pull: lay that commit`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    remote: { type: 'string', default: process.env.PLANET_REMOTE || 'origin' },
    folder: { type: 'string' },
    base: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const own = join(resolve(process.env.PLANET_CONTENT || join(root, 'src/content')), 'archive');

async function pullHere(): Promise<void> {
  await mkdir(own, { recursive: true });
  const head = await withLock(own, () => pull(own, values.remote, values.base));
  print(head ?? 'There is no branch "archive" yet: the first push begins it.');
}

async function pushHere(): Promise<void> {
  const message = `Snapshot of ${new Date().toISOString().slice(0, 16)}Z`;
  const told = ({ head, pushed }: { head: string; pushed: boolean }) => print(pushed ? head : 'Nothing changed.');
  if (values.folder !== undefined) {
    told(await push(resolve(values.folder), values.remote, values.base || null, message));
    return;
  }
  await withLock(own, async () => {
    const done = await push(own, values.remote, await installedCommit(), message);
    await installPushed(own, done.head);
    told(done);
  });
}

/** For a workflow's outputs. */
async function changedHere(): Promise<void> {
  const before = await installedCommit();
  print(`changed=${before === null || (await writeTree(own)) !== (await treeAt(before))}`);
}

async function forgetHere(feed: string): Promise<void> {
  const { feeds } = await planetHere();
  if (feeds.some(({ id }) => id === feed)) {
    throw new Stuck(
      `planet.yaml follows "${feed}", and the next snapshot would read it again. Take it out there first.`,
    );
  }
  const count = await withLock(own, () => forget(own, values.remote, feed));
  print(`Erased ${count} entries of ${feed}; the branch begins anew with what is left.`);
}

async function joinHere(folders: readonly string[]): Promise<void> {
  const { joinArchives } = await import('./archive-branch/shards.ts');
  const { clock } = await import('../src/archive/environment.ts');
  const planet = await planetHere();
  const done = await withLock(own, () => joinArchives(own, folders, planet, clock()));
  print(`Joined ${folders.length} shares: ${done.new} entries new, ${done.changed} changed.`);
}

async function acceptHere(month: string): Promise<void> {
  const { acceptLoss } = await import('./archive-branch/accept-loss.ts');
  print(await withLock(own, () => acceptLoss(own, month)));
}

/** Loaded only where it is asked for: `pull` and `push` run where no library is installed. */
async function planetHere() {
  return (await (await import('../src/archive/load-planet.ts')).ownPlanet()).planet;
}

const [name, ...operands] = positionals;
const command = {
  pull: pullHere,
  push: pushHere,
  changed: changedHere,
  forget: () => forgetHere(operands[0] ?? ''),
  'accept-loss': () => acceptHere(operands[0] ?? ''),
  join: () => joinHere(operands),
}[name ?? ''];
const isMistaken =
  { forget: operands.length !== 1, 'accept-loss': operands.length !== 1, join: operands.length === 0 }[name ?? ''] ??
  operands.length > 0;
if (values.help || command === undefined || isMistaken) {
  print(usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  await run(command);
}
