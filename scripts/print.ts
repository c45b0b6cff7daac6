/**
 * All that a program prints passes here: any of it may hold what a server, a feed or git said, and no machine shall take that
 * for a command. The linter keeps every other file from printing.
 */
import { printable } from '../src/lib/printable.ts';

/** On standard output, as lines. */
export function print(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}

/** On standard error, as lines. */
export function printError(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/** A file for other software, on standard output. Its line ends stay as they are. */
export function printFile(text: string): void {
  process.stdout.write(text.split('\r\n').map(printable).join('\r\n'));
}

/** JSON for other software: what must not be printed is escaped, so that nothing is lost. */
export function printJson(value: unknown, indent?: number): void {
  process.stdout.write(`${jsonText(value, indent)}\n`);
}

function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(/[\u007F-\u009F\p{Cf}]|#(?=#)/gu, (sign) =>
    sign
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** A command of our own to the runner of the workflow. What it holds of others must be escaped already. */
export function printCommand(line: string): void {
  process.stdout.write(`${line}\n`);
}
