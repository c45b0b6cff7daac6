import type { Entry } from '../../src/core/entry.ts';
import type { FeedState } from '../../src/core/feed-state.ts';
import { isOurPage } from '../../src/core/paths.ts';
import { dating, instant } from './dating.ts';
import { editsOf } from './edits.ts';
import { type EntryNote, leftOutNote } from './entry-notes.ts';
import { identify, rejectedBy } from './identity/identify.ts';
import { RULES } from './identity/match-rules.ts';
import { keyIn, type Memory, NO_MEMORY, nameEntry } from './identity/names.ts';
import { moderationReason } from './moderation.ts';
import { createEntry, updateEntry } from './new-entry.ts';
import type { FeedReading } from './outcome.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';

export interface Rules {
  /** The day in a new entry's permalink is the day in this zone. */
  timezone: string;
  /** The planet's own address: a planet that follows us sends our own pages back, and those are no posts. */
  site: string;
}

/** The state of one feed before a snapshot. */
interface ExistingFeed {
  entries: readonly Entry[];
  /** Entries that wait for the operator and are not in the archive. */
  waiting: readonly Entry[];
  state: FeedState | undefined;
  /** Whether a key is taken. A key that was free is taken from then on. */
  isTaken: (key: string) => boolean;
}

/** The changes of a snapshot to one feed. */
interface MergedFeed {
  newcomers: Entry[];
  changed: Entry[];
  held: Entry[];
  entryNotes: EntryNote[];
  count: Count;
}

export interface Count {
  new: number;
  changed: number;
  /** Entries of the feed in the archive, after this snapshot. */
  entries: number;
  /** Why its new entries wait, and their number; null where none waits. */
  holding: { why: string; entries: number } | null;
  /** For matching its entries the next time. */
  memory: Memory;
  stamped: FeedState['stamped'];
  /** Sentences for the operator. */
  notes: string[];
}

/** Merges one document into the stored entries of its feed. */
export function mergeFeed(
  { entries, waiting, state, isTaken }: ExistingFeed,
  reading: FeedReading,
  rules: Rules,
  now: Date,
): MergedFeed {
  const { id } = reading.feed;
  const isRejected = rejectedBy(id, state?.rejected);
  const reasonOut = (entry: SanitisedEntry) =>
    isOurPage(entry.url, rules.site) ? 'ours' : isRejected(entry) ? 'rejected' : null;
  const incoming = reading.entries.filter((entry) => reasonOut(entry) === null);
  const isPart = reading.delta || reading.partial;
  const { found, newcomers, memory, notes } = identify(
    [...entries, ...waiting],
    { feed: id, entries: incoming, isPart },
    state ?? NO_MEMORY,
    rules,
    now,
  );
  const isWaiting = new Set(waiting);
  const recognised = [...found].filter(([, { entry }]) => !isWaiting.has(entry));
  const names = new Map([...newcomers].map(([entry, name]) => [entry, nameEntry(id, name, isTaken)]));
  for (const [entry, { entry: before }] of found)
    if (isWaiting.has(before)) names.set(entry, { feed: id, id: before.id, key: keyIn(before.path) });
  // A partial document changes no stored entry: it may be an old copy, or one that the server could not finish.
  const again = reading.partial ? [] : recognised;
  const moved = again.filter(([entry, { entry: before }]) => entry.url !== before.url);
  const newUrls = [...names.keys(), ...moved.map(([entry]) => entry)].map(({ url }) => url);
  const isRecognised = recognised.some(([, { rule }]) => rule === 'id' || rule === 'link');
  const why =
    state?.trouble?.outcome === 'held'
      ? state.trouble.reason
      : state &&
        moderationReason({
          state,
          existing: entries,
          reading,
          newcomers: countYounger(names.keys(), entries, now),
          newUrls,
          isRecognised,
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
  const seen = [...names].map(([entry, name]) => createEntry(name, entry, rules, now));
  const leftOut = reading.entries.flatMap((entry) => {
    const reason = reasonOut(entry) ?? (found.has(entry) || names.has(entry) ? null : 'twice');
    return reason === null ? [] : [leftOutNote(id, entry, reason)];
  });
  const newNotes = seen.map(
    (entry): EntryNote => ({ feed: id, outcome: 'new', why: 'nothing that is known is like it', entry }),
  );
  if (why) {
    // Edits that move a stored entry wait too.
    const held = [...seen, ...moved.map(([entry, { entry: before }]) => updateEntry(before, entry, now))];
    const heldNotes = held.map((entry): EntryNote => ({ feed: id, outcome: 'held', why, entry }));
    return {
      newcomers: [],
      changed: [],
      held,
      entryNotes: [...heldNotes, ...leftOut],
      count: { ...count, holding: { why, entries: held.length } },
    };
  }
  const { changed, stamped } = edits;
  const ruleOf = new Map(recognised.map(([, { entry, rule }]) => [entry.id, rule]));
  const changedNotes = changed.map((entry): EntryNote => {
    const rule = ruleOf.get(entry.id);
    return { feed: id, outcome: 'changed', why: rule ? `known ${RULES[rule]}` : '', entry };
  });
  const skipped = edits.skipped.map((entry) => leftOutNote(id, entry, 'stamp'));
  const total = entries.length + seen.length;
  return {
    newcomers: seen,
    changed,
    held: [],
    entryNotes: [...newNotes, ...changedNotes, ...skipped, ...leftOut],
    count: { ...count, new: seen.length, changed: changed.length, entries: total, memory, stamped },
  };
}

/** The number of newcomers that are not older than every stored entry. */
function countYounger(newcomers: Iterable<SanitisedEntry>, entries: readonly Entry[], now: Date): number {
  const declared = entries.flatMap(({ published, publishedBy }) => (publishedBy === 'declared' ? published : []));
  const oldest = declared.reduce((a, b) => (a < b ? a : b), instant(now));
  return [...newcomers].filter((entry) => dating(entry.published ?? entry.updated, now).published >= oldest).length;
}
