import { createInterface } from 'node:readline';
import { OperatorError } from '../../../src/core/operator-error.ts';

/** A person who can be asked. */
export interface Terminal {
  /** The next line of the person. Throws an `OperatorError` if there is none: Ctrl+C or Ctrl+D. */
  ask: (question: string) => Promise<string>;
  close: () => void;
}

/** The terminal of this process; null if its input or output is something else, as in a workflow. */
export function openTerminal(): Terminal | null {
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
    ask: async (question) => {
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
