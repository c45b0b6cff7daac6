import { credit } from '../../src/lib/credit.ts';
import { hostOf } from '../../src/lib/host.ts';
import { peopleOf } from '../../src/lib/names.ts';
import { canonicalLink, identityKeys, sieveOf } from '../../src/lib/same-entry.ts';
import { nameOf } from '../../src/lib/via.ts';
import type { Entry, Ownership } from '../../src/model/entry.ts';
import type { Planet } from '../../src/model/planet.ts';

/** As much of an entry in the archive as tells whether another is the same. */
export type Route = Pick<Entry, 'feed' | 'id' | 'url' | 'copyOf'>;

/** What decides whose entry it is: the order of the feeds, and where authors are at home. */
export type Owners = Pick<Planet, 'feeds' | 'authors'>;

/**
 * The newcomers, each told whose copy it is. What the archive holds stays the owner, whoever brings it later: a permalink
 * never changes, and a feed that copies another's links and ids gains nothing. Among newcomers alone, the author's own feed
 * owns the entry, then the feed whose site hosts its link, then the one that stands first in `planet.yaml`.
 */
export function withOwners(newcomers: readonly Entry[], held: readonly Route[], planet: Owners): Entry[] {
  const ranked = byRight(newcomers, planet);
  const owners = ownersByKey(held, new Set(ranked.flatMap(({ keys }) => keys)));
  const reasons = new Map<Route, Ownership>();
  const decided = new Map<Entry, Entry>();
  for (const { entry, keys, why } of ranked) {
    const owner = keys.map((key) => owners.get(key)).find((route) => route !== undefined && route.feed !== entry.feed);
    const holder = owner ?? entry;
    for (const key of keys) if (!owners.has(key)) owners.set(key, holder);
    if (owner === undefined) reasons.set(entry, why);
    else
      decided.set(entry, { ...entry, copyOf: { feed: owner.feed, id: owner.id, why: reasons.get(owner) ?? 'first' } });
  }
  return newcomers.map((entry) => decided.get(entry) ?? entry);
}

/** Whose each of these keys is in the archive. A copy's keys are its owner's. */
function ownersByKey(held: readonly Route[], asked: ReadonlySet<string>): Map<string, Route> {
  const mayHave = sieveOf(asked);
  const near = held.filter((route) => mayHave(route));
  const copies = near.filter(({ copyOf }) => copyOf !== null);
  const named = new Set(copies.map(({ copyOf }) => nameOf(copyOf as NonNullable<Route['copyOf']>)));
  const own = named.size === 0 ? [] : held.filter((route) => route.copyOf === null && named.has(nameOf(route)));
  const byName = new Map(own.map((route) => [nameOf(route), route]));
  const owners = new Map<string, Route>();
  for (const route of [...near.filter(({ copyOf }) => copyOf === null), ...copies]) {
    const owner = route.copyOf === null ? route : byName.get(nameOf(route.copyOf));
    if (owner) for (const key of identityKeys(route)) if (!owners.has(key)) owners.set(key, owner);
  }
  return owners;
}

interface Ranked {
  entry: Entry;
  keys: string[];
  why: Ownership;
}

const rank: Record<Ownership, number> = { first: 0, author: 1, site: 2, order: 3 };

/** Who has the better right comes first, whichever feed was read first. */
function byRight(newcomers: readonly Entry[], planet: Owners): Ranked[] {
  const place = new Map(planet.feeds.map(({ id }, index) => [id, index]));
  const placeOf = ({ entry }: Ranked) => place.get(entry.feed) ?? place.size;
  const keyed = newcomers.map((entry) => ({ entry, keys: identityKeys(entry) }));
  const sharing = new Map<string, Entry[]>();
  for (const { entry, keys } of keyed) for (const key of keys) sharing.set(key, [...(sharing.get(key) ?? []), entry]);
  return keyed
    .map(({ entry, keys }) => {
      const same = keys.flatMap((key) => sharing.get(key) ?? []);
      return { entry, keys, why: rightTo(entry, same, planet) };
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
function rightTo(entry: Entry, same: readonly Entry[], planet: Owners): Ownership {
  const feed = planet.feeds.find(({ id }) => id === entry.feed);
  const homes = [feed?.home, feed?.url].flatMap((address) => (address && URL.canParse(address) ? [address] : []));
  const own = new Set(homes.map(placeKey));
  const said = same.filter((other) => other.feed !== entry.feed).flatMap((other) => originsOf(other, planet));
  if (said.some((address) => own.has(placeKey(address)))) return 'author';
  return entry.url !== null && homes.some((home) => hostOf(home) === hostOf(entry.url as string)) ? 'site' : 'order';
}

/** Where a route says that its entry comes from: the feed that it names, and the homes of the authors that it credits. */
function originsOf(entry: Entry, { feeds, authors }: Owners): string[] {
  const feed = feeds.find(({ id }) => id === entry.feed);
  const names = feed ? credit(entry, feed, peopleOf(authors)).authors : [];
  const { feedUrl, url, id } = entry.source ?? {};
  return [feedUrl, url, id, ...names.map((person) => person.url)].filter((address) => address !== undefined);
}

/** As `canonicalLink`, but a front page is as good as any place: feeds and people have those. */
function placeKey(address: string): string {
  if (!URL.canParse(address)) return address;
  return canonicalLink(address) ?? `https://${hostOf(address)}`;
}
