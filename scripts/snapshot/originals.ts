import { nothingAgrees } from '../../src/core/copy-rules.ts';
import { creditOf } from '../../src/core/credit.ts';
import type { Entry, Ownership, SameBy } from '../../src/core/entry.ts';
import { candidateKeys, entryKey, feedAddressKey, identityFilter } from '../../src/core/entry-keys.ts';
import type { FeedStates } from '../../src/core/feed-state.ts';
import { type AuthorSettings, authorsByName } from '../../src/core/name-lists.ts';
import type { FeedConfig, Planet } from '../../src/core/planet.ts';
import { compareText } from '../../src/core/text.ts';
import { isAtHome } from '../../src/core/web-address.ts';
import { comparedEntry, copyContext, copyMatches, type StoredEntry, type StoredRecord } from './duplicates.ts';

/** The facts that decide which of several copies is the original: the order of the feeds, and the homes of feeds and authors. */
export interface OriginalsInput extends Pick<Planet, 'authors'>, Partial<Pick<Planet, 'timezone'>> {
  feeds: readonly Pick<FeedConfig, 'id' | 'url' | 'home' | 'title' | 'authors'>[];
  /** By feed id: the home page that the feed itself gives. */
  homes?: ReadonlyMap<string, string | null>;
}

export function homesOf(states: FeedStates): Map<string, string | null> {
  return new Map(Object.entries(states).map(([feed, { home }]) => [feed, home]));
}

/**
 * The new entries, with `copyOf` and `sameBy` set in those that are copies. A stored entry stays the original, whichever
 * feed has it later: permalinks never change, and a feed that copies links and ids of another gains nothing. Among
 * new entries the original is that of the author's own feed, then of the feed whose site hosts its link, then of the
 * first feed in `planet.yaml`. New entries that the archive holds already stay as they are.
 */
export function withOriginals(
  newEntries: readonly Entry[],
  stored: readonly StoredEntry[],
  planet: OriginalsInput,
): Entry[] {
  const ids = new Set(newEntries.map(({ id }) => id));
  const storedNames = new Set(stored.filter(({ id }) => ids.has(id)).map(entryKey));
  const added = newEntries.filter((entry) => !storedNames.has(entryKey(entry)));
  const mayHave = identityFilter(new Set(added.flatMap(candidateKeys)));
  const originals = new Map(stored.filter(mayHave).map((entry) => [entry, entry]));
  const matches = copyMatches(added, originals.keys(), copyContext(planet));
  const reasons = new Map<StoredEntry, Ownership>();
  const decided = new Map<Entry, Entry>();
  for (const { entry, claim } of byClaim(matches, planet)) {
    const found = (matches.get(entry) ?? []).flatMap(({ other, by }) => {
      const original = originals.get(other);
      return original === undefined || originalIds(original).feed === entry.feed
        ? []
        : [{ original, by, isNew: reasons.has(original) }];
    });
    const [best] = found.sort((a, b) => Number(a.isNew) - Number(b.isNew) || CERTAINTY[a.by] - CERTAINTY[b.by]);
    originals.set(entry, best?.original ?? entry);
    if (best === undefined) reasons.set(entry, claim);
    else {
      const { feed, id } = originalIds(best.original);
      const copyOf = { feed, id, why: reasons.get(best.original) ?? 'first' };
      decided.set(entry, { ...entry, copyOf, sameBy: best.by });
    }
  }
  return newEntries.map((entry) => decided.get(entry) ?? entry);
}

/** The value of `copyOf` in copies of this entry. A copy passes on the name of its original, which may be gone. */
function originalIds({ feed, id, copyOf }: StoredEntry): { feed: string; id: string } {
  return copyOf ?? { feed, id };
}

/** The surest first. */
const CERTAINTY: Record<SameBy, number> = { source: 0, text: 1, 'title-and-date': 2, title: 3, id: 4 };

const rank: Record<Ownership, number> = { first: 0, author: 1, site: 2, order: 3 };

/** The entry with the best claim to be the original comes first, whichever feed was read first. */
function byClaim(matches: ReturnType<typeof copyMatches>, planet: OriginalsInput) {
  const people = authorsByName(planet.authors);
  const order = new Map(planet.feeds.map(({ id }, index) => [id, index]));
  const orderOf = ({ entry }: { entry: Entry }) => order.get(entry.feed) ?? order.size;
  return [...matches]
    .map(([entry, same]) => {
      const newEntries = same.flatMap(({ other }) => ('read' in other ? [] : [other]));
      return { entry, claim: claimTo(entry, newEntries, planet, people) };
    })
    .sort((a, b) => rank[a.claim] - rank[b.claim] || orderOf(a) - orderOf(b));
}

