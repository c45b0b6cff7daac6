/** Something that the operator must mend. The message is for them: one sentence that names the file, line or feed and what to do. */
export class OperatorError extends Error {
  /** What the command ends with: 2 where it was asked for something that makes no sense, else 1. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
