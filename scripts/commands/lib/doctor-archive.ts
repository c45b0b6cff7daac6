import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  DamagedArchive,
  heldFile,
  monthFile,
  months,
  parseEntry,
  readLines,
  readStates,
} from '../../../src/archive/archive.ts';
import { lacking, type MonthRow, monthRow, readLedger, repairAdvice } from '../../../src/archive/ledger.ts';
import { copyStates, type FeedStates } from '../../../src/core/feed-state.ts';
import { size } from '../../../src/core/media.ts';
import { countText } from '../../../src/core/text.ts';
import { DAY } from '../../snapshot/schedule.ts';
import { adviceForSetAside } from '../../snapshot/verify.ts';

export interface Note {
  /** `problem`: data is lost, or the planet cannot be published. `warning`: needs the operator's attention. */
  level: 'problem' | 'warning' | 'ok';
  message: string;
}

export const ok = (message: string): Note => ({ level: 'ok', message });
export const warning = (message: string): Note => ({ level: 'warning', message });
export const problem = (message: string): Note => ({ level: 'problem', message });

/** A duration, rounded down: `3 hours`, `12 days`. */
export function span(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000);
  if (hours < 1) return 'less than an hour';
  if (hours < 48) return hours === 1 ? 'an hour' : `${hours} hours`;
  return `${Math.floor(hours / 24)} days`;
}

export type ArchiveFacts = Awaited<ReturnType<typeof examineArchive>>;

/** The readable content of the archive: the states of feeds, the dates of their newest entries, and notes. */
export async function examineArchive(archive: string, now: Date) {
  const notes: Note[] = [];
  const states = await readOrNote(notes, () => readStates(archive), copyStates({}));
  const newest = new Map<string, string>();
  const seen: string[] = [];
  // A line that is there twice counts twice, as in `feeds.json`, until the next snapshot removes it.
  const lines = new Map<string, number>();
  const monthRows = new Map<string, MonthRow>();
  for (const path of [...(await months(archive)).map((month) => monthFile(archive, month)), heldFile(archive)]) {
    const entries = await readOrNote(notes, async () => (await readLines(path)).map(parseEntry), []);
    if (path === heldFile(archive)) continue;
    for (const { feed, published } of entries) {
      if (published > (newest.get(feed) ?? '')) newest.set(feed, published);
      lines.set(feed, (lines.get(feed) ?? 0) + 1);
    }
    monthRows.set(basename(path, '.ndjson'), monthRow('', entries));
    seen.push(...entries.map(({ firstSeen }) => firstSeen));
  }
  const files = await sizes(archive);
  notes.push(
    ...(await adviceForSetAside(archive)).map(problem),
    ...ledgerNotes(archive, monthRows, files),
    ...lostEntryNotes(states, lines),
    ...totalNotes(seen, files, now),
  );
  return { states, newest, notes };
}

/** The result of `read`. For a damaged file it returns `fallback`, with a note if the file is still in its place. */
async function readOrNote<T>(notes: Note[], read: () => Promise<T>, fallback: T): Promise<T> {
  return read().catch((error: unknown) => {
    if (!(error instanceof DamagedArchive)) throw error;
    if (!existsSync(error.path)) return fallback;
    notes.push(problem(`${error.what}. Restore that file from the last good copy: the branch "archive", or a backup.`));
    return fallback;
  });
}

/** Notes on the ledger, without the months that were set aside or cannot be read: those have their own notes. */
function ledgerNotes(archive: string, monthRows: Map<string, MonthRow>, files: ReadonlyMap<string, number>): Note[] {
  const { kind, ledger } = readLedger(archive);
  const remedy = 'the next snapshot creates it from the months';
  if (kind === 'damaged')
    return [warning(`ledger.json is damaged: ${remedy}, if they have no fewer entries than feeds.json counts.`)];
  if (kind === 'missing') return monthRows.size === 0 ? [] : [warning(`There is no ledger.json: ${remedy}.`)];
  const all = lacking(ledger, monthRows);
  const lacks = all.filter(({ month }) => !files.has(`${month}.ndjson.damaged`));
  if (all.length > 0 && lacks.length === 0) return [];
  if (lacks.length > 0) return [problem(repairAdvice(lacks).replaceAll('\n', ' '))];
  const months = Object.keys(ledger.months).length;
  const lost = ledger.lost.length;
  const accepted = lost === 0 ? '' : ` You have accepted the loss of ${countText(lost, 'entry', 'entries')}.`;
  return [ok(`Every month has all entries of the ledger (${countText(months, 'month', 'months')}).${accepted}`)];
}

async function sizes(archive: string): Promise<Map<string, number>> {
  const names = await readdir(archive).catch(() => []);
  // A running snapshot may have removed a file.
  const files = await Promise.all(names.map((name) => stat(join(archive, name)).catch(() => null)));
  return new Map(names.flatMap((name, at) => (files[at]?.isFile() ? [[name, files[at].size]] : [])));
}

function lostEntryNotes(states: FeedStates, counts: ReadonlyMap<string, number>): Note[] {
  return Object.entries(states).flatMap(([id, { entries }]) => {
    const present = counts.get(id) ?? 0;
    if (present >= entries) return [];
    return problem(
      `The archive should have ${countText(entries, 'entry', 'entries')} of ${id} and has ${present}; restore it from the last good copy.`,
    );
  });
}

function totalNotes(seen: readonly string[], files: ReadonlyMap<string, number>, now: Date): Note[] {
  if (seen.length === 0) return [warning('The archive has no entries yet. "npm run snapshot" reads the feeds.')];
  const bytes = [...files.values()].reduce((sum, each) => sum + each, 0);
  // A later time is of a wrong clock.
  const last = seen
    .filter((at) => Date.parse(at) <= now.getTime())
    .sort()
    .at(-1);
  const quiet = last === undefined ? 0 : now.getTime() - Date.parse(last);
  const news = `The last new entry came ${span(quiet)} ago`;
  return [
    ok(`The archive has ${countText(seen.length, 'entry', 'entries')} in ${size(bytes)}.`),
    quiet > 7 * DAY ? warning(`${news}: check when the planet’s workflow last ran.`) : ok(`${news}.`),
  ];
}
