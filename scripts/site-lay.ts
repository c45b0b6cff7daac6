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
const before = await readParts(output, 'pages');
// After the rules in public/_redirects: hosts want those that name one address first.
if (redirects !== '') appendFileSync(join(built, '_redirects'), redirects);
if (share !== null) dropSite(built);
if (before.size === 0) rmSync(output, { recursive: true, force: true });
const staying = new Map([...before].filter(([name]) => kept.has(name)));
await layInto(output, staying, before, { built, inputs: stale });
