import { instant } from '../../src/core/dates.ts';
import type { Entry } from '../../src/core/entry.ts';
import type { FeedState } from '../../src/core/feed-state.ts';
import { dating, MOST_ENTRIES } from './feed-entry.ts';
import { type ExistingFeed, newsOf, type PlanetFacts, SKIP_REASONS } from './feed-news.ts';
import type { FeedMemory } from './identity/entry-ids.ts';
import { MATCH_RULES } from './identity/match-rules.ts';
import {
  authorsReason,
  isSettledByAddress,
  moderationReason,
  needsRest,
  siteOf,
  waitingOfAddress,
} from './moderation.ts';
import type { FeedReading } from './outcome.ts';
import type { EntryNote } from './report.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';

interface MergedFeed {
  newEntries: Entry[];
  changed: Entry[];
  held: Entry[];
  /** Whether a held feed is as before again, or has another address: its earlier held entries are dropped. */
  isReleased: boolean;
  entryNotes: EntryNote[];
  count: MergeCounts;
}

export interface MergeCounts {
  new: number;
  changed: number;
  /** Entries of the feed in the archive, after this snapshot. */
  entries: number;
  /** Why its new entries wait, and their number; null if none waits. */
  hold: { reason: string; entries: number } | null;
  memory: FeedMemory;
  stamped: FeedState['stamped'];
  /** Whether some of this document is taken later: the next run asks for all of it. */
  postpones: boolean;
  notes: string[];
}

const RELEASED = 'it is as before again: the entries that waited for your decision are not in it, and are dropped';
const SETTLED =
  'it has another address in planet.yaml: entries that waited, and are not of the site there, are dropped';

/** What becomes of one feed that was read: its news are taken, or wait for the operator. */
export function mergeFeed(existing: ExistingFeed, reading: FeedReading, planet: PlanetFacts, now: Date): MergedFeed {
  const { entries, waiting, edits, state, space } = existing;
  const { id } = reading.feed;
  const news = newsOf(existing, reading, planet, now);
  const { matched, matchedWaiting, added, moved, memory } = news;
  const { stamped, postponed, unstable } = news.edits;
  const hosts = new Set(entries.map(({ url }) => siteOf(url)));
  const isSettled = isSettledByAddress({ state, reading });
  const listed = new Set([...matched, ...matchedWaiting].map(({ before }) => before.id));
  const left = (held: readonly Entry[]) => (isSettled ? waitingOfAddress(reading, held, hosts) : []);
  const isUnlisted = ({ id }: Entry) => !listed.has(id);
  // A partial document moves no stored entry, also if it lists it.
  const leftEdits = left(reading.partial ? edits : edits.filter(isUnlisted));
  const leftNew = left(waiting.filter(isUnlisted)).map((entry) => ({ ...entry, firstSeen: instant(now) }));
  const created = [...news.created, ...leftNew];
  const changed = [...news.edits.changed, ...leftEdits];
  const recent = recentEntries(added, entries, now);
  const evidence = {
    state,
    existing: entries,
    reading,
    newCount: recent.length,
    newUrls: [...added, ...moved.map(({ incoming }) => incoming)].map(({ url }) => url),
    isRecognised: matched.some(({ rule }) => rule === 'id' || rule === 'link'),
    hasMatches: matched.length > 0,
    // Under another id and link, on a known host, it is a post that was published at a wrong address, and is now at its own.
    hasWaiting: matchedWaiting.some(
      ({ incoming, rule }) => rule === 'id' || rule === 'link' || !hosts.has(siteOf(incoming.url)),
    ),
  };
  const isForRest = needsRest(evidence);
  const reason = moderationReason(evidence);
  const crowd = state.trusted ? null : authorsReason(reading, entries, recent);
  const tooMuch = reason ? null : (crowd ?? space.reserve(entries, [...created, ...changed], state.trusted));
  const holdReason = tooMuch ?? reason;
  const isReleased = isSettled || (state.trouble?.outcome === 'held' && !holdReason);

  const count: MergeCounts = {
    new: 0,
    changed: 0,
    entries: entries.length,
    hold: null,
    memory: state,
    stamped: state.stamped,
    postpones: unstable > 0 || isForRest,
    notes: [...news.notes, ...(isReleased ? [isSettled ? SETTLED : RELEASED] : [])],
  };
  const note = (outcome: EntryNote['outcome'], reason: string, entry: EntryNote['entry']): EntryNote => {
    return { feed: id, outcome, reason, entry };
  };
  if (holdReason) {
    // Edits that move a stored entry wait too, and all that are too much.
    const movedIds = new Set([...moved.map(({ before }) => before), ...leftEdits].map((entry) => entry.id));
    const held = isForRest
      ? []
      : [...created, ...(tooMuch ? changed : changed.filter((entry) => movedIds.has(entry.id)))];
    const heldNotes = held.map((entry) => note('held', holdReason, entry));
    const hold = { reason: holdReason, entries: held.length };
    const result = { held, isReleased, entryNotes: [...heldNotes, ...news.skipped], count: { ...count, hold } };
    return { newEntries: [], changed: [], ...result };
  }
  const ruleOf = new Map(matched.map(({ before, rule }) => [before.id, `matched ${MATCH_RULES[rule]}`]));
  const entryNotes = [
    ...created.map((entry) => note('new', 'no stored entry is like it', entry)),
    ...changed.map((entry) => note('changed', ruleOf.get(entry.id) ?? 'its edit waited', entry)),
    ...postponed.map((entry) => note('skipped', SKIP_REASONS.stamp, entry)),
    ...news.skipped,
  ];
  const counts = { new: created.length, changed: changed.length, entries: entries.length + created.length };
  return {
    newEntries: created,
    changed,
    held: [],
    isReleased,
    entryNotes,
    count: { ...count, ...counts, memory, stamped },
  };
}

/** The new entries that are newer than the oldest stored one: a longer document of the feed brings older ones. All, if the feed has many stored. */
function recentEntries(newEntries: readonly SanitisedEntry[], entries: readonly Entry[], now: Date): SanitisedEntry[] {
  if (entries.length >= MOST_ENTRIES) return [...newEntries];
  const declared = entries.flatMap(({ published, publishedBy }) => (publishedBy === 'declared' ? published : []));
  const oldest = declared.reduce((a, b) => (a < b ? a : b), instant(now));
  return newEntries.filter((entry) => dating(entry, now).published >= oldest);
}
