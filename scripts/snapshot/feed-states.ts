import { creditOf } from '../../src/core/credit.ts';
import { instant } from '../../src/core/dates.ts';
import type { Entry } from '../../src/core/entry.ts';
import {
  copyStates,
  type FeedProblem,
  type FeedState,
  type FeedStates,
  newFeedState,
} from '../../src/core/feed-state.ts';
import { nameKey } from '../../src/core/name-lists.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import { compareText } from '../../src/core/text-order.ts';
import { failureSentence } from './failure-sentences.ts';
import type { Merged } from './merge.ts';
import { type FeedReading, isRefusal, type Outcome } from './outcome.ts';
import { isGoneForGood, nextCheckAfterFailure, nextCheckAfterReading } from './schedule.ts';

const GONE = failureSentence({ kind: 'status', status: 410 });

/** The state of each feed after a snapshot. The state of a feed that left `planet.yaml` does not change. */
export function statesAfter(
  states: FeedStates,
  outcomes: readonly Outcome[],
  counts: Merged['counts'],
  now: Date,
): FeedStates {
  const next = copyStates(states);
  for (const outcome of outcomes) {
    const { id, url } = outcome.feed;
    next[id] = stateAfter(stateForAddress(states[id], url), outcome, counts, now);
  }
  return next;
}

const MOST_ADDRESSES = 10;

/** The state of a feed at its present address: a new address keeps only the fields that belong to the entries. */
function stateForAddress(state: FeedState | undefined, url: string): FeedState {
  if (state === undefined || state.url === url) return state ?? newFeedState(url);
  const { validators, askAgainAt, manners, host, movedTo, notes, trusted, stamped } = newFeedState(url);
  const ofDocument = { url, validators, askAgainAt, manners, host, movedTo, notes, trusted, stamped };
  const others = (state.formerly ?? []).filter((each) => each.url !== url && each.url !== state.url);
  const formerly = [...others, { url: state.url, home: state.home }].slice(-MOST_ADDRESSES);
  return { ...state, ...ofDocument, formerly, trouble: heldProblem(state) };
}

function heldProblem({ trouble }: FeedState): FeedProblem | null {
  return trouble?.outcome === 'held' ? trouble : null;
}

