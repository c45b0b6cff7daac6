import { relative, resolve } from 'node:path';
import { slashes } from '../../src/archive/link-target.ts';
import { printable } from '../../src/core/clean-text.ts';

interface Place {
  /** Relative to the current folder. The annotation has it relative to the repository. */
  file: string;
  line: number;
  column?: number;
}

export function inActions(): boolean {
  return process.env['GITHUB_ACTIONS'] === 'true';
}

/** A workflow command that GitHub shows at a line. Escaped: a text from a feed cannot end it and start another command. */
export function annotation(
  level: 'error' | 'warning' | 'notice',
  { file, line, column }: Place,
  title: string,
  what: string,
): string {
  const top = process.env['GITHUB_WORKSPACE'];
  const properties = [
    `file=${property(top ? slashes(relative(top, resolve(file))) : file)}`,
    `line=${line}`,
    ...(column === undefined ? [] : [`col=${column}`]),
    `title=${property(title)}`,
  ];
  return `::${level} ${properties.join(',')}::${data(what)}`;
}

/** The workflow commands for the message of a run that stops: one for each line if all begin with `file:line:`, else one for the whole. */
export function errorAnnotations(message: string): string[] {
  const placed = message.split('\n').map((text) => /^(.+?):(\d+):(?:(\d+):)? (.+)$/.exec(text));
  if (placed.includes(null)) return [`::error::${data(message)}`];
  return placed.map((found) => {
    const [, file = '', line, column, what = ''] = found ?? [];
    return annotation('error', { file, line: Number(line), ...(column && { column: Number(column) }) }, file, what);
  });
}

/** https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function data(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
