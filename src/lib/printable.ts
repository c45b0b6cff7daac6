import { cleanLines } from './clean-text.ts';

/** What a terminal obeys, whole; a lone control character goes with all others. */
const ESCAPES =
  /\u001B(?:\[[0-?]*[ -/]*[@-~]|[\]P^_X][^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)?|[ -/]*[0-~])|\u009B[0-?]*[ -/]*[@-~]/g;

/**
 * Text that no machine takes for a command when it is printed: not the terminal, and not the runner of a workflow, which
 * obeys `::name::` where a line begins with it and `##[name]` and `##vso[name]` anywhere.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export function printable(text: string): string {
  return cleanLines(text.replace(ESCAPES, ''))
    .replace(/^([^\S\n]*):(?=:)/gm, '$1: ')
    .replace(/#(?=#[\w.-]*\[)/g, '# ');
}
