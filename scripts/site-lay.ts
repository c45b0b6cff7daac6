/** The third step of a build: what Astro made in one round, given by its number → laid beside all other parts. Run by site.ts. */
import { appendFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type PartName, SITE } from '../src/lib/parts.ts';
import { run } from './cli.ts';
import { dropSite } from './shards/share-of-site.ts';
import type { Input } from './site/inputs.ts';
import { emptyFolder, layInto } from './site/lay.ts';
import { briefsOfParts, readParts } from './site/parts.ts';
import { filesOfBuild, readPlan } from './site/plan.ts';

await run(async () => {
  const output = resolve(process.env.PLANET_DIST || 'dist');
  const { plan, built } = filesOfBuild(output);
  const { stale, rounds, kept, redirects } = readPlan(plan);
  const round = Number(process.argv[2]);
  const making = new Map((rounds[round] ?? []).map((name) => [name, stale.get(name) as Input]));
  // After the rules in public/_redirects: hosts want those that name one address first.
  if (redirects !== '') appendFileSync(join(built, '_redirects'), redirects);
  if (!making.has(SITE)) dropSite(built);
  // What is no part of the site any more goes in the last round.
  const isLast = round === rounds.length - 1;
  const stays = (name: PartName) => !making.has(name) && (kept.has(name) || stale.has(name) || !isLast);
  const before = await readParts(output, 'pages', (name) => !stays(name));
  // What nobody remembers would stay for ever.
  if (round === 0 && (await briefsOfParts(output, 'pages')).size === 0) emptyFolder(output);
  await layInto(output, stays, before, { built, inputs: making });
});
