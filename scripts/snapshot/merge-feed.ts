import type { Entry } from '../../src/core/entry.ts';
import type { FeedState } from '../../src/core/feed-state.ts';
import { isOurPage } from '../../src/core/paths.ts';
import { dating, instant } from './dating.ts';
import { editsOf } from './edits.ts';
import { type EntryNote, leftOutNote } from './entry-notes.ts';
import { identify, rejectedBy } from './identity/identify.ts';
import { RULES } from './identity/match-posts.ts';
import { keyIn, type Memory, NOTHING, nameEntry } from './identity/names.ts';
import { moderationReason } from './moderation.ts';
import { createEntry, updateEntry } from './new-entry.ts';
import type { FeedReading } from './outcome.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';

export interface Rules {
  /** The day in a new entry's permalink is the day in this zone. */
  timezone: string;
  /** The planet's own address: a planet that follows us sends our own pages back, and they are nobody's posts. */
  site: string;
}

/** What is known of one feed. */
interface KnownOfFeed {
  entries: readonly Entry[];
  /** What waits for the operator and is not in the archive. */
  waiting: readonly Entry[];
  state: FeedState | undefined;
  /** Tells whether a permalink ends so, and takes it that from now on one does. */
  isTaken: (key: string) => boolean;
}

/** What becomes of one feed's entries. */
interface MergedFeed {
  newcomers: Entry[];
  changed: Entry[];
  held: Entry[];
  told: EntryNote[];
  count: Count;
}

export interface Count {
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

/** Lays what one feed said over what is known of it. */
export function mergeFeed(
  { entries, waiting, state, isTaken }: KnownOfFeed,
  reading: FeedReading,
  rules: Rules,
  now: Date,
): MergedFeed {
  const { id } = reading.feed;
  const isRejected = rejectedBy(id, state?.rejected);
  const outOf = (entry: SanitisedEntry) =>
    isOurPage(entry.url, rules.site) ? 'ours' : isRejected(entry) ? 'rejected' : null;
  const said = reading.entries.filter((entry) => outOf(entry) === null);
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
  const names = new Map([...newcomers].map(([entry, name]) => [entry, nameEntry(id, name, isTaken)]));
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
        moderationReason({
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
  const seen = [...names].map(([entry, name]) => createEntry(name, entry, rules, now));
  const leftOut = reading.entries.flatMap((entry) => {
    const reason = outOf(entry) ?? (found.has(entry) || names.has(entry) ? null : 'twice');
    return reason === null ? [] : [leftOutNote(id, entry, reason)];
  });
  const newTold = seen.map(
    (entry): EntryNote => ({ feed: id, what: 'new', why: 'nothing that is known is like it', entry }),
  );
  if (why) {
    // Old posts are not rewritten either: what would move them waits with the rest.
    const held = [...seen, ...moved.map(([entry, { entry: before }]) => updateEntry(before, entry, now))];
    const told = held.map((entry): EntryNote => ({ feed: id, what: 'held', why, entry }));
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
  const changedTold = changed.map((entry): EntryNote => {
    const rule = ruleOf.get(entry.id);
    return { feed: id, what: 'changed', why: rule ? `known ${RULES[rule]}` : '', entry };
  });
  const rested = edits.rested.map((entry) => leftOutNote(id, entry, 'stamp'));
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
function youngerOf(newcomers: Iterable<SanitisedEntry>, entries: readonly Entry[], now: Date): number {
  const declared = entries.flatMap(({ published, publishedBy }) => (publishedBy === 'declared' ? published : []));
  const oldest = declared.reduce((a, b) => (a < b ? a : b), instant(now));
  return [...newcomers].filter((entry) => dating(entry.published ?? entry.updated, now).published >= oldest).length;
}