function stateAfter(before: FeedState, outcome: Outcome, counts: Merged['counts'], now: Date): FeedState {
  switch (outcome.kind) {
    case 'read':
      return afterReading(before, outcome, counts, now);
    case 'unchanged': {
      const nextCheck = nextCheckAfterReading(outcome.askAgainAt, before.manners, now);
      return { ...before, askAgainAt: instantOf(nextCheck), movedTo: outcome.movedTo, trouble: heldProblem(before) };
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
  const problem = withProblem(before, 'failed', reason, now);
  const nextCheck = nextCheckAfterFailure(problem.trouble.since, retryAt, now);
  return { ...before, ...problem, askAgainAt: instantOf(nextCheck) };
}

function afterReading(before: FeedState, reading: FeedReading, counts: Merged['counts'], now: Date): FeedState {
  const count = counts.get(reading.feed.id);
  const { lastDocument, aliases, idsUnreliable } = count?.memory ?? before;
  const manners = reading.partial ? before.manners : reading.manners;
  const next: FeedState = {
    ...before,
    // With the validators of a document that was not taken whole the server would answer that nothing has changed.
    validators: reading.partial || count?.postpones ? {} : reading.validators,
    askAgainAt: instantOf(nextCheckAfterReading(reading.askAgainAt, manners, now)),
    manners,
    movedTo: reading.movedTo,
    entries: count?.entries ?? before.entries,
    notes: [...reading.notes, ...(count?.notes ?? [])],
    stamped: count?.stamped ?? before.stamped,
    trusted: false,
    lastDocument: [...lastDocument],
    aliases,
    idsUnreliable,
  };
  if (count?.hold)
    return { ...next, host: before.host ?? reading.host, ...withProblem(before, 'held', count.hold.reason, now) };
  const known = reading.partial ? before : null;
  return {
    ...next,
    title: known?.title ?? reading.title,
    description: known?.description ?? reading.description,
    home: known?.home ?? reading.home,
    host: reading.host,
    trouble: null,
  };
}

function withProblem(
  before: FeedState,
  outcome: FeedProblem['outcome'],
  reason: string,
  now: Date,
): { trouble: FeedProblem } {
  const { trouble } = before;
  // A held feed that fails for an hour is still held.
  if (trouble?.outcome === 'held' && outcome === 'failed') return { trouble };
  // Other failures between two answers "gone" do not begin its 14 days again.
  if (trouble?.reason === GONE && outcome === 'failed') return { trouble: { ...trouble, outcome } };
  return { trouble: { outcome, reason, since: trouble?.outcome === outcome ? trouble.since : instant(now) } };
}

function instantOf(date: Date | null): string | null {
  return date === null ? null : instant(date);
}

type FormerAuthors = FeedState['formerAuthors'];

/** The most former names of a feed: some feeds rename their author in every run. */
const MOST_FORMER_NAMES = 50;

/** Keeps an author's name that all `entries` of a feed (before this run) lost: its pages lead to the new name. */
export function withRenamedAuthors(
  states: FeedStates,
  entries: readonly Entry[],
  { changed, newEntries }: { changed: readonly Entry[]; newEntries: readonly Entry[] },
  feeds: readonly FeedConfig[],
): FeedStates {
  const next = { ...states };
  const edits = Map.groupBy(changed, ({ feed }) => feed);
  for (const feed of feeds) {
    const state = next[feed.id];
    const edited = new Map(edits.get(feed.id)?.map((entry) => [entry.id, entry]));
    if (state === undefined || edited.size === 0) continue;
    const before = entries.filter((entry) => entry.feed === feed.id);
    const after = [
      ...before.map((entry) => edited.get(entry.id) ?? entry),
      ...newEntries.filter((entry) => entry.feed === feed.id),
    ];
    const formerAuthors = withRenamedNames(state.formerAuthors, before, edited, after, feed);
    if (formerAuthors !== null) next[feed.id] = { ...state, formerAuthors };
  }
  return next;
}

/** The former names with the new ones among them; null if no author was renamed. */
function withRenamedNames(
  former: FormerAuthors,
  before: readonly Entry[],
  edited: ReadonlyMap<string, Entry>,
  after: readonly Entry[],
  feed: FeedConfig,
): FormerAuthors | null {
  const namesOf = (entry: Entry) => creditOf(entry, feed).authors.map(({ name }) => name);
  const present = new Set(after.flatMap(namesOf).map(nameKey));
  const renamed = before.flatMap((entry) => {
    const [was, is] = [entry, edited.get(entry.id) ?? entry].map(namesOf) as [string[], string[]];
    const [gone, ...more] = was.filter((name) => !is.some((each) => nameKey(each) === nameKey(name)));
    const [now, ...others] = is.filter((name) => !was.some((each) => nameKey(each) === nameKey(name)));
    if (gone === undefined || now === undefined || more.length + others.length > 0) return [];
    return present.has(nameKey(gone)) ? [] : [{ gone, now, firstSeen: entry.firstSeen }];
  });
  if (renamed.length === 0) return null;
  const next = new Map(Object.entries(former));
  for (const [, entries] of Map.groupBy(renamed, ({ gone }) => nameKey(gone))) {
    const [gone = ''] = entries.map((entry) => entry.gone).sort(compareText);
    const [firstSeen = ''] = [next.get(gone)?.firstSeen ?? [], entries.map((one) => one.firstSeen)].flat().sort();
    next.delete(gone);
    next.set(gone, { now: mostFrequent(entries.map(({ now }) => now)), firstSeen });
  }
  // A former name that is in use again is no former name.
  return Object.fromEntries([...next].filter(([name]) => !present.has(nameKey(name))).slice(-MOST_FORMER_NAMES));
}

function mostFrequent(names: readonly string[]): string {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, { length }]) => ({ name, length }));
  return counts.sort((a, b) => b.length - a.length || compareText(a.name, b.name))[0]?.name ?? '';
}
