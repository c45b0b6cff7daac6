import { type PartName, SITE } from '../../src/lib/parts.ts';
import type { Input } from './inputs.ts';

/** Such that a run of Astro needs little more than what it needs for a small planet. */
export const AT_ONCE = 32_000;

/**
 * Cuts the parts that a build is to make into rounds, a run of Astro each, so that a build of everything needs the memory of a
 * part of it. Months come first, then authors and feeds: parts of one round share entries. `site` is in the last.
 * @param atOnce how many entries a round is for, each counted as often as a part shows it
 */
export function roundsOf(stale: ReadonlyMap<PartName, Input>, atOnce: number): PartName[][] {
  const rounds: PartName[][] = [[]];
  let size = 0;
  for (const [name, { entries = 0 }] of [...stale].sort(([a], [b]) => inOrder(a, b))) {
    const last = rounds.at(-1) as PartName[];
    const own = name === SITE ? 0 : entries;
    if (last.length > 0 && own > 0 && size + own > atOnce) {
      rounds.push([name]);
      size = own;
    } else {
      last.push(name);
      size += own;
    }
  }
  return rounds;
}

/** `month:2026-01` and `atom:2026-01` are of the same entries. */
function inOrder(a: PartName, b: PartName): number {
  const [first, second] = [placeOf(a), placeOf(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function placeOf(name: PartName): string {
  if (name === SITE) return '3';
  const [, period] = /^(?:month|atom):(.*)$/.exec(name) ?? [];
  return period === undefined ? `2 ${name}` : `1 ${period} ${name}`;
}
