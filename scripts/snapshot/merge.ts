import type { Entry } from '../../src/core/entry.ts';
import type { FeedStates } from '../../src/core/feed-state.ts';
import { entryName } from '../../src/core/occurrences.ts';
import type { EntryNote } from './entry-notes.ts';
import { keyIn } from './identity/names.ts';
import { type Count, mergeFeed, type Rules } from './merge-feed.ts';
import type { Outcome } from './outcome.ts';

/** What the archive has to say to a snapshot. */
export interface ArchiveState {
  /** Every entry of the feeds that were read. */
  entries: readonly Entry[];
  /** What waits for the operator, of all feeds. */
  held: readonly Entry[];
  states: FeedStates;
  /** How the permalinks of all entries of the archive end. */
  keys: readonly string[];
}

/** What a snapshot changes in the archive. All else stays as it is, whatever the feeds said. */
export interface Merged {
  /** Entries that are not in the archive yet. */
  newcomers: Entry[];
  /** Entries that say something else than before. */
  changed: Entry[];
  /** What waits for the operator after this snapshot, of all feeds. */
  held: Entry[];
  /** By feed id, for the feeds that were read. */
  counts: Map<string, Count>;
  /** What became of each entry that was not as before. */
  told: EntryNote[];
}

/** Lays what the feeds said over what is known of them. Nothing is ever taken away. */
export function merge(known: ArchiveState, outcomes: readonly Outcome[], rules: Rules, now: Date): Merged {
  const ofFeed = Map.groupBy(known.entries, ({ feed }) => feed);
  const held = new Map(known.held.map((entry) => [entryName(entry), entry]));
  const isTaken = takenKeys(known);
  const merged: Merged = { newcomers: [], changed: [], held: [], counts: new Map(), told: [] };
  for (const reading of outcomes) {
    if (reading.kind !== 'read') continue;
    const { id } = reading.feed;
    const entries = ofFeed.get(id) ?? [];
    const waiting = waitingOf(id, entries, known.held);
    const part = mergeFeed({ entries, waiting, state: known.states[id], isTaken }, reading, rules, now);
    merged.newcomers.push(...part.newcomers);
    merged.changed.push(...part.changed);
    merged.told.push(...part.told);
    merged.counts.set(id, part.count);
    for (const entry of part.held) {
      const key = entryName(entry);
      // As it was first held: its date and place are those of first sight.
      if (!held.has(key)) held.set(key, entry);
    }
  }
  merged.held = [...held.values()];
  for (const [feed, { holding }] of merged.counts) {
    if (holding) holding.entries = merged.held.filter((entry) => entry.feed === feed).length;
  }
  return merged;
}

/** Tells whether a permalink ends so, and takes it that from now on one does. */
function takenKeys({ entries, held, keys }: ArchiveState): (key: string) => boolean {
  let taken: Set<string> | null = null;
  return (key) => {
    taken ??= new Set([...keys, ...[...entries, ...held].map(({ path }) => keyIn(path))]);
    if (taken.has(key)) return true;
    taken.add(key);
    return false;
  };
}

/** What waits of a feed and is not in the archive. */
function waitingOf(feed: string, entries: readonly Entry[], held: readonly Entry[]): Entry[] {
  const mine = held.filter((entry) => entry.feed === feed);
  const ids = new Set(mine.length === 0 ? [] : entries.map(({ id }) => id));
  return mine.filter(({ id }) => !ids.has(id));
}
