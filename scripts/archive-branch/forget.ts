import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readStates } from '../../src/archive/archive.ts';
import { type Ledger, lacking, ledgerCounts, readLedger } from '../../src/archive/ledger.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { countText } from '../../src/core/text.ts';
import { writeWhole } from '../disk/files.ts';
import { committedLedger, writeLedger, writeStates } from '../snapshot/store.ts';
import { checkMonths } from '../snapshot/verify.ts';
import {
  allLines,
  entryLines,
  type Files,
  isPictureFile,
  joinAvatars,
  ledgerFrom,
  namedPictures,
  PICTURES_FOLDER,
} from './archive-lines.ts';
import { changedFiles, readArchiveFiles, writeFilesTree, writeTree } from './archive-trees.ts';
import { installedCommit, installPushed } from './branch.ts';
import { BRANCH, fetchHead, git, hasRepository } from './git.ts';
import { statesOf } from './join-states.ts';

const AVATARS = 'avatars.json';

function without(files: Files, feed: string): Map<string, string> {
  const { [feed]: _gone, ...states } = statesOf(files);
  const left = [...files]
    .filter(([name]) => name !== 'ledger.json' && name !== AVATARS)
    .map(([name, text]): [string, string] => [
      name,
      name === 'feeds.json'
        ? `${JSON.stringify(states, null, 1)}\n`
        : entryLines(text)
            .flatMap(({ entry, line }) => (entry.feed === feed ? [] : `${line}\n`))
            .join(''),
    ]);
  const avatars = joinAvatars(undefined, files.get(AVATARS), undefined, (id) => id !== feed);
  const next = new Map([...left, [AVATARS, avatars] as const].filter(([, text]) => text !== ''));
  const ledger = ledgerFrom(next, [files], (id) => id !== feed);
  return ledger === null ? next : next.set('ledger.json', ledger);
}

/**
 * Erases a feed from the folder, and from the branch if there is one, which gets a new history: the old one has the
 * entries. Returns their number. Throws an `OperatorError` if the folder differs from the branch or has no such feed.
 */
export async function forget(folder: string, remote: string, feed: string) {
  const installed = await installedCommit();
  const isAlone = installed === null && !(await hasRepository(remote));
  const head = isAlone ? null : await fetchHead(remote);
  const hasBranch = installed !== null || head !== null;
  const isPulled = head !== null && head === installed;
  if (hasBranch && !(isPulled && (await changedFiles(head, await writeTree(folder))).length === 0))
    throw new OperatorError('This folder differs from the branch. Run "npm run archive -- push" and "pull" first.');
  const files = await readArchiveFiles(folder);
  const count = allLines(files).filter(({ entry }) => entry.feed === feed).length;
  const next = without(files, feed);
  const unknown = new OperatorError(`The archive has no feed "${feed}".`);
  if (head === null) {
    if ([...files].every(([name, text]) => next.get(name) === text)) throw unknown;
    await replaceFiles(folder, files, next);
    return { count, hasBranch };
  }
  const tree = await writeFilesTree(next, [folder]);
  if ((await changedFiles(head, tree)).length === 0) throw unknown;
  const commit = await git(['commit-tree', tree, '-m', 'Begin a new history']);
  await git(['push', '--quiet', `--force-with-lease=${BRANCH}:${head}`, remote, `${commit}:${BRANCH}`]);
  await installPushed(folder, commit);
  return { count, hasBranch };
}

/** The ledger first: if the run is killed, no entry seems to be lost, and it can be repeated. */
async function replaceFiles(folder: string, before: Files, next: Files): Promise<void> {
  const names = [...before.keys()].sort((a, b) => Number(b === 'ledger.json') - Number(a === 'ledger.json'));
  for (const name of names) {
    const text = next.get(name);
    if (text === undefined) await rm(join(folder, name));
    else if (text !== before.get(name)) writeWhole(join(folder, name), text);
  }
  const pictures = await readdir(join(folder, PICTURES_FOLDER)).catch(() => []);
  const named = new Set(namedPictures(next.get(AVATARS)));
  for (const name of pictures.map((each) => `${PICTURES_FOLDER}/${each}`))
    if (isPictureFile(name) && !named.has(name)) await rm(join(folder, name));
}

/**
 * Accepts that entries of a month, or of `all` months, are lost: removes them from the ledger. Returns a message for
 * the operator. Throws an `OperatorError` if there is no ledger to compare with. The caller holds the lock.
 */
export async function acceptLoss(archive: string, which: string): Promise<string> {
  if (which !== 'all' && !/^\d{4}-(?:0[1-9]|1[0-2])$/.test(which))
    throw new OperatorError(`accept-loss needs a month (2026-01) or "all"; "${which}" is neither.`, 2);
  const { kind, ledger } = readLedger(archive);
  if (kind !== 'ledger' && which !== 'all')
    throw new OperatorError(
      `ledger.json is ${kind}, so the expected entries of ${which} are not known. "npm run archive -- accept-loss all" accepts every month as it is.`,
    );
  const { rows } = await checkMonths(archive, ledger);
  const lacks = lacking(ledger, rows);
  const accepted = lacks.filter(({ month }) => which === 'all' || month === which);
  const keys = accepted.flatMap((lack) => lack.keys);
  const states = await readStates(archive);
  const counts = ledgerCounts(rows.values());
  const recounted = Object.entries(states).map(([feed, state]) => {
    const entries = counts.get(feed) ?? 0;
    // With validators the server could answer that nothing has changed, and what it still lists would not come back.
    return [feed, entries < state.entries ? { ...state, entries, validators: {}, askAgainAt: null } : state] as const;
  });
  const countsMatch = recounted.every(([feed, { entries }]) => entries === states[feed]?.entries);
  if (accepted.length === 0 && (which !== 'all' || (countsMatch && kind === 'ledger')))
    return `${which === 'all' ? 'Every month' : `${which}.ndjson`} has all expected entries. There is no loss to accept.`;
  const stillLacking = new Set(lacks.filter((lack) => !accepted.includes(lack)).map(({ month }) => month));
  const months = Object.fromEntries([...rows].filter(([month]) => !stillLacking.has(month)));
  const unchanged = Object.fromEntries(Object.entries(ledger.months).filter(([month]) => stillLacking.has(month)));
  const next: Ledger = { ...ledger, months: {}, next: { ...months, ...unchanged }, lost: [...ledger.lost, ...keys] };
  // The ledger last: if the run is killed before, the next one reports the loss again.
  await writeStates(archive, Object.fromEntries(recounted));
  await writeLedger(archive, committedLedger(next));
  return `Accepted the loss of ${countText(keys.length, 'entry', 'entries')}: the archive is complete, with ${countText(
    [...counts.values()].reduce((a, b) => a + b, 0),
    'entry',
    'entries',
  )}.`;
}
