/** The first step of a build: archive → what goes into each part of the site → which parts are to be made. Run by site.ts. */
import { join, resolve } from 'node:path';
import { program } from 'commander';
import { archiveFolder } from '../src/archive.ts';
import { clock, contentFolder } from '../src/folder.ts';
import { pagesSince } from '../src/lib/layout.ts';
import { makingOf } from '../src/lib/making.ts';
import { cutIntoParts, SITE } from '../src/lib/parts.ts';
import { OperatorError } from '../src/operator-error.ts';
import { authorRedirects, redirects } from '../src/outputs/redirects.ts';
import { readSite, type Site } from '../src/site.ts';
import { run } from './cli.ts';
import { makeFolder, typeOf, writeAnew } from './files/checked.ts';
import { print } from './print.ts';
import { joinSite } from './shards/join-sites.ts';
import { parseShard } from './shards/share.ts';
import { shareOfSite } from './shards/share-of-site.ts';
import { readDesign } from './site/design.ts';
import { storeOf } from './site/files.ts';
import { rememberedGists } from './site/gists.ts';
import { type Input, inputsOf } from './site/inputs.ts';
import { intactParts } from './site/parts.ts';
import { filesOfBuild, writePlan } from './site/plan.ts';
import { AT_ONCE, roundsOf } from './site/rounds.ts';

program.option('--shard <i/n>').option('--join <folder...>').option('--at-once <entries>', '', String(AT_ONCE)).parse();
const options = program.opts<{ shard?: string; join?: string[]; atOnce: string }>();

await run(async () => {
  const shard = options.shard === undefined ? null : parseShard(options.shard);
  if (typeof shard === 'string') throw new OperatorError(shard, 2);
  if (!/^[1-9]\d*$/.test(options.atOnce))
    throw new OperatorError(`--at-once wants a number of entries; "${options.atOnce}" is none.`, 2);
  const folder = contentFolder();
  const output = resolve(process.env.PLANET_DIST || 'dist');
  const store = storeOf(output);
  makeFolder(store);
  if (typeOf(output) !== null) makeFolder(output);
  const files = filesOfBuild(output);

  const yearsOf = ({ entries }: Site): string[] => [...new Set(entries.map(({ day }) => day.slice(0, 4)))].sort();

  const site = await readSite(folder, archiveFolder(folder), rememberedGists(join(store, 'gists')));
  const cut = cutIntoParts(site);
  const inputs = inputsOf(site, cut, readDesign(folder), clock());
  for (const made of options.join ?? []) {
    const taken = await joinSite(output, resolve(made));
    if (taken === null)
      throw new OperatorError(
        `${made} is not what "npm run site -- --shard i/n" made: the folder .orrery beside it must come with it.`,
        2,
      );
    print(`site: ${taken} parts taken over from ${made}`);
  }
  const since = pagesSince(site.planet.layout, site.entries[0]?.day);
  const share = shard === null ? null : shareOfSite(inputs.keys(), site.entries, since, shard);
  const kept = intactParts(output, 'pages', (name) => inputs.get(name)?.input);
  const wanted = [...inputs].filter(([name]) => share?.parts.has(name) ?? true);
  const stale = new Map(wanted.filter(([name]) => !kept.has(name)));
  if (stale.size > 0) {
    // Its pages count everything: they are made whenever anything is.
    if (share === null) stale.set(SITE, inputs.get(SITE) as Input);
    kept.delete(SITE);
  }
  const rounds = stale.size > 0 ? roundsOf(stale, Number(options.atOnce)) : [];
  for (const [round, names] of rounds.entries())
    writeAnew(files.makingOf(round), JSON.stringify(makingOf(site, cut, new Set([...names, SITE]))));
  writePlan(files.plan, {
    stale,
    rounds,
    kept,
    wanted: wanted.length,
    since,
    redirects:
      authorRedirects(site.planet.site, site.authors) +
      (since === '' ? '' : redirects(site.planet.site, yearsOf(site), since)),
    share,
  });
});
