import type { Entry } from '../../src/core/entry.ts';
import type { FeedStates } from '../../src/core/feed-state.ts';
import { entryName } from '../../src/core/occurrences.ts';
import { compareText } from '../../src/core/periods.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import { identityFilter, identityKeys } from '../../src/core/same-entry.ts';
import { nothingAgrees } from '../../src/core/same-story.ts';
import { type StoryRecord, storyOf } from './duplicates.ts';
import { judgingContext, type OriginalsInput, withOriginals } from './originals.ts';

/**
 * Copies that were joined by a link or an id alone, before titles and texts were compared, and agree in nothing else: each as the
 * entry that it is. Place, id and date stay. Every feed is looked through once (`copiesJudged`): what is edited later tells
 * nothing of how it was.
 * @param routes all there are in the archive; none where it was not read
 * @param feeds those whose entries this run may change
 */
export function judgeCopies(
  routes: readonly StoryRecord[],
  feeds: readonly Pick<FeedConfig, 'id'>[],
  states: FeedStates,
  planet: OriginalsInput,
): { apart: Entry[]; next: FeedStates } {
  const asked = new Set(feeds.map(({ id }) => id).filter((id) => states[id]?.copiesJudged === false));
  if (routes.length === 0 || asked.size === 0) return { apart: [], next: states };
  const judged = Object.entries(states).map(([id, state]) => [
    id,
    asked.has(id) ? { ...state, copiesJudged: true } : state,
  ]);
  return { apart: comeApart(routes, asked, planet), next: Object.fromEntries(judged) };
}

function comeApart(routes: readonly StoryRecord[], feeds: ReadonlySet<string>, planet: OriginalsInput): Entry[] {
  const judging = judgingContext(planet);
  const owners = new Map(
    routes.flatMap((route) => (route.copyOf === null ? [[entryName(route), route] as const] : [])),
  );
  const apart = routes.filter((route) => {
    if (route.copyOf === null || route.sameBy !== undefined || !feeds.has(route.feed)) return false;
    const owner = owners.get(entryName(route.copyOf));
    return owner !== undefined && nothingAgrees(storyOf(route), storyOf(owner), judging);
  });
  const near = routesNear(apart, routes, owners);
  const judged: Entry[] = [];
  // As they came: what came later may be a copy of what came before.
  const byTime = Map.groupBy(
    apart.map(({ read }) => read()),
    ({ firstSeen }) => firstSeen,
  );
  for (const [, entries] of [...byTime].sort(([a], [b]) => compareText(a, b))) {
    const newcomers = entries.map((entry) => ({ ...entry, copyOf: null }));
    judged.push(...withOriginals(newcomers, [...near, ...judged], planet));
  }
  return judged;
}

/** Entries, those of them that came apart with what they are now. */
export function withApart<T extends Pick<Entry, 'feed' | 'id' | 'copyOf' | 'sameBy'>>(
  entries: readonly T[],
  apart: readonly Entry[],
): readonly T[] {
  if (apart.length === 0) return entries;
  const byName = new Map(apart.map((entry) => [entryName(entry), entry]));
  return entries.map((entry) => {
    const now = byName.get(entryName(entry));
    return now === undefined ? entry : { ...entry, copyOf: now.copyOf, sameBy: now.sameBy };
  });
}

/** All but those themselves that may be the same as one of them, and whose copies they are. */
function routesNear(
  apart: readonly StoryRecord[],
  routes: readonly StoryRecord[],
  owners: ReadonlyMap<string, StoryRecord>,
): Set<StoryRecord> {
  const mayHave = identityFilter(new Set(apart.flatMap((route) => identityKeys(route))));
  const [gone, near] = [new Set(apart), new Set<StoryRecord>()];
  for (const route of routes) {
    if (gone.has(route) || !mayHave(route)) continue;
    const owner = route.copyOf === null ? route : owners.get(entryName(route.copyOf));
    near.add(route).add(owner ?? route);
  }
  return near;
}
