/** The third step of a build: what Astro made → laid beside the parts that stay. Run by site.ts. */
import { appendFileSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { dropSite } from './shards/share-of-site.ts';
import { layInto } from './site/lay.ts';
import { readParts, storeOf } from './site/parts.ts';
import { filesOfBuild, readPlan } from './site/plan.ts';

const output = resolve(process.env.PLANET_DIST || 'dist');
const { plan, built } = filesOfBuild(storeOf(output), basename(output));
const { stale, kept, redirects, share } = readPlan(plan);
// After the rules in public/_redirects: hosts want those that name one address first.
if (redirects !== '') appendFileSync(join(built, '_redirects'), redirects);
if (share !== null) dropSite(built);
const before = await readParts(output, 'pages', (name) => !kept.has(name));
if (before.size === 0 && kept.size === 0) rmSync(output, { recursive: true, force: true });
await layInto(output, kept, before, { built, inputs: stale });
