/**
 * The archive's own git branch: `pull` copies it into the operator's folder, `push` commits the changes of a snapshot.
 * Both need only git and Node: the workflow job that may write to the repository runs no code of other packages.
 */

import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { allowedPrivateHosts, clock, contentFolder } from '../src/archive/environment.ts';
import { OperatorError } from '../src/core/operator-error.ts';
import { countText } from '../src/core/text.ts';
import { changedFiles, writeTree } from './archive-branch/archive-trees.ts';
import { installedCommit, installPushed, pull, push, rememberInstalled } from './archive-branch/branch.ts';
import { print, printError, run } from './cli.ts';
import { withLock } from './disk/lock.ts';

const usage = `npm run archive -- pull                 copy the branch "archive" into the folder of the planet
npm run archive -- push                 commit the changed files to that branch
npm run archive -- changed              compare the files with the pulled ones: changed=true, for a workflow
npm run archive -- compare              stop if the archive lacks entries that the published site has
npm run archive -- forget FEED          remove a feed from the folder, and from the branch with its history
npm run archive -- accept-loss MONTH    accept that a month lacks entries; "all" for every month
npm run archive -- join FOLDER ...      merge the archives of several machines ("snapshot --shard i/n")
  --remote URL       the repository; default: PLANET_REMOTE, else "origin"
  --folder FOLDER    push: push this archive instead of your own
  --base COMMIT      with --folder: the commit that it began with; pull: the commit to copy`;

const { positionals, values } = options();
const archiveFolder = join(contentFolder(), 'archive');

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        remote: { type: 'string', default: process.env.PLANET_REMOTE || 'origin' },
        folder: { type: 'string' },
        base: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    printError(`error: ${(error as Error).message.split('. ')[0]}`);
    process.exit(2);
  }
}

async function runPull(): Promise<void> {
  await mkdir(archiveFolder, { recursive: true });
  const head = await withLock(archiveFolder, () => pull(archiveFolder, values.remote, values.base));
  print(head ?? 'There is no branch "archive" yet: the first push creates it.');
}

async function runPush(): Promise<void> {
  const message = `Snapshot of ${new Date().toISOString().slice(0, 16)}Z`;
  const report = ({ head, pushed }: { head: string; pushed: boolean }) => print(pushed ? head : 'Nothing changed.');
  if (values.folder !== undefined) {
    report(await push(resolve(values.folder), values.remote, values.base || null, message));
    return;
  }
  await withLock(archiveFolder, async () => {
    const pushed = await push(archiveFolder, values.remote, await installedCommit(), message);
    const { head, isJoined } = pushed;
    await (isJoined ? installPushed(archiveFolder, head) : rememberInstalled(head));
    report(pushed);
  });
}

async function runChanged(): Promise<void> {
  const before = await installedCommit();
  print(`changed=${before === null || (await changedFiles(before, await writeTree(archiveFolder))).length > 0}`);
}

async function runCompare(): Promise<void> {
  const { refuseLessThanPublished } = await import('./ci/published-site.ts');
  print(await refuseLessThanPublished(dirname(archiveFolder), await readPlanetFile()));
}

async function runForget(feed: string): Promise<void> {
  const { feeds } = await readPlanetFile();
  if (feeds.some(({ id }) => id === feed))
    throw new OperatorError(
      `planet.yaml follows "${feed}", and the next snapshot would read it again. Remove it there first.`,
    );
  const { forget } = await import('./archive-branch/forget.ts');
  const { count, hasBranch } = await withLock(archiveFolder, () => forget(archiveFolder, values.remote, feed));
  const where = hasBranch
    ? '; the branch has a new history with the other entries.'
    : ' from this folder. There is no branch "archive"; your backups still have them.';
  print(`Erased ${countText(count, 'entry', 'entries')} of ${feed}${where}`);
}

async function runJoin(folders: readonly string[]): Promise<void> {
  const { joinOutcomes } = await import('./archive-branch/shards.ts');
  const { runSnapshot, takeSnapshot } = await import('./snapshot/run.ts');
  const { reportText } = await import('./snapshot/report.ts');
  const planet = await readPlanetFile();
  const folder = dirname(archiveFolder);
  const settings = { planet, feeds: [], folder, now: clock(), allowPrivate: allowedPrivateHosts(), progress: () => {} };
  const report = await runSnapshot(settings, (snapshot) => {
    const outcomes = joinOutcomes(archiveFolder, folders, planet.feeds);
    return takeSnapshot({ ...snapshot, feeds: outcomes.map(({ feed }) => feed), outcomes });
  });
  print(reportText(report));
}

async function runAcceptLoss(month: string): Promise<void> {
  const { acceptLoss } = await import('./archive-branch/forget.ts');
  print(await withLock(archiveFolder, () => acceptLoss(archiveFolder, month)));
}

/** Imported on demand: `pull` and `push` run where no library is installed. */
async function readPlanetFile() {
  return (await (await import('../src/archive/load-planet.ts')).operatorPlanet()).planet;
}

const [name = '', ...operands] = positionals;
const commands: Record<string, { run: () => Promise<void>; takes: number }> = {
  pull: { run: runPull, takes: 0 },
  push: { run: runPush, takes: 0 },
  changed: { run: runChanged, takes: 0 },
  compare: { run: runCompare, takes: 0 },
  forget: { run: () => runForget(operands[0] ?? ''), takes: 1 },
  'accept-loss': { run: () => runAcceptLoss(operands[0] ?? ''), takes: 1 },
  join: { run: () => runJoin(operands), takes: Math.max(1, operands.length) },
};
const command = commands[name];
if (values.help) print(usage);
else if (operands.length === command?.takes) await run(command.run);
else {
  printError(correction());
  process.exitCode = 2;
}

/** How to write the command that was meant. */
function correction(): string {
  const wanted = usage.split('\n').map((line) => line.split('  ')[0] ?? '');
  const written = wanted.find((each) => / archive (?:-- )?(\S+)/.exec(each)?.[1] === name);
  if (written !== undefined) return `error: write "${written}"`;
  return name === '' ? usage : `There is no command "archive ${name}". "npm run archive -- --help" lists all.`;
}
