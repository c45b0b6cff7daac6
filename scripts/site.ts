/** The build: archive → parts whose inputs changed → Astro → laid beside the parts that stay → search. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { program } from 'commander';
import { archiveFolder, DamagedArchive } from '../src/archive.ts';
import { clock, contentFolder } from '../src/folder.ts';
import { pagesSince } from '../src/lib/layout.ts';
import { makingOf } from '../src/lib/making.ts';
import { SITE } from '../src/lib/parts.ts';
import { redirects } from '../src/outputs/redirects.ts';
import { readSite, type Site, Unpublishable } from '../src/site.ts';
import { joinSite } from './shards/join-sites.ts';
import { parseShard } from './shards/share.ts';
import { dropSite, makeShareOfSearch, shareOfSite } from './shards/share-of-site.ts';
import { readDesign } from './site/design.ts';
import { writeDigest } from './site/digest.ts';
import { rememberedHeads } from './site/heads.ts';
import { type Input, inputsOf } from './site/inputs.ts';
import { layInto } from './site/lay.ts';
import { isIntact, readParts, storeOf } from './site/parts.ts';

program
  .description('Builds the site from the archive: makes what changed, and keeps the rest.')
  .option('--shard <i/n>', 'make only the share of this machine, the i-th of n')
  .option('--join <folder...>', 'take over first what other machines made: their output folders')
  .parse();
const options = program.opts<{ shard?: string; join?: string[] }>();

/** Ends the run; the message is for the operator. */
function stop(code: number, message: string): never {
  console.error(message);
  process.exit(code);
}

const shard = options.shard === undefined ? null : parseShard(options.shard);
if (typeof shard === 'string') stop(2, shard);
const folder = contentFolder();
const output = resolve(process.env.PLANET_DIST || 'dist');
const store = storeOf(output);
const built = join(store, `${basename(output)}.built`);
const plan = join(store, `${basename(output)}.making.json`);
const astro = join(dirname(createRequire(import.meta.url).resolve('astro/package.json')), 'bin', 'astro.mjs');

function run(args: string[], env: Record<string, string> = {}): void {
  const { status } = spawnSync(process.execPath, args, { env: { ...process.env, ...env }, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const yearsOf = ({ entries }: Site): string[] => [...new Set(entries.map(({ day }) => day.slice(0, 4)))].sort();

const site = await readSite(folder, archiveFolder(folder), rememberedHeads(join(store, 'heads'))).catch(
  (error: unknown) => {
    if (!(error instanceof Unpublishable || error instanceof DamagedArchive)) throw error;
    stop(1, error.message);
  },
);
const inputs = inputsOf(site, readDesign(folder), clock());
for (const made of options.join ?? []) {
  const taken = await joinSite(output, resolve(made));
  if (taken === null)
    stop(2, `${made} is not what "npm run site -- --shard i/n" made: the folder .orrery beside it must come with it.`);
  console.log(`site: ${taken} parts taken over from ${made}`);
}
const since = pagesSince(site.planet.layout, site.entries[0]?.day);
const share = shard === null ? null : shareOfSite(inputs.keys(), site.entries, since, shard);
const before = await readParts(output, 'pages');
const kept = new Map(
  [...before].filter(([name, part]) => inputs.get(name)?.input === part.input && isIntact(output, part)),
);
const wanted = [...inputs].filter(([name]) => share?.parts.has(name) ?? true);
const stale = new Map(wanted.filter(([name]) => !kept.has(name)));
if (stale.size > 0) {
  // Its pages count everything: they are made whenever anything is.
  if (share === null) stale.set(SITE, inputs.get(SITE) as Input);
  kept.delete(SITE);
  rmSync(built, { recursive: true, force: true });
  mkdirSync(store, { recursive: true });
  writeFileSync(plan, JSON.stringify(makingOf(site, new Set([...stale.keys(), SITE]))));
  run([astro, 'build', '--force'], { PLANET_DIST: built, PLANET_MAKING: plan, PLANET_PAGES_SINCE: since });
  // After the rules in public/_redirects: hosts want those that name one address first.
  if (since !== '') appendFileSync(join(built, '_redirects'), redirects(site.planet.site, yearsOf(site), since));
  if (share !== null) dropSite(built);
  if (before.size === 0) rmSync(output, { recursive: true, force: true });
  await layInto(output, kept, before, { built, inputs: stale });
}
console.log(`site: ${stale.size} of ${wanted.length} parts made, ${kept.size} as they were`);
if (share === null) {
  run(['scripts/search.ts']);
  await writeDigest(output);
} else {
  const { made } = await makeShareOfSearch(output, share);
  console.log(`search: ${made} of ${share.periods.length} bundles made anew`);
}
