import { dateText } from './dates.ts';
import type { Bundle } from './search-periods.ts';
import type { SearchQuery } from './search-query.ts';

/** Entries that are searched before anything is shown: what they cost to fetch is part of every first search. */
const AT_FIRST = 1000;
/** Entries that are searched without being asked to, where the newer ones have too little to show. */
const OF_OURSELVES = 3000;

/** The bundles that a question is about, newest first: with years chosen, those that have something of these. */
export function concerned({ chosen: { year } }: SearchQuery, bundles: readonly Bundle[]): Bundle[] {
  return bundles.filter(({ years }) => year.length === 0 || year.some((each) => each in years));
}

/** How many bundles to ask first: the newest, and more of them while that is cheap. */
export function firstReach(bundles: readonly Bundle[]): number {
  return reaching(bundles, AT_FIRST);
}

/** How many to ask on while too little was found. */
export function ownReach(bundles: readonly Bundle[]): number {
  return reaching(bundles, OF_OURSELVES);
}

function reaching(bundles: readonly Bundle[], entries: number): number {
  let sum = 0;
  const beyond = bundles.findIndex((bundle) => {
    sum += bundle.entries;
    return sum > entries;
  });
  return beyond === -1 ? bundles.length : Math.max(1, beyond);
}

/** The time that bundles, newest first, are of: `March 2009 to January 2026`. */
export function spanOf(bundles: readonly Bundle[]): string {
  const from = bundles.at(-1)?.period.split('_')[0] ?? '';
  const to = bundles[0]?.period.split('_').at(-1) ?? '';
  return from === to ? dateText(to) : `${dateText(from)} to ${dateText(to)}`;
}
