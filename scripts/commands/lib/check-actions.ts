import { randomUUID } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { slashes } from '../../../src/archive/link-target.ts';
import { planetFile } from '../../../src/archive/load-planet.ts';
import { cleanText, printable } from '../../../src/core/clean-text.ts';
import { lineFinder, type Mistake } from '../../../src/core/planet-file.ts';
import { print, printWorkflowCommand } from '../../cli.ts';
import { type PageMistake, pageMistakeLine } from '../../site/own-pages.ts';
import type { Finding } from './check-findings.ts';
import type { Checked } from './checked-feeds.ts';

/** The lines hold texts from feeds: a runner must not read them as commands, even if `print` missed a character. */
export function printFenced(lines: string): void {
  const token = randomUUID();
  if (inActions()) printWorkflowCommand(`::stop-commands::${token}`);
  print(lines);
  if (inActions()) printWorkflowCommand(`::${token}::`);
}

type FileMistakes = { problems: string[]; mistakes: Mistake[] };

export async function annotate(results: readonly Checked[], folder: string): Promise<void> {
  if (!inActions()) return;
  const file = planetFile(folder);
  const lineOf = lineFinder(await readFile(join(folder, 'planet.yaml'), 'utf8'));
  for (const { place, feed, findings } of results) {
    for (const { level, about, what } of findings)
      printWorkflowCommand(annotation(level, { file, line: lineOf(['feeds', place, about]) }, feed.id, what));
  }
}

export async function annotateMistakes(folder: string, { problems, mistakes }: FileMistakes): Promise<void> {
  const file = planetFile(folder);
  for (const { line, column, where, what } of inActions() ? mistakes : [])
    printWorkflowCommand(
      annotation('error', { file, line, column }, 'planet.yaml', where === '' ? what : `${where}: ${what}`),
    );
  await addSummary(() => summary('planet.yaml has mistakes', [], problems));
}

export async function annotatePages(mistakes: readonly PageMistake[]): Promise<void> {
  if (mistakes.length === 0) return;
  for (const { what, ...place } of inActions() ? mistakes : [])
    printWorkflowCommand(annotation('error', place, place.file, what));
  await addSummary(() => summary('Pages have mistakes', [], mistakes.map(pageMistakeLine)));
}

interface Place {
  /** Relative to the current folder. The annotation has it relative to the repository. */
  file: string;
  line: number;
  column?: number;
}

/** A workflow command that GitHub shows at a line. Escaped: a text from a feed cannot end it and start another command. */
function annotation(level: Finding['level'], { file, line, column }: Place, title: string, what: string): string {
  const top = process.env['GITHUB_WORKSPACE'];
  const properties = [
    `file=${property(top ? slashes(relative(top, resolve(file))) : file)}`,
    `line=${line}`,
    ...(column === undefined ? [] : [`col=${column}`]),
    `title=${property(title)}`,
  ];
  return `::${level} ${properties.join(',')}::${data(what)}`;
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

export function summary(title: string, feeds: readonly Checked[], more: readonly string[]): string {
  const lines = [`## ${plain(title)}`, '', ...more.map((line) => `${plain(line)}\n`), ...feeds.flatMap(feedLines)];
  return `${lines.join('\n')}\n`;
}

const marks = { error: '❌', warning: '⚠️', notice: 'ℹ️' } as const;

function feedLines({ feed: { id, url }, findings, sum, previews }: Checked): string[] {
  const rows = previews.map(({ title, authors, date, text, url: link }) =>
    [date, title, authors, text, link ?? ''].map(plain).join(' | '),
  );
  const table = [
    '| date | title | author | text | link |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
  ];
  return [
    `### ${plain(id)}`,
    '',
    plain(url),
    '',
    ...(sum === null ? [] : [plain(sum), '']),
    ...findings.map(({ level, what }) => `- ${marks[level]} ${plain(what)}`),
    '',
    ...(rows.length === 0 ? [] : ['The newest entries on the planet:', '', ...table]),
  ];
}

/** A text escaped for GitHub's Markdown, on one line: no markup, mention or link. */
function plain(text: string): string {
  return (
    cleanText(text)
      .replace(/[\\`*_{}[\]()#+\-.!|<>~$^=:@&"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
      // GitHub looks for @names and #numbers in the rendered text: a zero-width space separates the sign from them.
      .replace(/&#(?:64|35);/g, '$&&#8203;')
  );
}

export async function addSummary(text: () => string): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file) await appendFile(file, text());
}

function inActions(): boolean {
  return process.env['GITHUB_ACTIONS'] === 'true';
}
