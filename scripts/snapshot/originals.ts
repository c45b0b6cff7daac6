import { credit } from '../../src/core/credit.ts';
import type { Entry, Ownership, SameBy } from '../../src/core/entry.ts';
import type { FeedStates } from '../../src/core/feed-state.ts';
import { peopleOf } from '../../src/core/name-lists.ts';
import { entryName } from '../../src/core/occurrences.ts';
import { compareText } from '../../src/core/periods.ts';
import type { FeedConfig, Planet } from '../../src/core/planet.ts';
import { identityFilter, identityKeys, placeKey } from '../../src/core/same-entry.ts';
import { type Judging, type Story, sameStory } from '../../src/core/same-story.ts';
import { isAtHome } from '../../src/core/web-address.ts';
import { Candidates, type StoryRecord, storyOf } from './duplicates.ts';

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
 * The newcomers, with `copyOf` and `sameBy` set in those that are copies. A stored entry stays the original, whichever feed has it
 * later: permalinks never change, and a feed that copies links and ids of another gains nothing. Among newcomers the original
 * is that of the author's own feed, then of the feed whose site hosts its link, then of the first feed in `planet.yaml`.
 * Newcomers that the archive holds already stay as they are.
 */
export function withOriginals(newcomers: readonly Entry[], stored: readonly Stored[], planet: OriginalsInput): Entry[] {
  const names = new Set(newcomers.map(entryName));
  const storedNames = new Set(stored.map(entryName).filter((name) => names.has(name)));
  const fresh = newcomers.filter((entry) => !storedNames.has(entryName(entry)));
  const mayHave = identityFilter(new Set(fresh.flatMap((entry) => identityKeys(entry))));
  const originals = originalsOf(stored.filter(mayHave), stored);
  const matches = matchesOf(fresh, originals.keys(), judgingContext(planet));
  const reasons = new Map<Stored, Ownership>();
  const decided = new Map<Entry, Entry>();
  for (const { entry, why } of byClaim(matches, planet)) {
    const found = (matches.get(entry) ?? []).flatMap(({ other, by }) => {
      const original = originals.get(other);
      return original === undefined || original.feed === entry.feed
        ? []
        : [{ original, by, isNew: reasons.has(original) }];
    });
    const [best] = found.sort((a, b) => Number(a.isNew) - Number(b.isNew) || CERTAINTY[a.by] - CERTAINTY[b.by]);
    originals.set(entry, best?.original ?? entry);
    if (best === undefined) reasons.set(entry, why);
    else {
      const { feed, id } = best.original;
      const copyOf = { feed, id, why: reasons.get(best.original) ?? 'first' };
      decided.set(entry, { ...entry, copyOf, sameBy: best.by });
    }
  }
  return newcomers.map((entry) => decided.get(entry) ?? entry);
}

type Stored = Entry | StoryRecord;

/** Each candidate and its original, which may be itself. A copy whose original is gone is left out. */
function originalsOf(related: readonly Stored[], stored: readonly Stored[]): Map<Stored, Stored> {
  const named = new Set(related.flatMap(({ copyOf }) => (copyOf === null ? [] : [entryName(copyOf)])));
  const own = named.size === 0 ? [] : stored.filter((record) => record.copyOf === null && named.has(entryName(record)));
  const byName = new Map(own.map((record) => [entryName(record), record]));
  const originals = new Map<Stored, Stored>();
  for (const record of related) {
    const original = record.copyOf === null ? record : byName.get(entryName(record.copyOf));
    if (original) originals.set(record, original);
  }
  return originals;
}

interface Match {
  other: Stored;
  by: SameBy;
}

