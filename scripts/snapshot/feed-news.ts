import type { Entry } from '../../src/core/entry.ts';
import type { FeedState } from '../../src/core/feed-state.ts';
import { isOurPage } from '../../src/core/paths.ts';
import { editsOf } from './edits.ts';
import type { FileSpace } from './file-space.ts';
import { keyOfPath, newIdentity } from './identity/entry-ids.ts';
import { identify, rejectedBy } from './identity/identify.ts';
import { withKeptFields } from './kept-fields.ts';
import { createEntry } from './new-entry.ts';
import type { FeedReading } from './outcome.ts';
import type { EntryNote } from './report.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';

export interface PlanetFacts {
  /** The day in a new entry's permalink is the day in this zone. */
  timezone: string;
  /** The planet's own address: a planet that follows us sends our own pages back, and those are no posts. */
  site: string;
  /** Its first address, if it has moved: such a planet may still list pages from there. */
  idsFrom?: string | undefined;
}

export interface ExistingFeed {
  entries: readonly Entry[];
  /** Entries that wait for the operator and are not in the archive. */
  waiting: readonly Entry[];
  /** Edits of stored entries that wait. */
  edits: readonly Entry[];
  state: FeedState;
  /** Whether a key is taken. A key that was free is taken from then on. */
  isTaken: (key: string) => boolean;
  space: FileSpace;
}

export const SKIP_REASONS = {
  rejected: 'you rejected it',
  ours: 'it is a page of this planet',
  twice: 'the document has it twice',
  stamp: 'it changes a little in every run: updated once a day',
} as const;

/** What a document says that the archive does not have yet: new entries, also those that wait, and edits of stored ones. */
export function newsOf(
  { entries, waiting, state, isTaken }: ExistingFeed,
  reading: FeedReading,
  rules: PlanetFacts,
  now: Date,
) {
  const { id } = reading.feed;
  const isRejected = rejectedBy(id, state.rejected);
  const sites = [rules.site, ...(rules.idsFrom === undefined ? [] : [rules.idsFrom])];
  const skipReason = (entry: SanitisedEntry) => {
    if (sites.some((site) => isOurPage(entry.url, site))) return 'ours';
    return isRejected(entry) ? 'rejected' : null;
  };
  const incoming = reading.entries.filter((entry) => skipReason(entry) === null);
  const document = { feed: id, entries: incoming, isPart: reading.delta || reading.partial };
  const { matches, newEntries, memory, notes } = identify([...entries, ...waiting], document, state, rules, now);

  const isWaiting = new Set(waiting);
  const identities = new Map([...newEntries].map(([entry, name]) => [entry, newIdentity(id, name, isTaken)]));
  for (const [entry, { entry: before }] of matches)
    if (isWaiting.has(before)) identities.set(entry, { feed: id, id: before.id, key: keyOfPath(before.path) });
  const matched = [...matches].flatMap(([entry, { entry: before, rule }]) =>
    isWaiting.has(before) ? [] : [{ incoming: entry, before, rule }],
  );
  // A partial document changes no stored entry: it may be an old copy, or one that the server could not finish.
  const kept = withKeptFields(reading.partial ? [] : matched, reading, entries);
  const edits = editsOf(kept.pairs, state.stamped, now);
  const skipped = reading.entries.flatMap((entry): EntryNote[] => {
    const reason = skipReason(entry) ?? (matches.has(entry) || identities.has(entry) ? null : 'twice');
    return reason === null ? [] : [{ feed: id, outcome: 'skipped', reason: SKIP_REASONS[reason], entry }];
  });
  const isEmptied = reading.entries.length === 0 && !document.isPart && entries.length > 0;
  return {
    matches,
    matched,
    added: [...identities.keys()],
    created: [...identities].map(([entry, name]) => createEntry(name, entry, rules, now)),
    moved: kept.pairs.filter(({ incoming, before }) => incoming.url !== before.url),
    edits,
    memory,
    notes: [
      ...notes,
      ...edits.notes,
      ...kept.notes,
      ...(isEmptied ? ['it has no entry now; those in the archive stay'] : []),
    ],
    skipped,
  };
}
