import { chmod, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execute } from './git-remote.ts';
import { type Ran, run } from './planet.ts';

export type Packages = Awaited<ReturnType<typeof packages>>;

/** The engine as packages: of this version, and of one that comes after it. */
export async function packages() {
  const area = await mkdtemp(join(tmpdir(), 'orrery-operator-'));
  const pack = async (to: string, ...args: string[]) => {
    await mkdir(join(area, to));
    const packed = await run(['scripts/pack.ts', '--to', join(area, to), ...args]);
    if (packed.code !== 0) throw new Error(packed.stderr);
    return packed.stdout.trim().split('\n');
  };
  const [now = '', starter = ''] = await pack('now');
  const installed = join(area, 'installed/node_modules');
  for (const [name, archive, program] of [
    ['orrery-planet', now, 'scripts/orrery.js'],
    ['create-orrery-planet', starter, 'create.js'],
  ] as const) {
    await mkdir(join(installed, name), { recursive: true });
    await execute('tar', ['-xzf', archive, '-C', join(installed, name), '--strip-components=1'], '.');
    await chmod(join(installed, name, program), 0o755);
  }
  await mkdir(join(installed, '.bin'));
  await symlink('../orrery-planet/scripts/orrery.js', join(installed, '.bin/orrery'));
  for (const name of await readdir('node_modules'))
    if (name !== '.bin') await symlink(resolve('node_modules', name), join(installed, name));
  const later = async () => (await pack('later', '--version', '99.0.0'))[0] ?? '';
  return {
    ...{ area, now, starter, later },
    /** The `node_modules` with both, as npm lays them but without the web: what the engine depends on lies here already. */
    installed,
    [Symbol.asyncDispose]: () => rm(area, { recursive: true, force: true }),
  };
}

/** npm as an operator runs it; of what it has fetched before it takes what it has. */
export function npm(folder: string, ...args: string[]): Promise<Ran> {
  return execute('npm', [...args, '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], folder);
}

/** The engine that is installed in an operator's folder. */
export function orrery(folder: string, args: string[], env: Record<string, string> = {}): Promise<Ran> {
  const fixed = { SOURCE_DATE_EPOCH: '1772000000', ...env };
  return execute(join(folder, 'node_modules/.bin/orrery'), args, folder, fixed);
}
