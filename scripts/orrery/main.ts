/** `orrery COMMAND`: runs any program of the engine for the planet in the current folder. The site is built into its `dist`. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { root } from '../../src/archive/environment.ts';
import { print, printError } from '../cli.ts';

const here = process.cwd();
// Absolute: Astro runs in the folder of the engine.
process.env.PLANET_CONTENT = resolve(process.env.PLANET_CONTENT || here);
process.env.PLANET_DIST = resolve(process.env.PLANET_DIST || 'dist');

/** The programs that parse their own options; the other commands are those of `planet.ts`. */
const programs: Record<string, () => Promise<unknown>> = {
  snapshot: () => import('../snapshot.ts'),
  site: () => import('../site.ts'),
  ping: () => import('../ping.ts'),
  archive: () => import('../archive.ts'),
  deployed: () => import('../ci/is-deployed.ts'),
  troubles: () => import('../ci/report-problems.ts'),
};
const commands =
  'create migrate eject add check import export doctor authors held accept reject preview parse address'.split(' ');
const withoutPlanet = new Set(['create', 'migrate', 'import', 'parse']);

const usage = `orrery COMMAND, in the folder that holds your planet.yaml

  create      create the folder of a new planet
  migrate     create it from a clone of the engine (a planet from before 0.2)
  build       read the feeds, then build the site in dist
  snapshot    read the feeds into archive
  site        build the site from the archive, without network
  preview     serve the built site on this machine
  dev         show pages and styles while you edit them
  add         find the feed of a blog and add it to planet.yaml
  check       read the feeds without saving, list problems and new entries
  import      convert another planet's configuration, or OPML, to planet.yaml
  export      write the list of feeds as OPML or CSV
  doctor      check the machine, planet.yaml, the archive and the site
  authors     list authors, and names that may be the same person
  held        list entries that wait for your decision: "accept ID" or "reject ID"
  parse       show how the planet reads a feed
  archive     pull, push, compare, forget, accept-loss, join: the git branch of the archive
  address     compare "site" with the address where the host serves the planet
  eject       copy the engine into this folder, to change its templates
  ping        tell the planet's hub which feeds changed

Every command has --help.`;

// `orrery help add` is `orrery add --help`.
const [first, second] = process.argv.slice(2);
if (first === 'help' && second !== undefined) process.argv.splice(2, 2, second, '--help');
const [name = '', ...rest] = process.argv.slice(2);
const wantsHelp = rest.includes('--help') || rest.includes('-h');
if (name === '--version') print(packageJson.version);
else if (['', 'help', '--help', '-h'].includes(name)) print(usage);
else if (!Object.hasOwn(programs, name) && !['build', 'dev', ...commands].includes(name))
  fail(`There is no command "${name}". "orrery help" lists all commands.`);
else if (!withoutPlanet.has(name) && !wantsHelp && !existsSync(join(process.env.PLANET_CONTENT, 'planet.yaml')))
  fail(`There is no planet.yaml in ${process.env.PLANET_CONTENT}. Go to the folder of your planet.`);
else if (name === 'build') {
  for (const program of wantsHelp ? ['snapshot'] : ['snapshot', 'site']) {
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
