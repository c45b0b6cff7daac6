import { instant } from '../../../src/core/dates.ts';
import { OperatorError } from '../../../src/core/operator-error.ts';
import { HOUR } from '../schedule.ts';
import { type Header, serverLead } from './headers.ts';

/** So many servers are not wrong by chance: a planet may follow two whose clocks are. */
const FEWEST = 3;

export type ServerClocks = ReturnType<typeof serverClocks>;

/** Compares the clock of a run with those of all servers that answer. New entries get dates and permalinks by it, for ever. */
export function serverClocks(now: Date) {
  const leads = new Map<string, number>();
  return {
    /** Notes the time of an answer. */
    hear(host: string, header: Header) {
      const lead = serverLead(header, now);
      // Blogs at one domain are often on one machine.
      if (lead !== null) leads.set(host.split('.').slice(-2).join('.'), lead);
    },
    /** Throws an `OperatorError` if most servers are more than an hour ahead of the clock, or most behind it. */
    refuseWrongClock() {
      const all = [...leads.values()].sort((a, b) => a - b);
      for (const others of [all.filter((lead) => lead > HOUR), all.filter((lead) => lead < -HOUR)]) {
        if (others.length < FEWEST || others.length * 2 <= all.length) continue;
        const theirs = new Date(now.getTime() + (others[others.length >> 1] ?? 0));
        throw new OperatorError(
          `The clock says ${instant(now)}, but ${others.length} of ${all.length} servers say about ${instant(theirs)}. Nothing was written. Correct the clock; if it is right, run this once with SOURCE_DATE_EPOCH=$(date +%s).`,
        );
      }
    },
  };
}
