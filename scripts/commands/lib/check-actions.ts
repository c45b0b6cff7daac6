import { randomUUID } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planetFile } from '../../../src/archive/load-planet.ts';
import { printable } from '../../../src/core/clean-text.ts';
import { lineFinder } from '../../../src/core/planet-file.ts';
import { annotation, inActions } from '../../ci/annotations.ts';
import { print, printWorkflowCommand } from '../../cli.ts';
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

/** Writes lines to the summary of the step, if there is one. As code: texts of feeds are no markup, mention or link. */
export async function addSummary(title: string, lines: string): Promise<void> {
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file) await appendFile(file, `## ${title}\n\n${printable(lines).replace(/^/gm, '    ')}\n`);
}
