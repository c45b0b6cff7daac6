import type { Entry } from '../../src/core/entry.ts';
import type { FeedState } from '../../src/core/feed-state.ts';
import { isOurPage } from '../../src/core/paths.ts';
import type { Planet } from '../../src/core/planet.ts';
import { compareText } from '../../src/core/text.ts';
import { editsOf, type Pair } from './edits.ts';
import type { FileSpace } from './file-space.ts';
import { keyOfPath, newIdentity } from './identity/entry-ids.ts';
import { identify, rejectedBy } from './identity/identify.ts';
import { createEntry } from './new-entry.ts';
import type { FeedReading } from './outcome.ts';
import type { EntryNote } from './report.ts';
import type { SanitisedEntry } from './sanitised-entry.ts';

/** The zone of the days in permalinks, and the addresses of the planet: a planet that follows us sends our own pages back, and those are no posts. */
export type PlanetFacts = Pick<Planet, 'timezone' | 'site' | 'idsFrom'>;

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
  planet: PlanetFacts,
  now: Date,
) {
  const { id } = reading.feed;
  const isRejected = rejectedBy(id, state.rejected);
  const sites = [planet.site, planet.idsFrom].filter((site) => site !== undefined);
  const skipReason = (entry: SanitisedEntry) => {
    if (sites.some((site) => isOurPage(entry.url, site))) return 'ours';
    return isRejected(entry) ? 'rejected' : null;
  };
  const incoming = reading.entries.filter((entry) => skipReason(entry) === null);
  const document = { feed: id, entries: incoming, isPart: reading.delta || reading.partial };
  const { matches, newEntries, memory, notes } = identify([...entries, ...waiting], document, state, planet, now);

  const isWaiting = new Set(waiting);
  const pairs = [...matches].map(([incoming, { entry: before, rule }]) => ({ incoming, before, rule }));
  const { matched = [], matchedWaiting = [] } = Object.groupBy(pairs, ({ before }) =>
    isWaiting.has(before) ? 'matchedWaiting' : 'matched',
  );
  const identities = new Map([...newEntries].map(([entry, name]) => [entry, newIdentity(id, name, isTaken)]));
  for (const { incoming, before } of matchedWaiting)
    identities.set(incoming, { feed: id, id: before.id, key: keyOfPath(before.path) });
  // A partial document changes no stored entry: it may be an old copy, or one that the server could not finish.
  const kept = withKeptFields(reading.partial ? [] : matched, reading, entries);
  const edits = editsOf(kept.pairs, state.stamped, now);
  const skipped = reading.entries.flatMap((entry): EntryNote[] => {
    const reason = skipReason(entry) ?? (matches.has(entry) || identities.has(entry) ? null : 'twice');
    return reason === null ? [] : [{ feed: id, outcome: 'skipped', reason: SKIP_REASONS[reason], entry }];
  });
  const isEmptied = reading.entries.length === 0 && !document.isPart && entries.length > 0;
  return {
    matched,
    matchedWaiting,
    added: [...identities.keys()],
    created: [...identities].map(([entry, name]) => createEntry(name, entry, planet, now)),
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

/** Fields that other software of a blog may leave out of all entries: that is no edit of each. */
const LOSABLE = ['authors', 'categories', 'rights'] as const;
type Losable = (typeof LOSABLE)[number];

function has(entry: Pick<Entry, Losable>, field: Losable): boolean {
  return (entry[field]?.length ?? 0) > 0;
}

/**
 * The pairs with the stored authors, categories and rights where no entry of a whole document has any, and most `entries`
 * up to the stored one had some: of a guest's post among nameless ones the blogger may remove the name.
 */
export function withKeptFields<P extends Pair>(pairs: readonly P[], document: FeedReading, entries: readonly Entry[]) {
  const isWhole = !document.delta && document.entries.length > 1;
  const missing = LOSABLE.filter(
    (field) =>
      isWhole && pairs.some(({ before }) => has(before, field)) && !document.entries.some((entry) => has(entry, field)),
  );
  if (missing.length === 0) return { pairs, notes: [] };
  const usual = new Map(missing.map((field) => [field, usualTimes(field, entries)]));
  const kept = new Set<Losable>();
  const next = pairs.map((pair) => {
    const lost = missing.filter((field) => has(pair.before, field) && usual.get(field)?.get(pair.before.firstSeen));
    for (const field of lost) kept.add(field);
    return { ...pair, incoming: { ...pair.incoming, ...Object.fromEntries(lost.map((it) => [it, pair.before[it]])) } };
  });
  return { pairs: next, notes: [...kept].map((field) => `no entry has ${field} now; those of stored entries stay`) };
}

/** By time, whether most entries up to then have the field. Made once: a feed may have 50,000 entries. */
function usualTimes(field: Losable, entries: readonly Entry[]): Map<string, boolean> {
  let having = 0;
  const bySight = entries.toSorted((a, b) => compareText(a.firstSeen, b.firstSeen));
  return new Map(
    bySight.map((entry, at) => {
      if (has(entry, field)) having += 1;
      return [entry.firstSeen, having * 2 > at + 1];
    }),
  );
}
