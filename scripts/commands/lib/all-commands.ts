import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { root } from '../../../src/archive/environment.ts';
import { run } from '../../cli.ts';

/** A command of `npx orrery`. It is loaded on demand: most commands need no HTTP client. */
type OrreryCommand = {
  name: string;
  /** Its line in the list of commands; null if only workflows call it. */
  does: string | null;
  /** True: it runs in any folder, also in one without `planet.yaml`. */
  withoutPlanet?: true;
} & ({ command: () => Promise<Command> } | { program: (args: string[]) => unknown });

const ANYWHERE = { withoutPlanet: true } as const;

/** All commands, in the order of the list. A `program` parses its own options. */
export const commands: readonly OrreryCommand[] = [
  command('create', 'create the folder of a new planet', () => import('../create.ts'), ANYWHERE),
  command(
    'migrate',
    'create it from a clone of the engine (a planet from before 0.2)',
    () => import('../migrate.ts'),
    ANYWHERE,
  ),
  { name: 'build', does: 'read the feeds, then build the site in dist', program: build },
  { name: 'snapshot', does: 'read the feeds into archive', program: () => import('../../snapshot.ts') },
  { name: 'site', does: 'build the site from the archive, without network', program: () => import('../../site.ts') },
  command('preview', 'serve the built site on this machine', () => import('../preview.ts')),
  { name: 'dev', does: 'show pages and styles while you edit them', program: showWhileEdited },
  command('add', 'find the feed of a blog and add it to planet.yaml', () => import('../add.ts')),
  command('check', 'read the feeds without saving, list problems and new entries', () => import('../check.ts')),
  command(
    'import',
    "convert another planet's configuration, or OPML, to planet.yaml",
    () => import('../import.ts'),
    ANYWHERE,
  ),
  command('export', 'write the list of feeds as OPML or CSV', () => import('../export.ts')),
  command('doctor', 'check the machine, planet.yaml, the archive and the site', () => import('../doctor.ts')),
  command('authors', 'list authors, and names that may be the same person', () => import('../authors.ts')),
  command('held', 'list entries that wait for your decision', () => import('../held.ts')),
  command('accept', 'add the held entries of a feed to the archive', () => import('../held.ts')),
  command('reject', 'drop the held entries of a feed for ever', () => import('../held.ts')),
  command('parse', 'show how the planet reads a feed', () => import('../parse.ts'), ANYWHERE),
  {
    name: 'archive',
    does: 'pull, push, compare, forget, accept-loss, join: the git branch of the archive',
    program: () => import('../../archive.ts'),
  },
  command('address', 'compare "site" with the address where the host serves the planet', () => import('../address.ts')),
  command('eject', 'copy the engine into this folder, to change its templates', () => import('../eject.ts')),
  { name: 'ping', does: "tell the planet's hub which feeds changed", program: () => import('../../ping.ts') },
  {
    name: 'deployed',
    does: null,
    program: async () => run((await import('../../ci/published-site.ts')).printIsChanged),
  },
  { name: 'troubles', does: null, program: () => import('../../ci/report-problems.ts') },
];

/** The command that a file exports under its name: `addCommand`. */
function command<Name extends string>(
  name: Name,
  does: string,
  load: () => Promise<Record<`${Name}Command`, Command>>,
  where: Pick<OrreryCommand, 'withoutPlanet'> = {},
) {
  return { ...where, name, does, command: async () => (await load())[`${name}Command` as const] };
}

export function wantsHelp(args: readonly string[]): boolean {
  return args.includes('--help') || args.includes('-h');
}

function build(args: readonly string[]): void {
  const planet = fileURLToPath(new URL('../../planet.ts', import.meta.url));
  spawn([planet, 'snapshot', ...args]);
  if (!process.exitCode && !wantsHelp(args)) spawn([planet, 'site']);
}

function showWhileEdited(args: readonly string[]): void {
  const astro = join(dirname(createRequire(import.meta.url).resolve('astro/package.json')), 'bin', 'astro.mjs');
  spawn([astro, 'dev', '--root', root, ...args]);
}

function spawn(args: string[]): void {
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
  const { status } = spawnSync(process.execPath, args, { env, stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
}
