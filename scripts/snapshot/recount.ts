import { ledgerCounts, type MonthRow } from '../../src/archive/ledger.ts';
import { instant } from '../../src/core/dates.ts';
import type { Entry } from '../../src/core/entry.ts';
import { monthOf } from '../../src/core/entry-keys.ts';
import { copyStates, type FeedState, type FeedStates, newFeedState } from '../../src/core/feed-state.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import { countText } from '../../src/core/text.ts';
import { DAY } from './schedule.ts';

/** An archive that was verified, without its months. */
export interface VerifiedArchive {
  feeds: readonly Pick<FeedConfig, 'id' | 'url'>[];
  states: FeedStates;
  held: readonly Entry[];
  notes: string[];
}

/**
 * Compares the counts of feeds.json with the months. Throws an `OperatorError` if the months hold fewer entries, or
 * later ones than possible. A missing state is made again from the archive, without the facts that the archive does not
 * hold. `dropped` is by feed the number of repeated lines, which may have been counted twice.
 */
export function recount(
  { feeds, states, held }: Omit<VerifiedArchive, 'notes'>,
  months: ReadonlyMap<string, MonthRow>,
  dropped: ReadonlyMap<string, number>,
  now: Date,
): Pick<VerifiedArchive, 'states' | 'notes'> {
  const counts = ledgerCounts(months.values());
  refuseFewer(states, counts, dropped);
  refuseEarlier(months, now);
  const waiting = Map.groupBy(held, ({ feed }) => feed);
  const next = copyStates({});
  const notes: string[] = [];
  for (const [feed, state] of Object.entries(states)) {
    const wait = waiting.get(feed)?.length ?? 0;
    // Earlier versions forgot the waiting entries of a feed that was gone.
    const trouble = state.trouble?.outcome === 'gone' ? (stillHeld(wait, now) ?? state.trouble) : state.trouble;
    const recounted = { ...state, trouble, entries: counts.get(feed) ?? 0 };
    const isLost = state.trouble?.outcome === 'held' && !waiting.has(feed);
    // With validators the server could answer that nothing has changed.
    const mustAskAgain = isLost && Object.keys(state.validators).length > 0;
    next[feed] = mustAskAgain ? { ...recounted, validators: {}, askAgainAt: null } : recounted;
    if (isLost)
      notes.push(
        `The waiting entries of ${feed} are not in held.ndjson any more: the feed is asked for all its entries again.`,
      );
  }
  for (const feed of new Set([...counts.keys(), ...waiting.keys()])) {
    if (states[feed] !== undefined) continue;
    const entries = counts.get(feed) ?? 0;
    const wait = waiting.get(feed)?.length ?? 0;
    const state = newFeedState(feeds.find(({ id }) => id === feed)?.url ?? '');
    next[feed] = { ...state, entries, trouble: stillHeld(wait, now) };
    notes.push(
      `feeds.json did not have ${feed}, and the archive holds ${countText(entries, 'entry', 'entries')} of it: its state was made again. Your rejections for this feed are lost.`,
    );
  }
  return { states: next, notes };
}

function stillHeld(entries: number, now: Date): FeedState['trouble'] {
  if (entries === 0) return null;
  return {
    outcome: 'held',
    reason: `${countText(entries, 'entry waits', 'entries wait')}; the reason is not known any more`,
    since: instant(now),
  };
}

function refuseFewer(
  states: FeedStates,
  counts: ReadonlyMap<string, number>,
  dropped: ReadonlyMap<string, number>,
): void {
  const fewer = Object.entries(states).filter(
    ([feed, { entries }]) => entries > (counts.get(feed) ?? 0) + (dropped.get(feed) ?? 0),
  );
  if (fewer.length === 0) return;
  const sentences = fewer.map(
    ([feed, { entries }]) =>
      `The months hold ${counts.get(feed) ?? 0} of the ${countText(entries, 'entry', 'entries')} of ${feed} that feeds.json counts.`,
  );
  throw new OperatorError(`${sentences.join('\n')}
Nothing was written. Restore them: from the branch with "npm run archive -- pull", or from a backup. If you removed them on purpose: "npm run archive -- accept-loss all".`);
}

/** No entry is later than the run that stored it, so in a run before the newest one new posts would get wrong dates for ever. */
function refuseEarlier(months: ReadonlyMap<string, MonthRow>, now: Date): void {
  const newest = [...months.keys()].sort().at(-1) ?? '';
  // The clocks of two machines may differ a little.
  if (newest <= monthOf({ published: instant(new Date(now.getTime() + DAY)) })) return;
  throw new OperatorError(`The archive has entries of ${newest}, but the clock says ${instant(now)}. Nothing was written. Correct the clock.
If the clock is right, an earlier run had a wrong one: move ${newest}.ndjson to another folder and run "npm run archive -- accept-loss ${newest}"; the next snapshot adds the posts that the feeds still list.`);
}
