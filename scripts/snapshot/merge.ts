import { isOurPage } from '../../src/lib/routes.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { FeedStates } from '../../src/model/state.ts';
import { edited, firstSight } from './entry.ts';
import { keyOf } from './identity.ts';
import type { Incoming } from './incoming.ts';
import type { Outcome, Reading } from './outcome.ts';
import { recognise } from './recognise.ts';
import { suspicion } from './suspicion.ts';

/** What the archive has to say to a snapshot. */
export interface Known {
  /** Every entry of the feeds that were read. */
  entries: readonly Entry[];
  /** What waits for the operator, of all feeds. */
  held: readonly Entry[];
  states: FeedStates;
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
}

interface Count {
  new: number;
  changed: number;
  /** Entries of the feed in the archive, after this snapshot. */
  entries: number;
  /** Why its new entries wait, and how many do; null where they do not. */
  holding: { why: string; entries: number } | null;
}

export interface Rules {
  /** The day in a new entry's permalink is the day in this zone. */
  timezone: string;
  /** The planet's own address: a planet that follows us sends our own pages back, and they are nobody's posts. */
  site: string;
}

/** Lays what the feeds said over what is known of them. Nothing is ever taken away. */
export function merge(known: Known, outcomes: readonly Outcome[], rules: Rules, now: Date): Merged {
  const ofFeed = Map.groupBy(known.entries, ({ feed }) => feed);
  const held = new Map(known.held.map((entry) => [keyOf(entry.feed, entry.id), entry]));
  const merged: Merged = { newcomers: [], changed: [], held: [], counts: new Map() };
  for (const reading of outcomes) {
    if (reading.kind !== 'read') continue;
    const entries = ofFeed.get(reading.feed.id) ?? [];
    const part = mergeFeed(entries, reading, known, rules, now);
    merged.newcomers.push(...part.newcomers);
    merged.changed.push(...part.changed);
    merged.counts.set(reading.feed.id, part.count);
    for (const entry of part.held) {
      const key = keyOf(entry.feed, entry.id);
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

interface Part extends Omit<Merged, 'counts'> {
  count: Count;
}

function mergeFeed(entries: readonly Entry[], reading: Reading, { states }: Known, rules: Rules, now: Date): Part {
  const { id } = reading.feed;
  const state = states[id];
  const rejected = new Set(state?.rejected);
  const incoming = firstOfEachId(reading.entries).filter(
    (entry) => !rejected.has(keyOf(id, entry.id)) && !isOurPage(entry.url, rules.site),
  );
  const recognised = recognise(entries, incoming);
  const newcomers = incoming.filter((entry) => !recognised.has(entry));
  // Half a document changes nothing that is known: it may be an old copy, or one that its server could not finish.
  const again = reading.partial ? [] : [...recognised];
  const moved = again.filter(([entry, before]) => entry.url !== before.url).map(([entry]) => entry);
  const newUrls = [...newcomers, ...moved].map(({ url }) => url);
  const why =
    state?.trouble?.outcome === 'held'
      ? state.trouble.reason
      : state && suspicion({ state, known: entries, reading, newcomers: newcomers.length, newUrls });
  const count = { new: 0, changed: 0, entries: entries.length, holding: null };
  const seen = (entry: Incoming) => firstSight(id, entry, rules, now);
  if (why) {
    // Old posts are not rewritten either: what would move them waits with the rest.
    const held = [...newcomers, ...moved].map(seen);
    return { newcomers: [], changed: [], held, count: { ...count, holding: { why, entries: held.length } } };
  }
  const changed = again.flatMap(([entry, before]) => {
    const next = edited(before, entry, now);
    return next === before ? [] : [next];
  });
  return {
    newcomers: newcomers.map(seen),
    changed,
    held: [],
    count: { ...count, new: newcomers.length, changed: changed.length, entries: entries.length + newcomers.length },
  };
}

function firstOfEachId(entries: readonly Incoming[]): Incoming[] {
  const byId = new Map<string, Incoming>();
  for (const entry of entries) if (!byId.has(entry.id)) byId.set(entry.id, entry);
  return [...byId.values()];
}
