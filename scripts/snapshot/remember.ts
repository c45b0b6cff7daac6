import { type FeedState, type FeedStates, type Trouble, unmet } from '../../src/model/state.ts';
import { instant } from './dating.ts';
import type { Merged } from './merge.ts';
import { type Outcome, type Reading, sentence } from './outcome.ts';
import { restAfterFailure, restAfterReading } from './rest.ts';

/** What the archive remembers of each feed after a snapshot. A feed that left `planet.yaml` stays as it is. */
export function remember(
  states: FeedStates,
  outcomes: readonly Outcome[],
  counts: Merged['counts'],
  now: Date,
): FeedStates {
  const next = { ...states };
  for (const outcome of outcomes) {
    const { id, url } = outcome.feed;
    next[id] = after(atAddress(states[id], url), outcome, counts, now);
  }
  return next;
}

/** Another address starts afresh, but for what belongs to the entries. */
function atAddress(state: FeedState | undefined, url: string): FeedState {
  if (state === undefined) return unmet(url);
  if (state.url === url) return state;
  const { entries, title, home, host, rejected, copiesJudged, formerAuthors } = state;
  const { lastDocument, aliases, idsUnreliable } = state;
  const trouble = state.trouble?.outcome === 'held' ? state.trouble : null;
  const known = { entries, title, home, host, rejected, copiesJudged, formerAuthors };
  return { ...unmet(url), ...known, lastDocument, aliases, idsUnreliable, trouble };
}

function after(before: FeedState, outcome: Outcome, counts: Merged['counts'], now: Date): FeedState {
  switch (outcome.kind) {
    case 'read':
      return afterReading(before, outcome, counts, now);
    case 'unchanged': {
      const rest = restAfterReading(outcome.askAgainAt, before.manners, now);
      const trouble = before.trouble?.outcome === 'held' ? before.trouble : null;
      return { ...before, askAgainAt: moment(rest), movedTo: outcome.movedTo, trouble };
    }
    case 'resting':
    case 'paused':
      return before;
    case 'gone':
      return { ...before, ...troubled(before, 'gone', sentence({ kind: 'status', status: 410 }), now) };
    case 'failed': {
      const ill = troubled(before, 'failed', sentence(outcome.reason), now);
      return { ...before, ...ill, askAgainAt: moment(restAfterFailure(ill.trouble.since, outcome.retryAt, now)) };
    }
    default:
      return outcome satisfies never;
  }
}

function afterReading(before: FeedState, reading: Reading, counts: Merged['counts'], now: Date): FeedState {
  const count = counts.get(reading.feed.id);
  const holding = count?.holding ?? null;
  const manners = reading.partial ? before.manners : reading.manners;
  const next: FeedState = {
    ...before,
    // Asked with these, the server would say that the rest had not changed.
    validators: reading.partial ? {} : reading.validators,
    askAgainAt: moment(restAfterReading(reading.askAgainAt, manners, now)),
    manners,
    movedTo: reading.movedTo,
    entries: count?.entries ?? before.entries,
    notes: [...reading.notes, ...(count?.notes ?? [])],
    stamped: count?.stamped ?? before.stamped,
    trusted: false,
  };
  const { lastDocument, aliases, idsUnreliable } = count?.memory ?? before;
  Object.assign(next, { lastDocument: [...lastDocument], aliases, idsUnreliable });
  if (holding) return { ...next, ...troubled(before, 'held', holding.why, now) };
  const title = reading.partial ? (before.title ?? reading.title) : reading.title;
  const home = reading.partial ? (before.home ?? reading.home) : reading.home;
  return { ...next, title, home, host: reading.host, trouble: null };
}

function troubled(before: FeedState, outcome: Trouble['outcome'], reason: string, now: Date): { trouble: Trouble } {
  const { trouble } = before;
  // A held feed that fails for an hour is still held.
  if (trouble?.outcome === 'held' && outcome === 'failed') return { trouble };
  return { trouble: { outcome, reason, since: trouble?.outcome === outcome ? trouble.since : instant(now) } };
}

function moment(date: Date | null): string | null {
  return date === null ? null : instant(date);
}
