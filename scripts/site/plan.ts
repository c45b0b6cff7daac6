import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { PagesSince } from '../../src/lib/layout.ts';
import type { PartName } from '../../src/lib/parts.ts';
import { writeAnew } from '../files/checked.ts';
import type { ShareOfSite } from '../shards/share-of-site.ts';
import { storeOf } from './files.ts';
import type { Input } from './inputs.ts';

/** What a build is to make, as one of its processes tells the next. */
export interface Plan {
  /** Parts to make. None: everything is as it was. */
  stale: ReadonlyMap<PartName, Input>;
  /** Their names, by the run of Astro that makes them. */
  rounds: PartName[][];
  /** Parts that stay as they are. */
  kept: ReadonlySet<PartName>;
  /** How many parts there are to make or keep, those of other machines left out. */
  wanted: number;
  since: PagesSince;
  /** Lines for `_redirects`. */
  redirects: string;
  /** What falls to this machine, where there are several. */
  share: ShareOfSite | null;
}

/** The files of a build under way into this output folder. */
export function filesOfBuild(output: string) {
  const file = (ending: string) => join(storeOf(output), `${basename(output)}.${ending}`);
  return {
    plan: file('plan.json'),
    /** What Astro is to make, in one round; and what it is to make in each, until it is that round's turn. */
    making: file('making.json'),
    makingOf: (round: number) => file(`making.${round}.json`),
    /** What Astro keeps of the content. Two builds at once, of two planets, must not share it. */
    cache: file('astro'),
    /** Where Astro writes. In the project, wherever the output is: it cannot build for another disk, or twice at once elsewhere. */
    built: resolve('.orrery', `${hash('sha256', output).slice(0, 12)}.built`),
  };
}

export function writePlan(path: string, plan: Plan): void {
  const plain = (_key: string, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value);
  writeAnew(path, JSON.stringify(plan, plain));
}

export function readPlan(path: string): Plan {
  const { stale, kept, share, ...rest } = JSON.parse(readFileSync(path, 'utf8'));
  return {
    ...rest,
    stale: new Map(stale),
    kept: new Set(kept),
    share: share && { ...share, parts: new Set(share.parts), packed: new Set(share.packed) },
  };
}
