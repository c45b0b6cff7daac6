/**
 * The build: archive → parts whose inputs changed → Astro → laid beside the parts that stay → search. Each step is a process
 * of its own, so that what one holds in memory is gone when the next begins: this one holds nothing. Where much is to be made,
 * Astro makes it in rounds.
 */
import { spawnSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { program } from 'commander';
import { run } from './cli.ts';
import { makeFolder } from './files/checked.ts';
import { print } from './print.ts';
import { storeOf } from './site/files.ts';
import { rememberBuilt } from './site/marks.ts';
import { filesOfBuild, readPlan } from './site/plan.ts';
import { AT_ONCE } from './site/rounds.ts';

program
  .description('Builds the site from the archive: makes what changed, and keeps the rest.')
  .option('--shard <i/n>', 'make only the share of this machine, the i-th of n')
  .option('--join <folder...>', 'take over first what other machines made: their output folders')
  .option(
    '--at-once <entries>',
    `make so much in one run of Astro, ${AT_ONCE.toLocaleString('en')} by default: less needs less memory and more time`,
  )
  .parse();

const began = Date.now();
const output = resolve(process.env.PLANET_DIST || 'dist');
const { plan, making, makingOf, built, cache } = filesOfBuild(output);
const astro = join(dirname(createRequire(import.meta.url).resolve('astro/package.json')), 'bin', 'astro.mjs');

/** Astro and its libraries are megabytes of code, and the same in every build: compiled once, a build of little starts in half the time. */
const NODE_COMPILE_CACHE = join(storeOf(output), 'compiled');

/** For who keeps nearly all that it makes until its end: to look through it for what is not needed any more took a tenth of its time. */
const KEEPER = ['--min-semi-space-size=16', '--max-semi-space-size=16', '--initial-old-space-size=500'];

function step(args: string[], more: Record<string, string> = {}): void {
  const env = { NODE_COMPILE_CACHE, ...process.env, ...more };
  const { status } = spawnSync(process.execPath, args, { env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

await run(async () => {
  for (const folder of [storeOf(output), NODE_COMPILE_CACHE, dirname(built)]) makeFolder(folder);
  step([...KEEPER, 'scripts/site-plan.ts', ...process.argv.slice(2)]);
  const { stale, rounds, kept, wanted, since, share } = readPlan(plan);
  if (rounds.length > 0)
    print(`site: making ${stale.size} parts${rounds.length > 1 ? `, in ${rounds.length} rounds` : ''}`);
  for (const round of rounds.keys()) {
    // What Astro keeps of the content is of another build, or of another operator's folder.
    for (const path of [built, cache, making]) rmSync(path, { recursive: true, force: true });
    renameSync(makingOf(round), making);
    // What a page is made of is soon gone: in a smaller space V8 takes 100 MB less, and no more time.
    step(['--max-semi-space-size=16', astro, 'build'], {
      PLANET_DIST: built,
      PLANET_MAKING: making,
      PLANET_CACHE: cache,
      PLANET_PAGES_SINCE: since,
    });
    step(['scripts/site-lay.ts', String(round)]);
  }
  print(`site: ${stale.size} of ${wanted} parts made, ${kept.size} as they were`);
  step([...KEEPER, share === null ? 'scripts/search.ts' : 'scripts/search-share.ts']);
  rememberBuilt(output, began);
});
