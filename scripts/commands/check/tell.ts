import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planetFile } from '../../../src/folder.ts';
import { counted } from '../../../src/lib/periods.ts';
import { lineFinder, type Mistake } from '../../../src/model/planet-file.ts';
import { print, printCommand } from '../../print.ts';
import { inLines } from '../entry-preview.ts';
import { addSummary, annotation, inActions, summary } from './actions.ts';
import type { Change } from './changed.ts';
import type { Checked } from './checked.ts';

interface How {
  /** Null where it was not asked what changed. */
  change: Change | null;
  /** Whether the feeds were picked out, so that each may have more than a line. */
  few: boolean;
}

interface Told {
  told: string[];
  mistakes: Mistake[];
}

/** Says on standard output what was found; in GitHub Actions also at the lines of `planet.yaml` and in the step summary. */
export async function tellChecked(results: readonly Checked[], folder: string, { change, few }: How): Promise<void> {
  const more = change === null ? [] : notesOn(change);
  const lines = results.flatMap((result) => [...inWords(result), ...(few ? shownLines(result) : [])]);
  printFenced([...more, ...lines, sumOf(results)].join('\n'));
  if (inActions()) await annotate(results, folder);
  await addSummary(() => summary('What the planet makes of it', results.map(toldOf), [...more, sumOf(results)]));
}

/** Strangers speak in these lines: a second wall beside what `print` takes out. */
function printFenced(lines: string): void {
  const quiet = randomUUID();
  if (inActions()) printCommand(`::stop-commands::${quiet}`);
  print(lines);
  if (inActions()) printCommand(`::${quiet}::`);
}

function notesOn({ touched, removed }: Change): string[] {
  return [
    ...(touched.length === 0 ? ['No feed is new or changed.'] : []),
    ...removed.map((id) => `${id} is not followed any more: its entries leave the site and stay in the archive.`),
  ];
}

const signs = { error: '✗', warning: '!', notice: '·' } as const;

function inWords({ feed, findings, sum }: Checked): string[] {
  const worst = (['error', 'warning'] as const).find((level) => findings.some((finding) => finding.level === level));
  const head = `${signs[worst ?? 'notice'].replace('·', '✓')} ${feed.id}${sum === null ? '' : `: ${sum}`}`;
  return [head, ...findings.map(({ level, what }) => `    ${signs[level]} ${what}`)];
}

function shownLines({ previews }: Checked): string[] {
  return previews.flatMap((each) => inLines(each).split('\n')).map((line) => `    ${line}`);
}

function sumOf(results: readonly Checked[]): string {
  const having = (level: 'error' | 'warning') =>
    results.filter(({ findings }) => findings.some((finding) => finding.level === level)).length;
  return `${counted(results.length, 'feed', 'feeds')} asked: ${having('error')} with errors, ${having('warning')} with warnings.`;
}

function toldOf({ feed: { id, url }, findings, sum, previews }: Checked) {
  return { id, url, findings, sum, previews };
}

async function annotate(results: readonly Checked[], folder: string): Promise<void> {
  const file = planetFile(folder);
  const lineOf = lineFinder(await readFile(join(folder, 'planet.yaml'), 'utf8'));
  for (const { place, feed, findings } of results) {
    for (const { level, about, what } of findings) {
      printCommand(annotation(level, { file, line: lineOf(['feeds', place, about]) }, feed.id, what));
    }
  }
}

/** Mistakes in `planet.yaml`, for GitHub Actions. */
export async function tellMistakes(folder: string, { told, mistakes }: Told): Promise<void> {
  const file = planetFile(folder);
  for (const { line, column, where, what } of inActions() ? mistakes : []) {
    printCommand(annotation('error', { file, line, column }, 'planet.yaml', where === '' ? what : `${where}: ${what}`));
  }
  await addSummary(() => summary('planet.yaml has mistakes', [], told));
}
