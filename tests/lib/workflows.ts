import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { execute } from './git-remote.ts';
import type { Ran } from './planet.ts';
import { areaFor } from './test-folder.ts';

interface Step {
  name?: string;
  id?: string;
  uses?: string;
  run?: string;
  if?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}
export interface Job {
  permissions: Record<string, string>;
  needs?: string | string[];
  if?: string;
  'timeout-minutes'?: number;
  uses?: string;
  outputs?: Record<string, string>;
  steps?: Step[];
}
export interface Workflow {
  name: string;
  on: Record<string, unknown>;
  permissions: object;
  concurrency?: { group: string; 'cancel-in-progress': boolean };
  jobs: Record<string, Job>;
}

const root = resolve(import.meta.dirname, '../..');

/** Every workflow, by the name of its file. */
export async function workflows(): Promise<Record<string, Workflow>> {
  const folder = join(root, '.github/workflows');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yml')).sort();
  const read = names.map(async (name) => [name, parse(await readFile(join(folder, name), 'utf8'))] as const);
  return Object.fromEntries(await Promise.all(read));
}

/**
 * What GitHub makes of a step that runs something: bash as it calls it, in a clone, with the step's own environment, whose
 * expressions stand in `expressions`. Returns also what the step said to `GITHUB_OUTPUT`.
 */
export async function runStep(
  job: Job | undefined,
  name: RegExp,
  cwd: string,
  expressions: Record<string, string> = {},
  env: Record<string, string> = {},
): Promise<Ran & { outputs: Record<string, string> }> {
  const step = job?.steps?.find((each) => name.test(each.name ?? each.run ?? ''));
  if (step?.run === undefined) throw new Error(`No step ${name}`);
  const own = Object.entries(step.env ?? {}).map(([key, value]) => [key, filled(value, expressions)] as const);
  const folder = areaFor('step');
  const output = join(folder, 'output');
  const ran = await execute('bash', ['-e', '-c', step.run], cwd, {
    ...Object.fromEntries(own),
    GITHUB_OUTPUT: output,
    ORRERY: 'npx orrery',
    ...env,
  });
  const said = await readFile(output, 'utf8').catch(() => '');
  const lines = said.split('\n').filter(Boolean);
  return { ...ran, outputs: Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2))) };
}

function filled(value: string, expressions: Record<string, string>): string {
  return String(value).replace(/\$\{\{ *(.*?) *\}\}/g, (_, expression: string) => {
    const known = expressions[expression];
    if (known === undefined) throw new Error(`The test gives no value for ${expression}`);
    return known;
  });
}