/** For each newcomer, the entries that are the same story. */
function matchesOf(fresh: readonly Entry[], stored: Iterable<Stored>, judging: Judging): Map<Entry, Match[]> {
  const matches = new Map<Stored, Match[]>(fresh.map((entry) => [entry, []]));
  const candidates = new Candidates<Stored>([...stored, ...fresh]);
  const stories = new Map<Stored, Story>();
  const story = (of: Stored): Story => {
    const found = stories.get(of) ?? storyOf(of);
    stories.set(of, found);
    return found;
  };
  const judged = new Set<Stored>();
  for (const entry of fresh) {
    judged.add(entry);
    for (const { other, isCrowded } of candidates.of(entry)) {
      if (judged.has(other)) continue;
      const by = sameStory(story(entry), story(other), isCrowded, judging);
      if (by === null) continue;
      matches.get(entry)?.push({ other, by });
      matches.get(other)?.push({ other: entry, by });
    }
  }
  return new Map(fresh.map((entry) => [entry, matches.get(entry) ?? []]));
}

/** The surest first. */
const CERTAINTY: Record<SameBy, number> = { source: 0, text: 1, 'title-and-date': 2, title: 3, id: 4 };

/** The context in which `sameStory` compares entries of this planet. */
export function judgingContext({ feeds, homes, timezone = 'UTC' }: OriginalsInput): Judging {
  const places = new Map(
    feeds.map(({ id, url, home }) => {
      const addresses = [url, home, homes?.get(id)].flatMap((address) => (address ? [placeKey(address)] : []));
      return [id, new Set(addresses)];
    }),
  );
  return { timezone, placesOf: (feed) => places.get(feed) ?? new Set() };
}

interface Ranked {
  entry: Entry;
  why: Ownership;
}

const rank: Record<Ownership, number> = { first: 0, author: 1, site: 2, order: 3 };

/** The entry with the best claim to be the original comes first, whichever feed was read first. */
function byClaim(matches: ReadonlyMap<Entry, readonly Match[]>, planet: OriginalsInput): Ranked[] {
  const place = new Map(planet.feeds.map(({ id }, index) => [id, index]));
  const placeOf = ({ entry }: Ranked) => place.get(entry.feed) ?? place.size;
  return [...matches]
    .map(([entry, same]) => {
      const newcomers = same.flatMap(({ other }) => ('read' in other ? [] : [other]));
      return { entry, why: claimTo(entry, newcomers, planet) };
    })
    .sort((a, b) => rank[a.why] - rank[b.why] || placeOf(a) - placeOf(b) || byAge(a.entry, b.entry));
}

/** The older of two entries of one feed comes first: the same order for entries from a feed and from an archive. */
function byAge(a: Entry, b: Entry): number {
  return compareText(a.published, b.published) || compareText(a.id, b.id);
}

/**
 * The best claim of a feed to be the source of an entry. Only the settings of the operator count, and the statements of other
 * feeds. With its own statements a feed could take the entries of others by a link to itself.
 * @param same the copies of the entry in other feeds
 */
function claimTo(entry: Entry, same: readonly Entry[], planet: OriginalsInput): Ownership {
  const feed = planet.feeds.find(({ id }) => id === entry.feed);
  if (feed === undefined) return 'order';
  const own = new Set(
    [feed.home, feed.url].flatMap((address) => (address && URL.canParse(address) ? [placeKey(address)] : [])),
  );
  if (same.some((other) => originsOf(other, planet).some((address) => own.has(placeKey(address))))) return 'author';
  const saidHome = planet.homes?.get(feed.id) ?? null;
  return entry.url !== null && isAtHome(entry.url, { ...feed, saidHome }) ? 'site' : 'order';
}

/** The addresses that a copy names as the origin of the entry: its source feed, and the homes of its authors. */
function originsOf(entry: Entry, { feeds, authors }: OriginalsInput): string[] {
  const feed = feeds.find(({ id }) => id === entry.feed);
  const names = feed ? credit(entry, feed, peopleOf(authors)).authors : [];
  const { feedUrl, url, id } = entry.source ?? {};
  return [feedUrl, url, id, ...names.map((person) => person.url)].filter((address) => address !== undefined);
}
