import { isOurPage } from '../../src/lib/routes.ts';
import { nameOf } from '../../src/lib/via.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { FeedState, FeedStates } from '../../src/model/state.ts';
import { dating, instant } from './dating.ts';
import { editsOf } from './edits.ts';
import { edited, firstSight } from './entry.ts';
import { identify } from './identity/identify.ts';
import { keyIn, named } from './identity/names.ts';
import { type Memory, NOTHING, RULES } from './identity/recognise.ts';
import { rejectedBy } from './identity/rejected.ts';
import type { Incoming } from './incoming.ts';
import type { Outcome, Reading } from './outcome.ts';
import { suspicion } from './suspicion.ts';
import { left, type Told } from './told.ts';

/** What the archive has to say to a snapshot. */
export interface Known {
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
  told: Told[];
}

interface Count {
  new: number;
  changed: number;
  /** Entries of the feed in the archive, after this snapshot. */
  entries: number;
  /** Why its new entries wait, and how many do; null where they do not. */
  holding: { why: string; entries: number } | null;
  /** What to know its entries by the next time. */
  memory: Memory;
  stamped: FeedState['stamped'];
  /** What an operator should know, in sentences. */
  notes: string[];
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
  const held = new Map(known.held.map((entry) => [nameOf(entry), entry]));
  const isTaken = takenKeys(known);
  const merged: Merged = { newcomers: [], changed: [], held: [], counts: new Map(), told: [] };
  for (const reading of outcomes) {
    if (reading.kind !== 'read') continue;
    const entries = ofFeed.get(reading.feed.id) ?? [];
    const part = mergeFeed(entries, reading, known, rules, now, isTaken);
    merged.newcomers.push(...part.newcomers);
    merged.changed.push(...part.changed);
    merged.told.push(...part.told);
    merged.counts.set(reading.feed.id, part.count);
    for (const entry of part.held) {
      const key = nameOf(entry);
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

type IsTaken = (key: string) => boolean;

/** Tells whether a permalink ends so, and takes it that from now on one does. */
function takenKeys({ entries, held, keys }: Known): IsTaken {
  let taken: Set<string> | null = null;
  return (key) => {
    taken ??= new Set([...keys, ...[...entries, ...held].map(({ path }) => keyIn(path))]);
    if (taken.has(key)) return true;
    taken.add(key);
    return false;
  };
}

function mergeFeed(
  entries: readonly Entry[],
  reading: Reading,
  known: Known,
  rules: Rules,
  now: Date,
  isTaken: IsTaken,
): Part {
  const { id } = reading.feed;
  const state = known.states[id];
  const isRejected = rejectedBy(id, state?.rejected);
  const outOf = (entry: Incoming) =>
    isOurPage(entry.url, rules.site) ? 'ours' : isRejected(entry) ? 'rejected' : null;
  const said = reading.entries.filter((entry) => outOf(entry) === null);
  const waiting = waitingOf(id, entries, known.held);
  const isPart = reading.delta || reading.partial;
  const { found, newcomers, memory, notes } = identify(
    [...entries, ...waiting],
    { feed: id, entries: said, isPart },
    state ?? NOTHING,
    rules,
    now,
  );
  const isWaiting = new Set(waiting);
  const recognised = [...found].filter(([, { entry }]) => !isWaiting.has(entry));
  const names = new Map([...newcomers].map(([entry, name]) => [entry, named(id, name, isTaken)]));
  for (const [entry, { entry: before }] of found)
    if (isWaiting.has(before)) names.set(entry, { feed: id, id: before.id, key: keyIn(before.path) });
  // Half a document changes nothing that is known: it may be an old copy, or one that its server could not finish.
  const again = reading.partial ? [] : recognised;
  const moved = again.filter(([entry, { entry: before }]) => entry.url !== before.url);
  const newUrls = [...names.keys(), ...moved.map(([entry]) => entry)].map(({ url }) => url);
  const isKnown = recognised.some(([, { rule }]) => rule === 'id' || rule === 'link');
  const why =
    state?.trouble?.outcome === 'held'
      ? state.trouble.reason
      : state &&
        suspicion({
          state,
          known: entries,
          reading,
          newcomers: youngerOf(names.keys(), entries, now),
          newUrls,
          isKnown,
        });
  const stampedBefore = state?.stamped ?? {};
  const edits = editsOf(
    again.map(([entry, { entry: before }]) => [entry, before]),
    stampedBefore,
    now,
  );
  const emptied = reading.entries.length === 0 && !isPart && entries.length > 0;
  const count: Count = {
    new: 0,
    changed: 0,
    entries: entries.length,
    holding: null,
    memory: state ?? memory,
    stamped: stampedBefore,
    notes: [...notes, ...edits.notes, ...(emptied ? ['it holds no entry now; those in the archive stay'] : [])],
  };
  const seen = [...names].map(([entry, name]) => firstSight(name, entry, rules, now));
  const leftOut = reading.entries.flatMap((entry) => {
    const reason = outOf(entry) ?? (found.has(entry) || names.has(entry) ? null : 'twice');
    return reason === null ? [] : [left(id, entry, reason)];
  });
  const newTold = seen.map(
    (entry): Told => ({ feed: id, what: 'new', why: 'nothing that is known is like it', entry }),
  );
  if (why) {
    // Old posts are not rewritten either: what would move them waits with the rest.
    const held = [...seen, ...moved.map(([entry, { entry: before }]) => edited(before, entry, now))];
    const told = held.map((entry): Told => ({ feed: id, what: 'held', why, entry }));
    return {
      newcomers: [],
      changed: [],
      held,
      told: [...told, ...leftOut],
      count: { ...count, holding: { why, entries: held.length } },
    };
  }
  const { changed, stamped } = edits;
  const ruleOf = new Map(recognised.map(([, { entry, rule }]) => [entry.id, rule]));
  const changedTold = changed.map((entry): Told => {
    const rule = ruleOf.get(entry.id);
    return { feed: id, what: 'changed', why: rule ? `known ${RULES[rule]}` : '', entry };
  });
  const rested = edits.rested.map((entry) => left(id, entry, 'stamp'));
  const total = entries.length + seen.length;
  return {
    newcomers: seen,
    changed,
    held: [],
    told: [...newTold, ...changedTold, ...rested, ...leftOut],
    count: { ...count, new: seen.length, changed: changed.length, entries: total, memory, stamped },
  };
}

/** How many are not older than all that the archive holds. */
function youngerOf(newcomers: Iterable<Incoming>, entries: readonly Entry[], now: Date): number {
  const declared = entries.flatMap(({ published, publishedBy }) => (publishedBy === 'declared' ? published : []));
  const oldest = declared.reduce((a, b) => (a < b ? a : b), instant(now));
  return [...newcomers].filter((entry) => dating(entry.published ?? entry.updated, now).published >= oldest).length;
}

/** What waits of a feed and is not in the archive. */
function waitingOf(feed: string, entries: readonly Entry[], held: readonly Entry[]): Entry[] {
  const mine = held.filter((entry) => entry.feed === feed);
  const ids = new Set(mine.length === 0 ? [] : entries.map(({ id }) => id));
  return mine.filter(({ id }) => !ids.has(id));
}
