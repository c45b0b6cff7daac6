import { createInterface } from 'node:readline';
import { inspect } from 'node:util';
import type { Command } from 'commander';
import { printable } from '../src/core/clean-text.ts';
import { OperatorError } from '../src/core/operator-error.ts';
import { errorAnnotations, inActions } from './ci/annotations.ts';

// A look-up of a name takes one of half of Node's threads, for ten seconds if no name server answers. With two of them, a few dead domains
// made healthy feeds time out (https://github.com/nodejs/node/issues/8436). The threads start with their first work.
process.env['UV_THREADPOOL_SIZE'] ??= '32';

/** The causes of system errors that are no bugs. The sentence begins with the file's name. */
const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOSPC: 'cannot be written: the disk is full; free some space and run it again',
  EDQUOT: 'cannot be written: the disk quota is used up; free some space and run it again',
  EROFS: 'cannot be written: the file system is read-only',
  EACCES: 'cannot be opened: this user has no permission for it',
  EPERM: 'cannot be changed: this user has no permission for it',
  EMFILE: 'cannot be opened: too many files are open; raise the limit (ulimit -n) and run it again',
  EAGAIN: 'cannot be started: this user, or this machine, has too many processes; run it again',
  ENOMEM: 'cannot be opened or started: the machine has too little memory',
  ENFILE: 'cannot be opened: too many files are open on this machine',
  EISDIR: 'is a folder where a file should be; move it away and run it again',
  EEXIST: 'is in the place of a folder; move it away and run it again',
  ENOTDIR: 'cannot be opened: it, or a folder of its path, is a file; move that file away and run it again',
  ENOENT: 'does not exist; another program may have removed it, or a folder of its path',
  ENOTEMPTY: 'is a folder that another program writes to; run it again',
  EBUSY: 'is in use by another program; close that program and run it again',
  EIO: 'cannot be read or written: the disk reports an error',
  ESTALE: 'cannot be read or written: its network disk has changed; run it again',
  ETIMEDOUT: 'cannot be read or written: the network does not answer',
  // Node's recursive `mkdir` says ENOENT for EROFS.
  'mkdir ENOENT': 'cannot be created: the file system is read-only, or a folder of its path was removed',
  // Node 24 knows no codes for `rmSync`.
  '': 'cannot be removed: its disk reports an error, or is read-only',
};

/**
 * Runs a program. An `OperatorError` or a system error (disk full, no permission) becomes one sentence on standard
 * error and an exit code. A bug prints its stack trace, made printable: it may hold a text from a feed.
 */
export async function run(main: () => Promise<void>): Promise<void> {
  // The reader of the output may end early, as `head` does: the work goes on.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw Object.assign(error, { path: 'The output' });
    });
  process.on('uncaughtException', (error) => {
    printFailure(expectedError(error)?.message ?? inspect(error));
    process.exit(1);
  });
  try {
    await main();
  } catch (error) {
    const { message, exitCode } = operatorError(error);
    printFailure(message);
    process.exitCode = exitCode;
  }
}

/** Prepares the options of a program or a command: its messages are printed as all others, and a wrong command is exit code 2. */
export function configureCommand(command: Command): Command {
  return command
    .configureOutput({ writeOut: printFile, writeErr: (text) => printError(text.trimEnd()) })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
}

/** Whether the operating system caused the error, and not a feed or a picture. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && 'path' in error;
}

/** The error as an `OperatorError`. Throws the error itself if it is a bug. */
export function operatorError(error: unknown): OperatorError {
  const expected = expectedError(error);
  if (expected === null) throw error;
  return expected;
}

function expectedError(error: unknown): OperatorError | null {
  if (error instanceof OperatorError) return error;
  if (!(error instanceof Error)) return null;
  const { code, syscall, path, dest, cause } = error as NodeJS.ErrnoException & { dest?: string };
  const sentence = code === undefined ? undefined : (SYSTEM_ERRORS[`${syscall} ${code}`] ?? SYSTEM_ERRORS[code]);
  if (sentence === undefined) return expectedError(cause);
  return new OperatorError(`${dest ?? path ?? 'A file'} ${sentence}. Nothing that was there before is lost.`);
}

// Programs print through these functions only, and `src/` by `console.warn(printable(…))`: a message may hold a text from a
// server, a feed or git, in which a terminal or a workflow could find a command. The linter forbids `console` in `scripts/`.
// Sentences name commands as in a clone (`npm run planet -- add`): scripts/pack.ts replaces them in the package.

export function print(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}

export function printError(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/** Prints why a program stops; in GitHub Actions also for the page of the run. Standard output may go into a file. */
export function printFailure(text: string): void {
  printError(text);
  if (inActions()) process.stderr.write(`${errorAnnotations(text).join('\n')}\n`);
}

/** Prints a file for other programs on standard output, with its own line ends. */
export function printFile(text: string): void {
  process.stdout.write(text.split('\r\n').map(printable).join('\r\n'));
}

/** Prints JSON for other programs. It escapes unprintable characters instead of removing them. */
export function printJson(value: unknown, indent?: number): void {
  const text = JSON.stringify(value, null, indent).replace(/[\u007F-\u009F\p{Cf}]|#(?=#)/gu, (sign) =>
    sign
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
  process.stdout.write(`${text}\n`);
}

/** Prints a command to the runner of a workflow. The caller has escaped texts from others. */
export function printWorkflowCommand(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The terminal of this process; null if its input or output is something else, as in a workflow. */
export function openTerminal() {
  const { stdin: input, stderr: output } = process;
  if (!input.isTTY || !output.isTTY) return null;
  const readline = createInterface({ input, output });
  // Not `readline.question`: it loses lines that arrive before it is called, for example if several are pasted.
  const lines = readline[Symbol.asyncIterator]();
  let isClosed = false;
  readline.once('close', () => {
    isClosed = true;
  });
  return {
    /** The next line of the person. Throws an `OperatorError` if there is none: Ctrl+C or Ctrl+D. */
    ask: async (question: string) => {
      if (!isClosed) {
        readline.setPrompt(question);
        readline.prompt();
      }
      const line = await lines.next();
      if (!line.done) return line.value.trim();
      output.write('\n');
      throw new OperatorError('Stopped: nothing was written.');
    },
    close: () => readline.close(),
  };
}
