import { isDeepStrictEqual } from 'node:util';
import { instant } from '../../src/core/dates.ts';
import { feedAddressKey } from '../../src/core/entry-keys.ts';
import {
  copyStates,
  type FeedProblem,
  type FeedState,
  type FeedStates,
  heldProblem,
  stateForAddress,
} from '../../src/core/feed-state.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import { countText } from '../../src/core/text.ts';
import type { Merged } from './merge.ts';
import type { MergeCounts } from './merge-feed.ts';
import { type FeedReading, failureSentence, isRefusal, type Outcome, reachedServer } from './outcome.ts';
import { isGoneForGood, needsFullRequest, nextCheckAfterFailure, nextCheckAfterReading } from './schedule.ts';

const GONE = failureSentence({ kind: 'status', status: 410 });

/** The state of each feed after a snapshot. The state of a feed that left `planet.yaml` does not change. */
export function statesAfter(
  states: FeedStates,
  outcomes: readonly Outcome[],
  counts: Merged['counts'],
  now: Date,
): FeedStates {
  const next = copyStates(states);
  const isOffline = !outcomes.some(reachedServer);
  for (const outcome of outcomes) {
    const { id, url, authors, title } = outcome.feed;
    const before = stateForAddress(states[id], url);
    const after = stateAfter({ ...before, trouble: datedProblem(before, now) }, outcome, counts, now);
    // To ask again costs no server anything; once this machine is online, its feeds must not wait for a day.
    const state = isOffline && outcome.kind === 'failed' ? { ...after, askAgainAt: null } : after;
    next[id] = { ...state, creditedTo: authors === 'feed' ? title : undefined };
  }
  return next;
}

/** A problem that begins later than now was dated by a wrong clock, and would not be reported before that day. */
function datedProblem({ trouble }: FeedState, now: Date): FeedProblem | null {
  return trouble !== null && trouble.since > instant(now) ? { ...trouble, since: instant(now) } : trouble;
}

function stateAfter(before: FeedState, outcome: Outcome, counts: Merged['counts'], now: Date): FeedState {
  switch (outcome.kind) {
    case 'read': {
      const count = counts.get(outcome.feed.id);
      return count === undefined ? before : afterReading(before, outcome, count, now);
    }
    case 'unchanged': {
      const nextCheck = nextCheckAfterReading(outcome.askAgainAt, before.manners, now);
      // Earlier versions stored no `wholeAt`: each feed waits for its day.
      const wholeAt = before.wholeAt ?? instant(now);
      const { movedTo } = outcome;
      return { ...before, wholeAt, askAgainAt: instantOf(nextCheck), movedTo, trouble: heldProblem(before) };
    }
    case 'waiting':
    case 'paused':
      return before;
    case 'gone': {
      const isKnown = before.trouble?.reason === GONE || heldProblem(before) !== null;
      const next = afterFailure(isKnown ? before : { ...before, trouble: null }, GONE, null, now);
      // The entries of a held feed still wait for the operator: it is asked again after the decision.
      if (next.trouble === null || heldProblem(next) || !isGoneForGood(next.trouble.since, now)) return next;
      return { ...next, askAgainAt: null, trouble: { ...next.trouble, outcome: 'gone' } };
    }
    case 'failed': {
      const { reason, retryAt } = outcome;
      // It says nothing about the feed.
      if (reason.kind === 'stopped') return before;
      // It refused a request without validators too: the next one needs none.
      const state = isRefusal(reason) ? { ...before, validators: {} } : before;
      return afterFailure(state, failureSentence(reason), retryAt, now);
    }
    default:
      return outcome satisfies never;
  }
}

function afterFailure(before: FeedState, reason: string, retryAt: Date | null, now: Date): FeedState {
  const trouble = nextProblem(before, 'failed', reason, now);
  const nextCheck = nextCheckAfterFailure(trouble.since, retryAt, now);
  return { ...before, trouble, askAgainAt: instantOf(nextCheck) };
}

function afterReading(before: FeedState, reading: FeedReading, count: MergeCounts, now: Date): FeedState {
  const { lastDocument, aliases, idsUnreliable } = count.memory;
  const manners = reading.partial ? before.manners : reading.manners;
  // With the validators of a document that was not taken whole the server would answer that nothing has changed.
  const validators = reading.partial || count.postpones ? {} : reading.validators;
  const next: FeedState = {
    ...before,
    validators,
    wholeAt: wholeAtAfter(before, { validators, delta: reading.delta }, now),
    askAgainAt: instantOf(nextCheckAfterReading(reading.askAgainAt, manners, now)),
    manners,
    movedTo: reading.movedTo,
    entries: count.entries,
    notes: [...reading.notes, ...count.notes],
    stamped: count.stamped,
    trusted: false,
    lastDocument: [...lastDocument],
    aliases,
    idsUnreliable,
  };
  if (count.hold)
    return { ...next, host: before.host ?? reading.host, trouble: nextProblem(before, 'held', count.hold.reason, now) };
  const stored = reading.partial ? before : null;
  return {
    ...next,
    title: stored?.title ?? reading.title,
    description: stored?.description ?? reading.description,
    home: stored?.home ?? reading.home,
    host: reading.host,
    trouble: null,
  };
}

/** A server may send the same answer in each run: its time changes with the validators, else on the feed's day of the week. */
function wholeAtAfter(before: FeedState, { validators, delta }: Pick<FeedReading, 'validators' | 'delta'>, now: Date) {
  if (delta || Object.keys(validators).length === 0) return before.wholeAt;
  const isKnown = isDeepStrictEqual(validators, before.validators) && !needsFullRequest(before, now);
  return isKnown && before.wholeAt !== undefined ? before.wholeAt : instant(now);
}

function nextProblem({ trouble }: FeedState, outcome: 'failed' | 'held', reason: string, now: Date): FeedProblem {
  // A held feed that fails for an hour is still held.
  if (trouble?.outcome === 'held' && outcome === 'failed') return trouble;
  // Other failures between two answers "gone" do not begin its 14 days again.
  if (trouble?.reason === GONE && outcome === 'failed') return { ...trouble, outcome };
  const lasting = trouble?.outcome === outcome ? trouble : { since: instant(now) };
  return { ...lasting, outcome, reason };
}

function instantOf(date: Date | null): string | null {
  return date === null ? null : instant(date);
}

type Named = Pick<FeedConfig, 'id' | 'url'>;

/** Sentences about feeds whose address the archive has under an id that is not `listed` any more: their old entries are on no page. */
export function renamedIdNotes(
  feeds: readonly Named[],
  states: FeedStates,
  listed: readonly Named[] = feeds,
): string[] {
  const ids = new Set(listed.map(({ id }) => id));
  const left = Object.entries(states).filter(([id, { entries }]) => entries > 0 && !ids.has(id));
  return feeds.flatMap(({ id, url }) =>
    left
      // If the new id has as many entries, these would leave in turn; or both were feeds at one time, and one was removed.
      .filter(([, was]) => feedAddressKey(was.url) === feedAddressKey(url) && was.entries > (states[id]?.entries ?? 0))
      .map(([was, { entries }]) => {
        const count = countText(entries, 'entry', 'entries');
        return `${id} has the url of ${was}, whose ${count} left the site with that id: write id: ${was} in planet.yaml.`;
      }),
  );
}
