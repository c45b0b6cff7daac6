import { routes } from '../lib/routes.ts';
import { monthOf } from '../model/entry.ts';
import type { EntryRecord } from '../model/site.ts';
import type { Place } from './atom.ts';

/** The planet's whole history as Atom documents (RFC 5005): the one that readers subscribe to, and a month each. */
export interface Chain {
  subscription: Place;
  /** Oldest first. */
  months: { month: string; place: Place }[];
}

/**
 * A month is behind the subscription once it is over, by the entries: not the clock. The newest is still growing, and has
 * a document only where the subscription does not hold all of it.
 * @param all months in UTC that hold entries, oldest first
 * @param left the newest entry that the subscription does not hold
 */
export function chainOf(all: readonly string[], left: Pick<EntryRecord, 'published'> | undefined): Chain {
  const growing = all.at(-1);
  const months = all.filter((month) => month !== growing || (left !== undefined && monthOf(left) === growing));
  const place = (month: string, index: number): Place => ({
    self: routes.atomArchive(month),
    previous: pathOf(months[index - 1]),
    next: pathOf(months[index + 1]),
    current: routes.atom,
    complete: month !== growing,
  });
  return {
    subscription: { self: routes.atom, previous: pathOf(months.at(-1)) },
    months: months.map((month, index) => ({ month, place: place(month, index) })),
  };
}

function pathOf(month: string | undefined): string | undefined {
  return month === undefined ? undefined : routes.atomArchive(month);
}
