import { credit } from '../../src/core/credit.ts';
import type { Entry, Ownership, SameBy } from '../../src/core/entry.ts';
import type { FeedStates } from '../../src/core/feed-state.ts';
import { peopleOf } from '../../src/core/name-lists.ts';
import { entryName } from '../../src/core/occurrences.ts';
import type { FeedConfig, Planet } from '../../src/core/planet.ts';
import { identityFilter, identityKeys, placeKey } from '../../src/core/same-entry.ts';
import { type Judging, type Story, sameStory } from '../../src/core/same-story.ts';
import { isAtHome } from '../../src/core/web-address.ts';
import { Candidates, type StoryRecord, storyOf } from './duplicates.ts';

/** What decides whose entry it is: the order of the feeds, and where feeds and authors are at home. */
export interface OriginalsInput extends Pick<Planet, 'authors'>, Partial<Pick<Planet, 'timezone'>> {
  feeds: readonly Pick<FeedConfig, 'id' | 'url' | 'home' | 'title' | 'authors'>[];
  /** By feed, its page for people as it says itself. */
  homes?: ReadonlyMap<string, string | null>;
}

export function homesOf(states: FeedStates): Map<string, string | null> {
  return new Map(Object.entries(states).map(([feed, { home }]) => [feed, home]));
}

/**
 * The newcomers, each told whose copy it is and by which rule. What the archive holds stays the owner, whoever brings it later: a
 * permalink never changes, and a feed that copies another's links and ids gains nothing. Among newcomers alone, the author's own
 * feed owns the entry, then the feed whose site hosts its link, then the one that stands first in `planet.yaml`. What the archive
 * holds already was judged when it came.
 */
export function withOriginals(newcomers: readonly Entry[], held: readonly Held[], planet: OriginalsInput): Entry[] {
  const old = namesIn(held, new Set(newcomers.map(entryName)));
  const fresh = newcomers.filter((entry) => !old.has(entryName(entry)));
  const mayHave = identityFilter(new Set(fresh.flatMap((entry) => identityKeys(entry))));
  const owners = ownersIn(held.filter(mayHave), held);
  const matches = matchesOf(fresh, owners.keys(), judgingContext(planet));
  const reasons = new Map<Held, Ownership>();
  const decided = new Map<Entry, Entry>();
  for (const { entry, why } of byRight(matches, planet)) {
    const found = (matches.get(entry) ?? []).flatMap(({ other, by }) => {
      const owner = owners.get(other);
      return owner === undefined || owner.feed === entry.feed ? [] : [{ owner, by, isNew: reasons.has(owner) }];
    });
    const [best] = found.sort((a, b) => Number(a.isNew) - Number(b.isNew) || strength(a.by) - strength(b.by));
    owners.set(entry, best?.owner ?? entry);
    if (best === undefined) reasons.set(entry, why);
    else {
      const { feed, id } = best.owner;
      const copyOf = { feed, id, why: reasons.get(best.owner) ?? 'first' };
      decided.set(entry, { ...entry, copyOf, sameBy: best.by });
    }
  }
  return newcomers.map((entry) => decided.get(entry) ?? entry);
}

type Held = Entry | StoryRecord;

function namesIn(held: readonly Held[], asked: ReadonlySet<string>): Set<string> {
  return new Set(held.map(entryName).filter((name) => asked.has(name)));
}

/** Of each entry that may be meant, whose it is: a copy is its owner's. One whose owner is gone is nobody's. */
function ownersIn(near: readonly Held[], held: readonly Held[]): Map<Held, Held> {
  const named = new Set(near.flatMap(({ copyOf }) => (copyOf === null ? [] : [entryName(copyOf)])));
  const own = named.size === 0 ? [] : held.filter((route) => route.copyOf === null && named.has(entryName(route)));
  const byName = new Map(own.map((route) => [entryName(route), route]));
  const owners = new Map<Held, Held>();
  for (const route of near) {
    const owner = route.copyOf === null ? route : byName.get(entryName(route.copyOf));
    if (owner) owners.set(route, owner);
  }
  return owners;
}

interface Match {
  other: Held;
  by: SameBy;
}

/** What is the same story as each newcomer. */
function matchesOf(fresh: readonly Entry[], held: Iterable<Held>, judging: Judging): Map<Entry, Match[]> {
  const matches = new Map<Held, Match[]>(fresh.map((entry) => [entry, []]));
  const candidates = new Candidates<Held>([...held, ...fresh]);
  const stories = new Map<Held, Story>();
  const story = (of: Held): Story => {
    const known = stories.get(of) ?? storyOf(of);
    stories.set(of, known);
    return known;
  };
  const judged = new Set<Held>();
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
const STRENGTH: Record<SameBy, number> = { source: 0, text: 1, 'title-and-date': 2, title: 3, id: 4 };

function strength(by: SameBy): number {
  return STRENGTH[by];
}

/** How the feeds of a planet are judged. */
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

/** Who has the better right comes first, whichever feed was read first. */
function byRight(matches: ReadonlyMap<Entry, readonly Match[]>, planet: OriginalsInput): Ranked[] {
  const place = new Map(planet.feeds.map(({ id }, index) => [id, index]));
  const placeOf = ({ entry }: Ranked) => place.get(entry.feed) ?? place.size;
  return [...matches]
    .map(([entry, same]) => {
      const newcomers = same.flatMap(({ other }) => ('read' in other ? [] : [other]));
      return { entry, why: rightTo(entry, newcomers, planet) };
    })
    .sort((a, b) => rank[a.why] - rank[b.why] || placeOf(a) - placeOf(b) || byAge(a.entry, b.entry));
}

/** Of two that one feed brings, the elder comes first: it is the same whether a feed says them or an archive. */
function byAge(a: Entry, b: Entry): number {
  const [first, second] = [a, b].map(({ published, id }) => `${published}\n${id}`) as [string, string];
  return first < second ? -1 : first > second ? 1 : 0;
}

/**
 * The best right that an entry's feed has to it. A feed's word about itself counts for nothing, or it could take another's
 * entry by a link to itself: only the operator's word does, and what other routes say. `same` is what all routes say.
 */
function rightTo(entry: Entry, same: readonly Entry[], planet: OriginalsInput): Ownership {
  const feed = planet.feeds.find(({ id }) => id === entry.feed);
  if (feed === undefined) return 'order';
  const own = new Set(
    [feed.home, feed.url].flatMap((address) => (address && URL.canParse(address) ? [placeKey(address)] : [])),
  );
  if (same.some((other) => originsOf(other, planet).some((address) => own.has(placeKey(address))))) return 'author';
  const saidHome = planet.homes?.get(feed.id) ?? null;
  return entry.url !== null && isAtHome(entry.url, { ...feed, saidHome }) ? 'site' : 'order';
}

/** Where a route says that its entry comes from: the feed that it names, and the homes of the authors that it credits. */
function originsOf(entry: Entry, { feeds, authors }: OriginalsInput): string[] {
  const feed = feeds.find(({ id }) => id === entry.feed);
  const names = feed ? credit(entry, feed, peopleOf(authors)).authors : [];
  const { feedUrl, url, id } = entry.source ?? {};
  return [feedUrl, url, id, ...names.map((person) => person.url)].filter((address) => address !== undefined);
}
