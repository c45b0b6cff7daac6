import { instant } from '../../src/core/dates.ts';
import type { Entry } from '../../src/core/entry.ts';
import type { FeedState } from '../../src/core/feed-state.ts';
import { isOurPage } from '../../src/core/paths.ts';
import { editsOf } from './edits.ts';
import type { FileSpace } from './file-space.ts';
import { type FeedMemory, keyOfPath, newIdentity } from './identity/entry-ids.ts';
import { identify, rejectedBy } from './identity/identify.ts';
import { MATCH_RULES } from './identity/match-rules.ts';
import { dating } from './identity/post.ts';
import { withKeptFields } from './kept-fields.ts';
import { authorsReason, isSettledByAddress, moderationReason, siteOf, waitingOfAddress } from './moderation.ts';
import { createEntry } from './new-entry.ts';
import type { FeedReading } from './outcome.ts';
import type { EntryNote } from './report.ts';
import { MOST_ENTRIES, type SanitisedEntry } from './sanitised-entry.ts';

export interface PlanetFacts {
  /** The day in a new entry's permalink is the day in this zone. */
  timezone: string;
  /** The planet's own address: a planet that follows us sends our own pages back, and those are no posts. */
  site: string;
  /** Its first address, if it has moved: such a planet may still list pages from there. */
  idsFrom?: string | undefined;
}

interface ExistingFeed {
  entries: readonly Entry[];
  /** Entries that wait for the operator and are not in the archive. */
  waiting: readonly Entry[];
  state: FeedState;
  /** Whether a key is taken. A key that was free is taken from then on. */
  isTaken: (key: string) => boolean;
  space: FileSpace;
}

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
  /** Whether an edit of this document is taken later. */
  postpones: boolean;
  notes: string[];
}

const RELEASED = 'it is as before again: the entries that waited for your decision are not in it, and are dropped';
const SETTLED =
  'it has another address in planet.yaml: entries that waited, and are not of the site there, are dropped';

export const SKIP_REASONS = {
  rejected: 'you rejected it',
  ours: 'it is a page of this planet',
  twice: 'the document has it twice',
  stamp: 'it changes a little in every run: updated once a day',
} as const;

