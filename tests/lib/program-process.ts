// The process in which `program-here.ts` runs the programs of the project, one after the other.
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Ran } from './planet.ts';

export interface Start {
  script: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
}

export type Ended = { kind: 'ran'; ran: Ran } | { kind: 'bug'; bug: unknown };

/** Thrown in place of the end of the process. */
class Exit extends Error {
  code = 0;
}

let runs = 0;
// The programs are loaded anew by each run, all other modules once.
const PROGRAM = /\/scripts\/(?:archive|orrery|ping|planet|site|snapshot|ci\/report-problems)\.ts$/;
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    return PROGRAM.test(resolved.url) ? { ...resolved, url: `${resolved.url}?run=${runs}` } : resolved;
  },
});

async function answer({ script, args, env, cwd }: Start): Promise<Ended> {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(cwd);
  process.argv = [process.execPath, script, ...args];
  process.exitCode = undefined;
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    process[stream].write = (text: string | Uint8Array) => {
      said[stream] += text;
      return true;
    };
  try {
    runs += 1;
    await import(pathToFileURL(script).href);
    return { kind: 'ran', ran: { code: Number(process.exitCode ?? 0), ...said } };
  } catch (error) {
    return error instanceof Exit ? { kind: 'ran', ran: { code: error.code, ...said } } : { kind: 'bug', bug: error };
  } finally {
    for (const emitter of [process, process.stdout, process.stderr])
      for (const event of ['error', 'uncaughtException']) emitter.removeAllListeners(event);
  }
}

process.exit = (code) => {
  throw Object.assign(new Exit('The program has ended'), { code: Number(code ?? process.exitCode ?? 0) });
};
let last: Promise<unknown> = Promise.resolve();
process.on('message', (start: Start) => {
  last = last.then(async () => process.send?.(await answer(start)));
});
