import { inspect } from 'node:util';
import { printable } from '../src/core/clean-text.ts';
import { OperatorError } from '../src/core/operator-error.ts';

/** What the system says where the machine, and no bug, is in the way. The sentence begins with the file's name. */
const MACHINE: Readonly<Record<string, string>> = {
  ENOSPC: 'cannot be written: the disk is full; free some space and run it again',
  EDQUOT: 'cannot be written: the disk quota is used up; free some space and run it again',
  EROFS: 'cannot be written: the file system is read-only',
  EACCES: 'cannot be opened: this user has no permission for it',
  EPERM: 'cannot be changed: this user has no permission for it',
  EMFILE: 'cannot be opened: too many files are open; raise the limit (ulimit -n) and run it again',
  ENFILE: 'cannot be opened: too many files are open on this machine',
  EISDIR: 'is a folder where a file should be; move it away and run it again',
  EEXIST: 'is in the place of a folder; move it away and run it again',
  ENOTDIR: 'has a file in the place of a folder; move it away and run it again',
  EIO: 'cannot be read or written: the disk reports an error',
};

/**
 * Runs a program. What the operator must mend, and what the machine does not allow, becomes one sentence on standard error and
 * an exit code; nothing is lost by it, for files are replaced whole or not at all. A bug crashes with its stack trace, in which a
 * stranger's words may stand too.
 */
export async function run(main: () => Promise<void>): Promise<void> {
  process.on('uncaughtException', (bug) => {
    printError(inspect(bug));
    process.exit(1);
  });
  try {
    await main();
  } catch (error) {
    const { message, exitCode } = operatorError(error);
    printError(message);
    process.exitCode = exitCode;
  }
}

/** The error as one for the operator. Throws it where it is a bug. */
export function operatorError(error: unknown): OperatorError {
  if (error instanceof OperatorError) return error;
  const { code, path, dest } = error instanceof Error ? (error as NodeJS.ErrnoException & { dest?: string }) : {};
  const sentence = code === undefined ? undefined : MACHINE[code];
  if (sentence === undefined) throw error;
  return new OperatorError(`${dest ?? path ?? 'A file'} ${sentence}. Nothing that was there before is lost.`);
}

/**
 * All that a program prints passes here: any of it may hold what a server, a feed or git said, and no machine shall take that
 * for a command. The linter keeps every other file from printing.
 */

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
