import type { Entry } from '../../src/core/entry.ts';
import type { FeedStates } from '../../src/core/feed-state.ts';
import { entryName } from '../../src/core/occurrences.ts';
import { compareText } from '../../src/core/periods.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import { identityFilter, identityKeys } from '../../src/core/same-entry.ts';
import { nothingAgrees } from '../../src/core/same-story.ts';
import { type StoryRecord, storyOf } from './duplicates.ts';
import { judgingContext, type OriginalsInput, withOriginals } from './originals.ts';

/**
 * Finds entries that an earlier version merged by a link or an id alone, and that agree in nothing else: they become entries of
 * their own again. Path, id and date stay. Each feed is checked once (`copiesJudged`), as later edits hide the old state.
 * @param records every entry of the archive; empty where it was not read
 * @param feeds the feeds whose entries this run may change
 */
export function judgeCopies(
  records: readonly StoryRecord[],
  feeds: readonly Pick<FeedConfig, 'id'>[],
  states: FeedStates,
  planet: OriginalsInput,
): { apart: Entry[]; next: FeedStates } {
  const unjudged = new Set(feeds.map(({ id }) => id).filter((id) => states[id]?.copiesJudged === false));
  if (records.length === 0 || unjudged.size === 0) return { apart: [], next: states };
  const judged = Object.entries(states).map(([id, state]) => [
    id,
    unjudged.has(id) ? { ...state, copiesJudged: true } : state,
  ]);
  return { apart: separated(records, unjudged, planet), next: Object.fromEntries(judged) };
}

/** The merged entries that agree in nothing, each judged again in the order in which they came. */
function separated(records: readonly StoryRecord[], feeds: ReadonlySet<string>, planet: OriginalsInput): Entry[] {
  const judging = judgingContext(planet);
  const originals = new Map(
    records.flatMap((record) => (record.copyOf === null ? [[entryName(record), record] as const] : [])),
  );
  const apart = records.filter((record) => {
    if (record.copyOf === null || record.sameBy !== undefined || !feeds.has(record.feed)) return false;
    const original = originals.get(entryName(record.copyOf));
    return original !== undefined && nothingAgrees(storyOf(record), storyOf(original), judging);
  });
  const near = candidatesFor(apart, records, originals);
  const judged: Entry[] = [];
  // Oldest first: a later entry may be a copy of an earlier one.
  const byTime = Map.groupBy(
    apart.map(({ read }) => read()),
    ({ firstSeen }) => firstSeen,
  );
  for (const [, entries] of [...byTime].sort(([a], [b]) => compareText(a, b))) {
    const newcomers = entries.map((entry) => ({ ...entry, copyOf: null }));
    judged.push(...withOriginals(newcomers, [...near, ...judged], planet));
  }
  return judged;
}

/** Replaces `copyOf` and `sameBy` in entries that are entries of their own again. */
export function withApart<T extends Pick<Entry, 'feed' | 'id' | 'copyOf' | 'sameBy'>>(
  entries: readonly T[],
  apart: readonly Entry[],
): readonly T[] {
  if (apart.length === 0) return entries;
  const byName = new Map(apart.map((entry) => [entryName(entry), entry]));
  return entries.map((entry) => {
    const now = byName.get(entryName(entry));
    return now === undefined ? entry : { ...entry, copyOf: now.copyOf, sameBy: now.sameBy };
  });
}

/** Records that may be the same story as one of the separated entries, and their originals; without those entries. */
function candidatesFor(
  apart: readonly StoryRecord[],
  records: readonly StoryRecord[],
  originals: ReadonlyMap<string, StoryRecord>,
): Set<StoryRecord> {
  const mayHave = identityFilter(new Set(apart.flatMap((record) => identityKeys(record))));
  const [excluded, near] = [new Set(apart), new Set<StoryRecord>()];
  for (const record of records) {
    if (excluded.has(record) || !mayHave(record)) continue;
    const original = record.copyOf === null ? record : originals.get(entryName(record.copyOf));
    near.add(record).add(original ?? record);
  }
  return near;
}
