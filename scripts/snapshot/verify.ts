import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  DAMAGED_SUFFIX,
  type DamagedArchive,
  monthFile,
  months,
  parseEntry,
  readerOfMany,
  readHeld,
  readLines,
  readStates,
  sizeOfLines,
} from '../../src/archive/archive.ts';
import { type CheckedMonth, type DuplicateLines, findDuplicateLines } from '../../src/archive/duplicate-lines.ts';
import {
  type Ledger,
  type LedgerFile,
  lacking,
  ledgerKeys,
  ledgerSum,
  type MonthRow,
  monthRow,
  permalinkKey,
  readLedger,
  repairAdvice,
} from '../../src/archive/ledger.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { countText } from '../../src/core/text.ts';
import { recount, type VerifiedArchive } from './recount.ts';
import { committedLedger, monthFileText, writeLedger, writeMonths, writeStates } from './store.ts';

/** The advice for each damaged file of an archive that was set aside. */
export async function adviceForSetAside(archive: string): Promise<string[]> {
  const names = await readdir(archive).catch(() => []);
  const damaged = names.filter((name) => name.endsWith(DAMAGED_SUFFIX)).sort();
  return damaged.map((name) => damageRemedy(join(archive, name)));
}

/** Renames a damaged file, so that it is never overwritten, and returns the advice for the operator. */
export async function setAside(error: DamagedArchive): Promise<string> {
  await rename(error.path, `${error.path}${DAMAGED_SUFFIX}`);
  return `${error.what}. ${damageRemedy(`${error.path}${DAMAGED_SUFFIX}`)}`;
}

function damageRemedy(aside: string): string {
  const name = aside.slice(0, -DAMAGED_SUFFIX.length);
  return `${name} is damaged, and was set aside as ${aside}. Put a good copy back as ${name} (from a backup, or with "npm run archive -- pull" if the archive is on its branch), remove ${aside}, and run again.`;
}

/** A month whose file differs from the ledger; `isPlain` if its bytes are only lines and line feeds. */
type Changed = CheckedMonth & { isPlain: boolean };

/**
 * Compares the archive with its ledger, before a run reads or writes. Throws an `OperatorError` if an entry is missing.
 * Changes by hand that lose nothing are accepted and repaired, and listed in `notes`. The caller holds the lock.
 */
export async function verifyArchive(
  archive: string,
  feeds: VerifiedArchive['feeds'],
  now: Date,
): Promise<VerifiedArchive> {
  const { kind, ledger, rows, checked } = await completeMonths(archive);
  const duplicates = findDuplicateLines(checked, ledger);
  const rewritten = new Map<string, ReturnType<typeof monthFileText>>();
  for (const each of checked) {
    const drops = duplicates.drops.get(each.month);
    if (each.isPlain && drops === undefined) continue;
    const lines = (await readLines(monthFile(archive, each.month))).filter((_, at) => !drops?.has(at));
    const text = monthFileText(lines.map((line) => ({ entry: parseEntry(line), line: line.bytes.toString('utf8') })));
    rewritten.set(each.month, text);
  }
  const after = new Map([...rows, ...[...rewritten].map(([month, { row }]) => [month, row] as const)]);
  const before = { feeds, states: await readStates(archive), held: await readHeld(archive) };
  const states = recount(before, after, duplicates.ofFeed, now);
  const notes = [
    ...(rows.size > 0 ? LEDGER_NOTES[kind] : []),
    ...checked.flatMap((each) => changeNote(each, kind === 'ledger' ? ledger : null, duplicates)),
    ...states.notes,
  ];
  await writeLedger(archive, committedLedger({ ...ledger, months: {}, next: Object.fromEntries(rows) }));
  if (rewritten.size > 0) await writeMonths(archive, rewritten);
  if (!isDeepStrictEqual(states.states, before.states)) await writeStates(archive, states.states);
  return { ...before, states: states.states, notes };
}

const LEDGER_NOTES: Readonly<Record<LedgerFile['kind'], string[]>> = {
  ledger: [],
  missing: ['ledger.json was missing: it was made again from the months.'],
  damaged: [
    'ledger.json was damaged: it was made again from the months, which hold all entries that feeds.json counts.',
  ],
};

/** The months and the ledger. Throws an `OperatorError` if an entry of the ledger is missing. */
export async function completeMonths(archive: string) {
  const file = readLedger(archive);
  const months = await checkMonths(archive, file.ledger);
  const lacks = lacking(file.ledger, months.rows);
  if (lacks.length > 0) throw new OperatorError(repairAdvice(lacks));
  return { ...file, ...months };
}

/** The ledger row of each month, computed only for months whose file differs from the ledger and from its planned changes. */
export async function checkMonths(archive: string, ledger: Ledger) {
  const read = readerOfMany();
  const rows = new Map<string, MonthRow>();
  const checked: Changed[] = [];
  const check = async (month: string, bytes: Buffer) => {
    const lines = await readLines(monthFile(archive, month), () => bytes);
    const entries = lines.map(parseEntry);
    rows.set(month, monthRow(ledgerSum(bytes), entries));
    const checkedLines = entries.map(({ feed, id, updated }, at) => {
      const line = lines[at]?.bytes ?? Buffer.alloc(0);
      return { feed, id, updated, length: line.length, hash: ledgerSum(line) };
    });
    checked.push({ month, lines: checkedLines, isPlain: sizeOfLines(lines) === bytes.length && bytes.length > 0 });
  };
  for (const month of await months(archive)) {
    const bytes = read(monthFile(archive, month));
    const sum = ledgerSum(bytes);
    const row = [ledger.months[month], ledger.next[month]].find((each) => each?.sum === sum);
    if (row) rows.set(month, row);
    else await check(month, bytes);
  }
  // An entry of a changed month may also be in an unchanged one.
  const checkedKeys = new Set(checked.flatMap(({ lines }) => lines.map(permalinkKey)));
  const checkedMonths = new Set(checked.map(({ month }) => month));
  for (const [month, row] of checkedKeys.size === 0 ? [] : [...rows]) {
    if (!checkedMonths.has(month) && ledgerKeys(row).some((key) => checkedKeys.has(key)))
      await check(month, read(monthFile(archive, month)));
  }
  return { rows, checked };
}

function changeNote({ month, lines, isPlain }: Changed, ledger: Ledger | null, duplicates: DuplicateLines): string[] {
  const row = ledger?.months[month];
  const keys = new Set(lines.map(permalinkKey));
  const more = ledger === null ? 0 : keys.size - (row?.entries ?? 0);
  const changes = [
    more > 0 && `holds ${countText(more, 'entry', 'entries')} more than a snapshot wrote, and they were accepted`,
    ...(duplicates.notes.get(month) ?? []),
    !isPlain &&
      'had line ends, blank lines or marks that a snapshot does not write, and was written again without them',
  ].filter((change) => change !== false);
  if (changes.length === 0 && row !== undefined)
    changes.push(`was changed by hand, and all ${countText(row.entries, 'entry', 'entries')} are there`);
  return changes.length === 0 ? [] : [`${month}.ndjson ${changes.join('; ')}.`];
}
