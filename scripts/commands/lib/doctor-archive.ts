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
import { holdingOf, lacking, type Month, readLedger, repairAdvice } from '../../../src/archive/ledger.ts';
import type { Entry } from '../../../src/core/entry.ts';
import type { FeedStates } from '../../../src/core/feed-state.ts';
import { entryName } from '../../../src/core/occurrences.ts';
import { counted } from '../../../src/core/periods.ts';
import { size } from '../../../src/outputs/view.ts';
import { examineAvatars } from './doctor-avatars.ts';
import { DAY, type Note, ok, problem, span, warning } from './doctor-report.ts';

/** What the archive holds, as far as it can be read. */
export interface Holdings {
  states: FeedStates;
  byFeed: ReadonlyMap<string, Held>;
  notes: Note[];
}

interface Held {
  entries: number;
  /** When its newest was posted. */
  newest: string;
}

export async function examineArchive(archive: string, now: Date): Promise<Holdings> {
  const notes: Note[] = [];
  const states = await whole(notes, () => readStates(archive), {});
  const byFeed = new Map<string, Held>();
  const seen: string[] = [];
  const held = new Map<string, Month>();
  for (const path of [...(await months(archive)).map((month) => monthFile(archive, month)), heldFile(archive)]) {
    const entries = await whole(notes, async () => (await readLines(path)).map(parseEntry), []);
    if (path === heldFile(archive)) continue;
    for (const entry of entries) note(byFeed, entry);
    held.set(basename(path, '.ndjson'), holdingOf('', entries));
    notes.push(...twice(basename(path), entries));
    seen.push(...entries.map(({ firstSeen }) => firstSeen));
  }
  const files = await sizes(archive);
  notes.push(
    ...aside(files),
    ...ledgerOf(archive, held, files),
    ...missing(states, byFeed),
    ...large(files),
    ...(await examineAvatars(archive)),
    ...summed(seen, files, now),
  );
  return { states, byFeed, notes };
}

/** What a reading gives; a damaged file is told, and the rest is read all the same. */
async function whole<T>(notes: Note[], read: () => Promise<T>, instead: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DamagedArchive)) throw error;
    notes.push(problem(`${error.what}. Take that file from the last good copy: the branch "archive", or a backup.`));
    return instead;
  }
}

/** A month that was set aside, or cannot be read, is told by itself. */
function ledgerOf(archive: string, held: Map<string, Month>, files: ReadonlyMap<string, number>): Note[] {
  const file = readLedger(archive);
  const make = 'the next snapshot makes it from what the months hold';
  if (file.kind === 'damaged')
    return [warning(`ledger.json is damaged: ${make}, if that is no less than feeds.json counts.`)];
  if (file.kind === 'missing') return held.size === 0 ? [] : [warning(`There is no ledger.json: ${make}.`)];
  const lacks = lacking(file.ledger, held).filter(({ month }) => !files.has(`${month}.ndjson.damaged`));
  if (lacks.length > 0) return [problem(repairAdvice(lacks).replaceAll('\n', ' '))];
  const months = Object.keys(file.ledger.months).length;
  const lost = file.ledger.lost.length;
  const accepted = lost === 0 ? '' : ` You have accepted the loss of ${counted(lost, 'entry', 'entries')}.`;
  return [ok(`Every month holds what the ledger has of it (${counted(months, 'month', 'months')}).${accepted}`)];
}

function twice(name: string, entries: readonly Entry[]): Note[] {
  const more = entries.length - new Set(entries.map(entryName)).size;
  return more === 0
    ? []
    : [warning(`${name} says ${counted(more, 'entry', 'entries')} twice; the next snapshot drops one line of each.`)];
}

function note(byFeed: Map<string, Held>, { feed, published }: Entry): void {
  const before = byFeed.get(feed) ?? { entries: 0, newest: published };
  byFeed.set(feed, {
    entries: before.entries + 1,
    newest: published > before.newest ? published : before.newest,
  });
}

async function sizes(archive: string): Promise<Map<string, number>> {
  const names = await readdir(archive).catch(() => []);
  const files = await Promise.all(names.map(async (name) => [name, await stat(join(archive, name))] as const));
  return new Map(files.filter(([, file]) => file.isFile()).map(([name, file]) => [name, file.size]));
}

function aside(files: ReadonlyMap<string, number>): Note[] {
  const damaged = [...files.keys()].filter((name) => name.endsWith('.damaged'));
  return damaged.map((name) =>
    problem(
      `${name} was set aside because it was damaged. Put a good copy in its place as ${basename(name, '.damaged')}, and remove it; until then no snapshot is taken.`,
    ),
  );
}

function missing(states: FeedStates, byFeed: ReadonlyMap<string, Held>): Note[] {
  return Object.entries(states).flatMap(([id, { entries }]) => {
    const held = byFeed.get(id)?.entries ?? 0;
    return held >= entries
      ? []
      : [
          problem(
            `Of ${id} the archive should hold ${entries} entries and holds ${held}; take it from the last good copy.`,
          ),
        ];
  });
}

/** GitHub warns of files from 50 MB on and takes none of more than 100 MB. */
function large(files: ReadonlyMap<string, number>): Note[] {
  const over = [...files].filter(([, bytes]) => bytes > 50_000_000);
  return over.map(([name, bytes]) =>
    warning(`${name} has ${size(bytes)}; git hosts take no file of more than 100 MB.`),
  );
}

const MONTH = 30;

function summed(seen: readonly string[], files: ReadonlyMap<string, number>, now: Date): Note[] {
  if (seen.length === 0) return [warning('The archive holds no entry yet. "npm run snapshot" reads the feeds.')];
  const bytes = [...files.values()].reduce((sum, each) => sum + each, 0);
  const first = Date.parse(seen.reduce((a, b) => (a < b ? a : b)));
  const last = Date.parse(seen.reduce((a, b) => (a > b ? a : b)));
  const recent = seen.filter(
    (at) => now.getTime() - Date.parse(at) < MONTH * DAY && Date.parse(at) - first > DAY,
  ).length;
  const days = Math.min(MONTH, Math.max(1, (now.getTime() - first) / DAY));
  const pace = now.getTime() - first < 2 * DAY ? '' : `, ${(recent / days).toFixed(1)} new ones a day of late`;
  const quiet = now.getTime() - last;
  const news = `The last new entry came ${span(quiet)} ago`;
  return [
    ok(`The archive holds ${counted(seen.length, 'entry', 'entries')} in ${size(bytes)}${pace}.`),
    quiet > 7 * DAY ? warning(`${news}: is a snapshot taken at all? See when "publish" last ran.`) : ok(`${news}.`),
  ];
}
