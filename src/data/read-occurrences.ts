import { statSync } from 'node:fs';
import { monthFile, months } from '../archive/archive.ts';
import { type DuplicateLines, findDuplicateLines } from '../archive/duplicate-lines.ts';
import { type Ledger, lacking, type MonthRow, monthRow, readLedger, repairAdvice } from '../archive/ledger.ts';
import { readMetadata, readSummaries } from '../archive/read-entries.ts';
import { creditOf, namesInTitles } from '../core/credit.ts';
import type { StoredSummary } from '../core/entry.ts';
import { entryKey } from '../core/entry-keys.ts';
import { newsPaths } from '../core/listings.ts';
import type { AuthorSettings } from '../core/name-lists.ts';
import type { Occurrence } from '../core/occurrences.ts';
import { OperatorError } from '../core/operator-error.ts';
import type { Planet } from '../core/planet.ts';

/**
 * Every entry of the archive once, credited, with those that were news, the number of duplicate lines that were left out, and a
 * sentence for each entry with several lines, which the next snapshot removes. A copy has the path of its original, which is its
 * permalink on the site. Throws an `OperatorError` if a month lacks an entry that the ledger lists.
 */
export async function readOccurrences(
  archive: string,
  { feeds }: Planet,
  people: AuthorSettings,
  read: typeof readSummaries,
) {
  const { summaries, duplicates, warnings } = await readUnique(archive, read);
  const ofFeeds = Map.groupBy(summaries, ({ feed }) => feed);
  const feedById = new Map(
    feeds.map((feed) => [feed.id, { ...feed, names: namesInTitles(ofFeeds.get(feed.id) ?? []) }]),
  );
  const originals = summaries.filter(({ copyOf }) => copyOf === null);
  const paths = new Map(originals.map((entry) => [entryKey(entry), entry.path]));
  const occurrences = summaries.map((entry): Occurrence => {
    const feed = feedById.get(entry.feed) ?? { authors: 'entry', title: '' };
    const path = entry.copyOf === null ? undefined : paths.get(entryKey(entry.copyOf));
    return { entry: path === undefined ? entry : { ...entry, path }, credit: creditOf(entry, feed, people) };
  });
  return { occurrences, news: newsPaths(summaries), duplicates, warnings };
}

async function readUnique(archive: string, read: typeof readSummaries) {
  const { ledger } = readLedger(archive);
  const rows = new Map<string, MonthRow>();
  const byMonth = new Map<string, StoredSummary[]>();
  for (const month of await months(archive)) {
    const found = statSync(monthFile(archive, month), { throwIfNoEntry: false });
    // `readSummaries` reports a folder or a broken link in place of the file.
    const list = await (found?.isFile() ? read : readSummaries)(archive, month);
    byMonth.set(month, list);
    const row = ledger.months[month];
    // The same number of entries and bytes: the file that the snapshot checked.
    const isChecked = row?.entries === list.length && row.sum.startsWith(`${found?.size ?? 0}-`);
    rows.set(month, isChecked ? row : monthRow('', list));
  }
  const lacks = lacking(ledger, rows);
  if (lacks.length > 0) throw new OperatorError(repairAdvice(lacks));
  const { drops, ofFeed, notes } = duplicatesIn(byMonth, ledger, archive);
  const summaries = [...byMonth].flatMap(([month, list]) => list.filter((_, index) => !drops.get(month)?.has(index)));
  const warnings = [...notes].map(([month, each]) => `archive/${month}.ndjson ${each.join('; ')}`);
  return { summaries, duplicates: ofFeed, warnings };
}

function duplicatesIn(byMonth: ReadonlyMap<string, StoredSummary[]>, ledger: Ledger, archive: string): DuplicateLines {
  const [seen, repeated] = [new Set<string>(), new Set<string>()];
  for (const list of byMonth.values())
    for (const name of list.map(entryKey)) (seen.has(name) ? repeated : seen).add(name);
  if (repeated.size === 0) return findDuplicateLines([], ledger);
  const checked = [...byMonth].map(([month, list]) => ({
    month,
    lines: list.map(({ feed, id, position }) => {
      const { updated } = repeated.has(entryKey({ feed, id })) ? readMetadata(archive, position) : { updated: null };
      return { feed, id, updated, length: position.length, hash: position.hash };
    }),
  }));
  return findDuplicateLines(checked, ledger);
}
