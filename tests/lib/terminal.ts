import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { type Ran, surroundings } from './planet.ts';

/** Whether this system has the `script` of util-linux, which runs a program in a terminal of its own. */
export const hasTerminals = process.platform === 'linux';

/**
 * Runs a command of the project in a terminal, and types each line when the text before it is shown: `['Name?', 'Ada']`.
 * `stdout` is what a person sees, answers too, without the colours.
 */
export function runInTerminal(args: string[], lines: [shown: string, typed: string][], env = {}): Promise<Ran> {
  const command = [process.execPath, ...args].map((arg) => `'${arg}'`).join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...surroundings, ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1', TERM: 'xterm', ...env },
  });
  let [all, unanswered] = ['', ''];
  const open = [...lines];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    all += text;
    unanswered += text;
    const [next] = open;
    if (next === undefined || !unanswered.includes(next[0])) return;
    unanswered = '';
    open.shift();
    child.stdin.write(next[1]);
  });
  return new Promise((done) => {
    child.on('close', (code) => {
      done({ code: code ?? 1, stdout: stripVTControlCharacters(all).replaceAll(/\r+\n/g, '\n'), stderr: '' });
    });
  });
}
