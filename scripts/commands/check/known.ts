import { archiveFolder, readStates } from '../../../src/archive.ts';
import { nameOf } from '../../../src/lib/via.ts';
import type { Entry } from '../../../src/model/entry.ts';
import type { FeedConfig, Planet } from '../../../src/model/planet.ts';
import type { FeedStates } from '../../../src/model/state.ts';
import { Candidates, type Route } from '../../snapshot/candidates.ts';
import { firstSight } from '../../snapshot/entry.ts';
import type { Memory } from '../../snapshot/identity/memory.ts';
import { named } from '../../snapshot/identity/names.ts';
import type { Outcome, Reading } from '../../snapshot/outcome.ts';
import { homesOf, judgingOf } from '../../snapshot/owners.ts';
import { routesOf } from '../../snapshot/store.ts';
import type { Brought, Known } from './overlap.ts';

/** What there is to compare a feed with: the feeds that the planet follows, and the entries that they brought. */
export interface Comparison {
  feeds: Known[];
  brought: Brought;
  /** How many entries the archive holds, of feeds that it follows. */
  archived: number;
  /** What the archive remembers of the feeds that it met, by id. */
  memories: ReadonlyMap<string, Memory>;
}

/** From the archive, and from what was read just now. */
export async function comparison(
  planet: Planet,
  folder: string,
  outcomes: readonly Outcome[],
  now: Date,
): Promise<Comparison> {
  const archive = archiveFolder(folder);
  const states = await readStates(archive);
  const followed = new Set(planet.feeds.map(({ id }) => id));
  const routes = (await routesOf(archive)).filter(({ feed }) => followed.has(feed));
  const readings = new Map(
    outcomes.flatMap((outcome) => (outcome.kind === 'read' ? [[outcome.feed.id, outcome]] : [])),
  );
  const said = [...readings.values()].flatMap(({ feed, entries }) =>
    entries.map((entry) => firstSight(named(feed.id, entry.id), entry, planet, now)),
  );
  const isSaid = new Set(said.map(nameOf));
  const homes = homesOf(states);
  return {
    feeds: planet.feeds.map((feed) => knownOf(feed, states, readings.get(feed.id))),
    brought: {
      candidates: new Candidates<Entry | Route>([...routes.filter((route) => !isSaid.has(nameOf(route))), ...said]),
      judging: judgingOf({ ...planet, homes }),
    },
    archived: routes.length,
    memories: new Map(Object.entries(states)),
  };
}

function knownOf(feed: FeedConfig, states: FeedStates, reading: Reading | undefined): Known {
  const state = states[feed.id]?.url === feed.url ? states[feed.id] : undefined;
  const addresses = [feed.url, reading?.from, reading?.movedTo, state?.movedTo].filter((each) => each != null);
  return {
    id: feed.id,
    addresses,
    title: reading?.title ?? state?.title ?? null,
    home: reading?.home ?? state?.home ?? null,
  };
}
