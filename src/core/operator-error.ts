/** An error that the operator must correct. Its message is one sentence: the file, line or feed, and the correction. */
export class OperatorError extends Error {
  /** The exit code of the command: 2 for wrong arguments or settings, else 1. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