export function mergeFeed(
  { entries, waiting, state, isTaken, space }: ExistingFeed,
  reading: FeedReading,
  rules: PlanetFacts,
  now: Date,
): MergedFeed {
  const { id } = reading.feed;
  const isRejected = rejectedBy(id, state.rejected);
  const sites = [rules.site, ...(rules.idsFrom === undefined ? [] : [rules.idsFrom])];
  const skipReason = (entry: SanitisedEntry) => {
    if (sites.some((site) => isOurPage(entry.url, site))) return 'ours';
    return isRejected(entry) ? 'rejected' : null;
  };
  const incoming = reading.entries.filter((entry) => skipReason(entry) === null);
  const isPart = reading.delta || reading.partial;
  const document = { feed: id, entries: incoming, isPart };
  const identified = identify([...entries, ...waiting], document, state, rules, now);
  const { matches, memory } = identified;

  const isWaiting = new Set(waiting);
  const identities = new Map(
    [...identified.newEntries].map(([entry, name]) => [entry, newIdentity(id, name, isTaken)]),
  );
  for (const [entry, { entry: before }] of matches)
    if (isWaiting.has(before)) identities.set(entry, { feed: id, id: before.id, key: keyOfPath(before.path) });
  const matched = [...matches].flatMap(([entry, { entry: before, rule }]) =>
    isWaiting.has(before) ? [] : [{ incoming: entry, before, rule }],
  );
  // A partial document changes no stored entry: it may be an old copy, or one that the server could not finish.
  const kept = withKeptFields(reading.partial ? [] : matched, reading, entries);
  const updatable = kept.pairs;
  const moved = updatable.filter(({ incoming, before }) => incoming.url !== before.url);
  const { changed, stamped, postponed, unstable, notes } = editsOf(updatable, state.stamped, now);
  const hosts = new Set(entries.map(({ url }) => siteOf(url)));
  const isSettled = isSettledByAddress({ state, reading });
  const listed = new Set([...matches.values()].map(({ entry }) => entry));
  const unlisted = waiting.filter((entry) => !listed.has(entry));
  const left = isSettled ? waitingOfAddress(reading, unlisted, hosts) : [];
  const created = [
    ...[...identities].map(([entry, name]) => createEntry(name, entry, rules, now)),
    ...left.map((entry) => ({ ...entry, firstSeen: instant(now) })),
  ];
  const recent = recentEntries([...identities.keys()], entries, now);
  const reason = moderationReason({
    state,
    existing: entries,
    reading,
    newCount: recent.length,
    newUrls: [...identities.keys(), ...moved.map(({ incoming }) => incoming)].map(({ url }) => url),
    isRecognised: matched.some(({ rule }) => rule === 'id' || rule === 'link'),
    hasMatches: matched.length > 0,
    // Under another id and link, on a known host, it is a post that was published at a wrong address, and is now at its own.
    hasWaiting: [...matches].some(
      ([{ url }, { entry, rule }]) =>
        isWaiting.has(entry) && (rule === 'id' || rule === 'link' || !hosts.has(siteOf(url))),
    ),
  });
  const crowd = state.trusted ? null : authorsReason(reading, entries, recent);
  const tooMuch = reason ? null : (crowd ?? space.reserve(entries, [...created, ...changed], state.trusted));
  const holdReason = tooMuch ?? reason;
  const isReleased = isSettled || (state.trouble?.outcome === 'held' && !holdReason);

  const isEmptied = reading.entries.length === 0 && !isPart && entries.length > 0;
  const count: MergeCounts = {
    new: 0,
    changed: 0,
    entries: entries.length,
    hold: null,
    memory: state,
    stamped: state.stamped,
    postpones: unstable > 0,
    notes: [
      ...identified.notes,
      ...notes,
      ...kept.notes,
      ...(isEmptied ? ['it has no entry now; those in the archive stay'] : []),
      ...(isReleased ? [isSettled ? SETTLED : RELEASED] : []),
    ],
  };
  const note = (outcome: EntryNote['outcome'], reason: string, entry: EntryNote['entry']): EntryNote => {
    return { feed: id, outcome, reason, entry };
  };
  const skippedNotes = reading.entries.flatMap((entry) => {
    const reason = skipReason(entry) ?? (matches.has(entry) || identities.has(entry) ? null : 'twice');
    return reason === null ? [] : [note('skipped', SKIP_REASONS[reason], entry)];
  });
  if (holdReason) {
    // Edits that move a stored entry wait too, and all that are too much.
    const movedIds = new Set(moved.map(({ before }) => before.id));
    const edits = tooMuch ? changed : changed.filter((entry) => movedIds.has(entry.id));
    const held = [...created, ...edits];
    const heldNotes = held.map((entry) => note('held', holdReason, entry));
    const hold = { reason: holdReason, entries: held.length };
    const result = { held, isReleased, entryNotes: [...heldNotes, ...skippedNotes], count: { ...count, hold } };
    return { newEntries: [], changed: [], ...result };
  }
  const ruleOf = new Map(matched.map(({ before, rule }) => [before.id, `matched ${MATCH_RULES[rule]}`]));
  const entryNotes = [
    ...created.map((entry) => note('new', 'no stored entry is like it', entry)),
    ...changed.map((entry) => note('changed', ruleOf.get(entry.id) ?? '', entry)),
    ...postponed.map((entry) => note('skipped', SKIP_REASONS.stamp, entry)),
    ...skippedNotes,
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
  return newEntries.filter((entry) => dating(entry.published ?? entry.updated, now).published >= oldest);
}
