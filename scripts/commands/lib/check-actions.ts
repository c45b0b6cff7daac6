import { randomUUID } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planetFile } from '../../../src/archive/load-planet.ts';
import { cleanText } from '../../../src/core/clean-text.ts';
import { lineFinder } from '../../../src/core/planet-file.ts';
import { annotation, inActions } from '../../ci/annotations.ts';
import { print, printWorkflowCommand } from '../../cli.ts';
import { type PageMistake, pageMistakeLine } from '../../site/own-files.ts';
import type { Checked } from './checked-feeds.ts';

/** The lines hold texts from feeds: a runner must not read them as commands, even if `print` missed a character. */
export function printFenced(lines: string): void {
  const token = randomUUID();
  if (inActions()) printWorkflowCommand(`::stop-commands::${token}`);
  print(lines);
  if (inActions()) printWorkflowCommand(`::${token}::`);
}

export async function annotate(results: readonly Checked[], folder: string): Promise<void> {
  if (!inActions()) return;
  const file = planetFile(folder);
  const lineOf = lineFinder(await readFile(join(folder, 'planet.yaml'), 'utf8'));
  for (const { index, feed, findings } of results) {
    for (const { level, about, message } of findings)
      printWorkflowCommand(annotation(level, { file, line: lineOf(['feeds', index, about]) }, feed.id, message));
  }
}

export async function annotatePages(mistakes: readonly PageMistake[]): Promise<void> {
  if (mistakes.length === 0) return;
  for (const { what, ...place } of inActions() ? mistakes : [])
    printWorkflowCommand(annotation('error', place, place.file, what));
  await addSummary('Pages have mistakes', [], mistakes.map(pageMistakeLine));
}

/** Writes to the summary of the step, if there is one. */
export async function addSummary(title: string, feeds: readonly Checked[], more: readonly string[]): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (!file) return;
  const lines = [
    `## ${escaped(title)}`,
    '',
    ...more.map((line) => `${escaped(line)}\n`),
    ...feeds.flatMap(feedDetails),
  ];
  await appendFile(file, `${lines.join('\n')}\n`);
}

const marks = { error: '❌', warning: '⚠️', notice: 'ℹ️' } as const;

function feedDetails({ feed: { id, url }, findings, summary, previews }: Checked): string[] {
  const rows = previews.map(({ title, authors, date, text, url: link }) =>
    [date, title, authors, text, link ?? ''].map(escaped).join(' | '),
  );
  const table = [
    '| date | title | author | text | link |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
  ];
  return [
    `### ${escaped(id)}`,
    '',
    escaped(url),
    '',
    ...(summary === null ? [] : [escaped(summary), '']),
    ...findings.map(({ level, message }) => `- ${marks[level]} ${escaped(message)}`),
    '',
    ...(rows.length === 0 ? [] : ['The newest entries on the planet:', '', ...table]),
  ];
}

/** A text escaped for GitHub's Markdown, on one line: no markup, mention or link. */
function escaped(text: string): string {
  return (
    cleanText(text)
      .replace(/[\\`*_{}[\]()#+\-.!|<>~$^=:@&"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
      // GitHub looks for @names and #numbers in the rendered text: a zero-width space separates the sign from them.
      .replace(/&#(?:64|35);/g, '$&&#8203;')
  );
}
