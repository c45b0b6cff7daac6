import type { Measured } from './one-size.ts';
import { kilo, ratio, seconds } from './table.ts';

/** What we want of a planet of some size, and whether it is so. `null` where the sizes that were measured cannot tell. */
export interface Goal {
  goal: string;
  told: string | null;
  met: boolean;
}

interface Judged {
  value: number;
  most: number;
  tell: (value: number) => string;
}

const GIGA = (value: number) => `${(value / 1000).toFixed(2)} GB`;

/** Keep these as the issue has them: loosening one is a decision, not a repair. */
const GOALS: Record<string, (at: (entries: number) => Measured | undefined) => Judged | null> = {
  'an hour at 1,000 with 20 new, snapshot, site and search, takes at most 5 CPU s': (at) =>
    one(at(1_000), ({ hour }) => ({ value: hour.cpu, most: 5, tell: seconds })),
  'and at 50,000 at most 8': (at) => one(at(50_000), ({ hour }) => ({ value: hour.cpu, most: 8, tell: seconds })),
  'and at most 700 MB': (at) => one(at(50_000), ({ hour }) => ({ value: hour.peak, most: 700, tell: GIGA })),
  'twice the archive, 100,000, costs at most 1.2 times that hour': (at) =>
    two(at(50_000), at(100_000), (a, b) => ({ value: b.hour.cpu / a.hour.cpu, most: 1.2, tell: ratio })),
  'a build with nothing new at 20,000 takes at most 1 CPU s': (at) =>
    one(at(20_000), ({ idle }) => ({ value: idle.all.cpu, most: 1, tell: seconds })),
  'all pages of 5,000, compiling included, take at most 1.2 times what Eleventy takes': (at) =>
    againstEleventy(at(5_000), ({ full }) => full.pages.cpu, 1.2),
  'all pages of 20,000 take no more than Eleventy takes': (at) =>
    againstEleventy(at(20_000), ({ full }) => full.pages.cpu, 1),
  'all pages of 50,000 take at most 100 CPU s': (at) =>
    one(at(50_000), ({ full }) => ({ value: full.pages.cpu, most: 100, tell: seconds })),
  'everything at 50,000, search included, takes at most 1.2 GB': (at) =>
    one(at(50_000), ({ full }) => ({ value: full.all.peak, most: 1200, tell: GIGA })),
  'a site of 20,000 is at most 40 KB an entry': (at) =>
    one(at(20_000), ({ site, entries }) => ({ value: site.bytes / entries, most: 40_000, tell: kilo })),
  'the first results of a search in 50,000 cost a reader at most 200 KB': (at) =>
    one(at(50_000), ({ wire }) => ({ value: wire.firstResults, most: 200_000, tell: kilo })),
  'what every page needs beside itself is no byte more at 50,000 than at 1,000': (at) =>
    two(at(1_000), at(50_000), (a, b) => ({ value: beside(b), most: beside(a), tell: kilo })),
};

export function judge(sizes: readonly Measured[]): Goal[] {
  const at = (entries: number) => sizes.find((size) => size.entries === entries);
  return Object.entries(GOALS).map(([goal, judge]) => {
    const judged = judge(at);
    if (judged === null) return { goal, told: null, met: true };
    const { value, most, tell } = judged;
    return { goal, told: `${tell(value)}, at most ${tell(most)}`, met: value <= most };
  });
}

function one(size: Measured | undefined, judge: (size: Measured) => Judged): Judged | null {
  return size ? judge(size) : null;
}

type Size = Measured | undefined;

function two(a: Size, b: Size, judge: (a: Measured, b: Measured) => Judged): Judged | null {
  return a && b ? judge(a, b) : null;
}

function againstEleventy(size: Measured | undefined, cpu: (size: Measured) => number, most: number): Judged | null {
  return size?.eleventy ? { value: cpu(size) / size.eleventy.took.cpu, most, tell: ratio } : null;
}

/** Style, script and pictures of our own, of all kinds of pages together. */
function beside({ wire }: Measured): number {
  return Object.values(wire.visits).reduce((sum, { beside }) => sum + beside, 0);
}
