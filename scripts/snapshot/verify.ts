import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  type DamagedArchive,
  monthFile,
  months,
  parseEntry,
  readerOfMany,
  readLines,
  readStates,
} from '../../src/archive/archive.ts';
import { type CheckedMonth, type DuplicateLines, findDuplicateLines } from '../../src/archive/duplicate-lines.ts';
import {
  holdingOf,
  type Lack,
  type Ledger,
  lacking,
  ledgerKeys,
  ledgerSum,
  type Month,
  NO_LEDGER,
  permalinkKey,
  readLedger,
  repairAdvice,
} from '../../src/archive/ledger.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { counted } from '../../src/core/periods.ts';
import { type Counted, recount } from './recount.ts';
import { monthFileText, readHeld, settledLedger, writeLedger, writeMonths, writeStates } from './store.ts';

const mark = '.damaged';

/** The advice for an archive with a damaged file that was set aside; null if there is none. */
export async function setAsideBefore(archive: string): Promise<string | null> {
  const names = await readdir(archive).catch(() => []);
  const [name] = names.filter((each) => each.endsWith(mark)).sort();
  return name === undefined ? null : damageRemedy(join(archive, name));
}

/** Renames a damaged file, so that it is never overwritten, and returns the advice for the operator. */
export async function setAside(error: DamagedArchive): Promise<string> {
  await rename(error.path, `${error.path}${mark}`);
  return `${error.what}. ${damageRemedy(`${error.path}${mark}`)}`;
}

function damageRemedy(aside: string): string {
  const name = aside.slice(0, -mark.length);
  return `The damaged file was set aside as ${aside}. Put a good copy back as ${name} (from a backup, or with "npm run archive -- pull" if the archive is on its branch), remove ${aside}, and run again.`;
}

/** A month whose file differs from the ledger; `isPlain` if its bytes are only lines and line feeds. */
type Changed = CheckedMonth & { isPlain: boolean };

/**
 * Compares the archive with its ledger, before a run reads or writes. Throws an `OperatorError` if an entry is missing.
 * Changes by hand that lose nothing are accepted and repaired, and listed in `notes`. The caller holds the lock.
 */
export async function verifyArchive(archive: string, feeds: Counted['feeds'], now: Date): Promise<Counted> {
  const file = readLedger(archive);
  const ledger = file.kind === 'ledger' ? file.ledger : NO_LEDGER;
  const { held, looked } = await lookThrough(archive, ledger);
  const lacks = lacking(ledger, held);
  if (lacks.length > 0) throw new OperatorError([repairAdvice(lacks), ...(await otherCase(archive, lacks))].join('\n'));

  const twice = findDuplicateLines(looked, ledger);
  const rewritten = new Map<string, ReturnType<typeof monthFileText>>();
  for (const each of looked) {
    const drops = twice.drops.get(each.month);
    if (each.isPlain && drops === undefined) continue;
    const lines = (await readLines(monthFile(archive, each.month))).filter((_, at) => !drops?.has(at));
    const text = monthFileText(lines.map((line) => ({ entry: parseEntry(line), text: line.bytes.toString('utf8') })));
    rewritten.set(each.month, text);
  }
  const after = new Map([...held, ...[...rewritten].map(([month, { holds }]) => [month, holds] as const)]);
  const before = { feeds, states: await readStates(archive), held: await readHeld(archive) };
  const states = recount(before, after, twice.ofFeed, now);
  const notes = [
    ...(held.size > 0 ? aboutLedger[file.kind] : []),
    ...looked.flatMap((each) => noteOf(each, file.kind === 'ledger' ? ledger : null, twice)),
    ...states.notes,
  ];
  await writeLedger(archive, settledLedger({ months: {}, next: Object.fromEntries(held), lost: ledger.lost }));
  if (rewritten.size > 0) await writeMonths(archive, rewritten);
  if (!isDeepStrictEqual(states.states, before.states)) await writeStates(archive, states.states);
  return { ...before, states: states.states, notes };
}

const aboutLedger: Readonly<Record<ReturnType<typeof readLedger>['kind'], string[]>> = {
  ledger: [],
  missing: ['ledger.json was missing: it was made again from the months.'],
  damaged: [
    'ledger.json was damaged: it was made again from the months, which hold all entries that feeds.json counts.',
  ],
};

/** The ledger row of each month, computed only for months whose file differs from the ledger and from its planned changes. */
export async function lookThrough(
  archive: string,
  ledger: Ledger,
): Promise<{ held: Map<string, Month>; looked: Changed[] }> {
  const read = readerOfMany();
  const held = new Map<string, Month>();
  const looked: Changed[] = [];
  const look = async (month: string, bytes: Buffer) => {
    const lines = await readLines(monthFile(archive, month), () => bytes);
    const entries = lines.map(parseEntry);
    held.set(month, holdingOf(ledgerSum(bytes), entries));
    const checked = entries.map(({ feed, id, updated }, at) => {
      const line = lines[at]?.bytes ?? Buffer.alloc(0);
      return { feed, id, updated, length: line.length, hash: ledgerSum(line) };
    });
    const plain = lines.reduce((sum, line) => sum + line.bytes.length + 1, 0);
    looked.push({ month, lines: checked, isPlain: plain === bytes.length && bytes.length > 0 });
  };
  for (const month of await months(archive)) {
    const bytes = read(monthFile(archive, month));
    const sum = ledgerSum(bytes);
    const row = [ledger.months[month], ledger.next[month]].find((each) => each?.sum === sum);
    if (row) held.set(month, row);
    else await look(month, bytes);
  }
  // An entry of a changed month may also be in an unchanged one.
  const fresh = new Set(looked.flatMap(({ lines }) => lines.map(permalinkKey)));
  const done = new Set(looked.map(({ month }) => month));
  for (const [month, holds] of fresh.size === 0 ? [] : [...held]) {
    if (!done.has(month) && ledgerKeys(holds).some((key) => fresh.has(key)))
      await look(month, read(monthFile(archive, month)));
  }
  return { held, looked };
}

function noteOf({ month, lines, isPlain }: Changed, ledger: Ledger | null, twice: DuplicateLines): string[] {
  const row = ledger?.months[month];
  const keys = new Set(lines.map(permalinkKey));
  const more = ledger === null ? 0 : keys.size - (row?.entries ?? 0);
  const changes = [
    ...(more > 0
      ? [`holds ${counted(more, 'entry', 'entries')} more than a snapshot wrote, and they were accepted`]
      : []),
    ...(twice.notes.get(month) ?? []),
    ...(isPlain
      ? []
      : ['had line ends, blank lines or marks that a snapshot does not write, and was written again without them']),
  ];
  if (changes.length === 0 && row !== undefined)
    changes.push(`was changed by hand, and all ${counted(row.entries, 'entry', 'entries')} are there`);
  return changes.length === 0 ? [] : [`${month}.ndjson ${changes.join('; ')}.`];
}

/** Advice for missing months whose file has the right name in other case: a file with that name is not read. */
async function otherCase(archive: string, lacks: readonly Lack[]): Promise<string[]> {
  const names: string[] = await readdir(archive).catch(() => []);
  return lacks.flatMap(({ month }) => {
    const wanted = `${month}.ndjson`;
    const other = names.find((name) => name !== wanted && name.toLowerCase() === wanted);
    return other === undefined || names.includes(wanted) ? [] : [`The folder has ${other}: rename it to ${wanted}.`];
  });
}
