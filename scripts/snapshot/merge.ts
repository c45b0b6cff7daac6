import type { Entry } from '../../src/core/entry.ts';
import { entryKey } from '../../src/core/entry-keys.ts';
import { type FeedStates, newFeedState } from '../../src/core/feed-state.ts';
import { countText } from '../../src/core/text.ts';
import type { PlanetFacts } from './feed-news.ts';
import { FileSpace } from './file-space.ts';
import { keyOfPath } from './identity/entry-ids.ts';
import { type MergeCounts, mergeFeed } from './merge-feed.ts';
import { withPlaceOf } from './new-entry.ts';
import type { Outcome } from './outcome.ts';
import type { EntryNote } from './report.ts';

interface ArchiveState {
  /** All entries of the feeds that were read, and perhaps of others. */
  entries: readonly Entry[];
  /** Entries that wait for the operator, of all feeds. */
  held: readonly Entry[];
  states: FeedStates;
  /** The keys of all entries: the ends of their permalinks. */
  keys: readonly string[];
  /** The bytes of each month; a missing one has none. */
  sizes?: ReadonlyMap<string, number>;
}

export interface Merged {
  newEntries: Entry[];
  changed: Entry[];
  /** Entries that wait for the operator after this snapshot, of all feeds. */
  held: Entry[];
  /** By feed id, for the feeds that were read. */
  counts: Map<string, MergeCounts>;
  entryNotes: EntryNote[];
}

/** Merges the feeds that were read into the archive. Never removes an entry. */
export function merge(archive: ArchiveState, outcomes: readonly Outcome[], planet: PlanetFacts, now: Date): Merged {
  const ofFeed = Map.groupBy(archive.entries, ({ feed }) => feed);
  const held = new Map(archive.held.map((entry) => [entryKey(entry), entry]));
  const isTaken = takenKeys(archive);
  const space = new FileSpace(archive.sizes ?? new Map(), archive.held);
  const merged: Merged = { newEntries: [], changed: [], held: [], counts: new Map(), entryNotes: [] };
  for (const reading of outcomes) {
    if (reading.kind !== 'read') continue;
    const { id, url } = reading.feed;
    const isPart = reading.delta || reading.partial;
    const state = archive.states[id] ?? newFeedState(url);
    const entries = ofFeed.get(id) ?? [];
    // Held edits of stored entries have their ids.
    const stored = new Map(entries.map((entry) => [entry.id, entry]));
    const heldHere = archive.held.filter((entry) => entry.feed === id);
    const waiting = heldHere.filter((entry) => !stored.has(entry.id));
    const edits = heldHere.flatMap((entry) => withPlaceOf(stored.get(entry.id), entry) ?? []);
    const part = mergeFeed({ entries, waiting, edits, state, isTaken, space }, reading, planet, now);
    merged.newEntries.push(...part.newEntries);
    merged.changed.push(...part.changed);
    merged.entryNotes.push(...part.entryNotes);
    merged.counts.set(id, part.count);
    if (part.isReleased) for (const [key, entry] of held) if (entry.feed === id) held.delete(key);
    let withoutSpace = 0;
    for (const entry of part.held) {
      const key = entryKey(entry);
      // The first version stays: it has the date and the path of the first sight.
      if (held.has(key)) continue;
      // Only a whole document tells that a post moved; in a part of it, one whose edit waits looks new.
      if (isPart && !stored.has(entry.id) && edits.some((edit) => isOneVersion(edit, entry))) continue;
      if (space.reserveHeld(entry)) held.set(key, entry);
      else withoutSpace += 1;
    }
    if (withoutSpace > 0) {
      part.count.postpones = true;
      part.count.notes.push(
        `${countText(withoutSpace, 'entry', 'entries')} found no room in held.ndjson; decide on the others first`,
      );
    }
    const { hold } = part.count;
    if (hold) hold.entries = [...held.values()].filter((entry) => entry.feed === id).length;
  }
  merged.held = [...held.values()];
  return merged;
}

function isOneVersion(a: Entry, b: Entry): boolean {
  return (a.url ?? a.id) === (b.url ?? b.id) && a.title === b.title && a.content === b.content;
}

/** Returns a test whether a key is taken. A key that was free is taken from then on. */
function takenKeys({ held, keys }: ArchiveState): (key: string) => boolean {
  let taken: Set<string> | null = null;
  return (key) => {
    taken ??= new Set([...keys, ...held.map(({ path }) => keyOfPath(path))]);
    if (taken.has(key)) return true;
    taken.add(key);
    return false;
  };
}
