/**
 * `orrery COMMAND`: every program of the engine, for a planet that lies in the folder where it is started. What is built lies
 * there too, in `dist`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { root } from '../../src/archive/environment.ts';
import { print, printError } from '../cli.ts';

const here = process.cwd();
process.env.PLANET_CONTENT ||= here;
process.env.PLANET_DIST ||= join(here, 'dist');

/** Programs that read the rest of the command line themselves. */
const programs: Record<string, () => Promise<unknown>> = {
  snapshot: () => import('../snapshot.ts'),
  site: () => import('../site.ts'),
  ping: () => import('../ping.ts'),
  archive: () => import('../archive.ts'),
  deployed: () => import('../ci/is-deployed.ts'),
  troubles: () => import('../ci/report-problems.ts'),
};
/** Commands of `planet.ts`. */
const commands =
  'create migrate eject add check import export doctor authors held accept reject preview parse address'.split(' ');
/** What can be asked where there is no planet yet. */
const anywhere = new Set(['create', 'migrate', 'import', 'parse']);

const usage = `orrery COMMAND, in the folder that holds your planet.yaml

  create      make the folder of a new planet
  migrate     make it of a clone of the engine, as planets were before 0.2
  build       read the feeds, then build the site in dist
  snapshot    read the feeds into archive
  site        build the site from the archive, without the web
  preview     serve the built site on this machine
  dev         show pages and styles while you change them
  add         find the feed of a blog and write it into planet.yaml
  check       ask the feeds, and say what is wrong and what would appear
  import      make a planet.yaml of another planet's configuration, or of OPML
  export      whom the planet follows, as OPML or csv
  doctor      look over the machine, planet.yaml, the archive and the site
  authors     who was found, and who may be one person
  held        what waits for you; then "accept ID" or "reject ID"
  parse       what the planet makes of a feed
  archive     pull, push, forget, accept-loss, join: the branch that keeps the archive
  address     whether "site" is where the host serves the planet
  eject       copy templates of the engine to change them here
  ping        tell the planet's hub what changed

Each says more with --help.`;

const [name = '', ...rest] = process.argv.slice(2);
if (name === '--version') print(packageJson.version);
else if (name === '' || name === 'help' || name === '--help') print(usage);
else if (!Object.hasOwn(programs, name) && !['build', 'dev', ...commands].includes(name))
  fail(`There is no command "${name}". "orrery help" lists those that there are.`);
else if (
  !anywhere.has(name) &&
  !rest.includes('--help') &&
  !existsSync(join(process.env.PLANET_CONTENT, 'planet.yaml'))
)
  fail('There is no planet.yaml here. Go to the folder that holds yours.');
else if (name === 'build') {
  for (const program of ['snapshot', 'site']) {
    if (process.exitCode) break;
    spawn(
      [fileURLToPath(new URL('../orrery.ts', import.meta.url)), program, ...(program === 'snapshot' ? rest : [])],
      here,
    );
  }
} else if (name === 'dev') {
  const astro = join(dirname(createRequire(import.meta.url).resolve('astro/package.json')), 'bin', 'astro.mjs');
  spawn([astro, 'dev', ...rest], root);
} else if (commands.includes(name)) await import('../planet.ts');
else {
  process.argv.splice(2, 1);
  await programs[name]?.();
}

function fail(sentence: string): void {
  printError(sentence);
  process.exitCode = 2;
}

function spawn(args: string[], cwd: string): void {
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' };
  const { status } = spawnSync(process.execPath, args, { cwd, env, stdio: 'inherit' });
  if (status !== 0) process.exitCode = status ?? 1;
}
