import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { onTestFinished, vi } from 'vitest';
import { operatorError, printError, printFailure, printFile, usageExitCode } from '../../scripts/cli.ts';
import { commands } from '../../scripts/commands/lib/all-commands.ts';
import { type FeedServer, serveFeeds } from './feed-server.ts';
import { aFolder, type Ran } from './planet.ts';
import { snapshotHere } from './snapshot-here.ts';

const output = { writeOut: printFile, writeErr: (text: string) => printError(text.trimEnd()) };

/** What `node scripts/planet.ts …` does, as a function: a process for each would be most of a test's time. */
export async function planetHere(args: readonly string[], more: Record<string, string> = {}): Promise<Ran> {
  const env = { GITHUB_ACTIONS: '', ...more };
  const [name, ...rest] = args;
  const found = commands.find((each) => each.name === name);
  if (found === undefined || !('command' in found)) throw new Error(`planetHere does not know ${name}`);
  const command = await found.command();
  const said = { stdout: '', stderr: '' };
  const before = { ...process.env };
  const spies = (['stdout', 'stderr'] as const).map((stream) =>
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      said[stream] += String(text);
      return true;
    }),
  );
  Object.assign(process.env, env);
  for (const stream of [process.stdin, process.stdout, process.stderr]) stream.isTTY = false;
  try {
    return { code: await exitCodeOf(command.configureOutput(output).exitOverride(), rest), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
    for (const key of Object.keys(env)) delete process.env[key];
    Object.assign(process.env, before);
  }
}

/** As `run` of `scripts/cli.ts` has it: a bug is thrown. */
async function exitCodeOf(command: Command, args: string[]): Promise<number> {
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await command.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return usageExitCode(error);
    const { message, exitCode } = operatorError(error);
    printFailure(message);
    return exitCode;
  } finally {
    process.exitCode = before;
  }
}

/** An operator's folder whose feeds lie on a server, and the commands there at a fixed time. Gone when the test ends. */
export async function aServedPlanet(
  answers: FeedServer['answers'],
  yaml: string | ((url: FeedServer['url']) => string),
  now = new Date('2026-01-30'),
) {
  const server = await serveFeeds(answers);
  const folder = await aFolder(typeof yaml === 'string' ? yaml : yaml(server.url));
  onTestFinished(async () => {
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  const where = { PLANET_CONTENT: folder.path, PLANET_DIST: join(folder.path, 'dist') };
  const env = { ...where, PLANET_ALLOW_PRIVATE: server.host, SOURCE_DATE_EPOCH: `${now.getTime() / 1000}` };
  return {
    ...{ server, folder, env },
    planet: (args: readonly string[], more: Record<string, string> = {}) => planetHere(args, { ...env, ...more }),
    snapshot: () => snapshotHere(folder.path, now, server.host),
    yaml: () => readFile(join(folder.path, 'planet.yaml'), 'utf8'),
  };
}