/**
 * The best claim of a feed to be the source of an entry; `same` are its copies in other feeds. Only the settings of the
 * operator count, and the statements of other feeds: by its own, a feed could take entries of others with a link to
 * itself.
 */
function claimTo(entry: Entry, same: readonly Entry[], planet: OriginalsInput, people: AuthorSettings): Ownership {
  const feed = planet.feeds.find(({ id }) => id === entry.feed);
  if (feed === undefined) return 'order';
  const feedKeys = new Set([feed.home, feed.url].flatMap((address) => (address ? [feedAddressKey(address)] : [])));
  const origins = same.flatMap((other) => originAddresses(other, planet.feeds, people));
  if (origins.some((address) => feedKeys.has(feedAddressKey(address)))) return 'author';
  const declaredHome = planet.homes?.get(feed.id) ?? null;
  return entry.url !== null && isAtHome(entry.url, { ...feed, declaredHome }) ? 'site' : 'order';
}

/** The addresses that a copy names as the origin of the entry: its source feed, and the homes of its authors. */
function originAddresses(entry: Entry, feeds: OriginalsInput['feeds'], people: AuthorSettings): string[] {
  const feed = feeds.find(({ id }) => id === entry.feed);
  const names = feed ? creditOf(entry, feed, people).authors : [];
  const { feedUrl, url, id } = entry.source ?? {};
  return [feedUrl, url, id, ...names.map((person) => person.url)].filter((address) => address !== undefined);
}

/**
 * Entries that an earlier version merged by a link or an id alone, and that agree in nothing else, become entries of
 * their own again; path, id and date stay. `records` are those of the whole archive, or none. Each of the `feeds`,
 * which this run may change, is judged once (`copiesJudged`): later edits hide the old state.
 */
export function judgeCopies(
  records: readonly StoredRecord[],
  feeds: readonly Pick<FeedConfig, 'id'>[],
  states: FeedStates,
  planet: OriginalsInput,
): { separated: Entry[]; next: FeedStates } {
  const unjudged = new Set(feeds.map(({ id }) => id).filter((id) => states[id]?.copiesJudged === false));
  if (records.length === 0 || unjudged.size === 0) return { separated: [], next: states };
  const judged = Object.entries(states).map(([id, state]) => [
    id,
    unjudged.has(id) ? { ...state, copiesJudged: true } : state,
  ]);
  return { separated: separate(records, unjudged, planet), next: Object.fromEntries(judged) };
}

/** The merged entries that agree in nothing, each judged again in the order in which they came. */
function separate(records: readonly StoredRecord[], feeds: ReadonlySet<string>, planet: OriginalsInput): Entry[] {
  const context = copyContext(planet);
  const byName = new Map(records.map((record) => [entryKey(record), record]));
  const separated = records.filter((record) => {
    if (record.copyOf === null || record.sameBy !== undefined || !feeds.has(record.feed)) return false;
    const original = byName.get(entryKey(record.copyOf));
    return original !== undefined && nothingAgrees(comparedEntry(record), comparedEntry(original), context);
  });
  const mayHave = identityFilter(new Set(separated.flatMap(candidateKeys)));
  const excluded = new Set(separated);
  const near = records.filter((record) => !excluded.has(record) && mayHave(record));
  const judged: Entry[] = [];
  // Oldest first: a later entry may be a copy of an earlier one.
  const byTime = Map.groupBy(
    separated.map(({ read }) => read()),
    ({ firstSeen }) => firstSeen,
  );
  for (const [, entries] of [...byTime].sort(([a], [b]) => compareText(a, b))) {
    const newEntries = entries.map((entry) => ({ ...entry, copyOf: null }));
    judged.push(...withOriginals(newEntries, [...near, ...judged], planet));
  }
  return judged;
}

/** Replaces `copyOf` and `sameBy` in entries that are entries of their own again. */
export function withSeparated<T extends Pick<Entry, 'feed' | 'id' | 'copyOf' | 'sameBy'>>(
  entries: readonly T[],
  separated: readonly Entry[],
): readonly T[] {
  if (separated.length === 0) return entries;
  const byName = new Map(separated.map((entry) => [entryKey(entry), entry]));
  return entries.map((entry) => {
    const now = byName.get(entryKey(entry));
    return now === undefined ? entry : { ...entry, copyOf: now.copyOf, sameBy: now.sameBy };
  });
}
