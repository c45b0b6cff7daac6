import { headsOf, heldCounts, months, readStates } from './archive.ts';
import { loadPlanet } from './folder.ts';
import { collectAuthors } from './lib/authors.ts';
import { credit } from './lib/credit.ts';
import { dayOf } from './lib/dates.ts';
import { type People, peopleOf } from './lib/names.ts';
import { newestFirst } from './lib/river.ts';
import { applyRules } from './lib/rules.ts';
import { type Joined, joinRoutes, nameOf, type Route } from './lib/via.ts';
import type { FeedConfig, Planet } from './model/planet.ts';
import type { AuthorRecord, EntryRecord, FeedRecord, RuleRecord } from './model/site.ts';
import type { FeedStates } from './model/state.ts';
import { sharedIds } from './outputs/ids.ts';

export interface Site {
  planet: Planet;
  /** In the order of `planet.yaml`. */
  feeds: FeedRecord[];
  /** Newest first. */
  entries: EntryRecord[];
  authors: AuthorRecord[];
  /** What each rule of `planet.yaml` keeps off the site. */
  rules: RuleRecord[];
}

/** What there is must not be published. The message is for the operator. */
export class Unpublishable extends Error {}

/**
 * Reads what the site is built from. Throws `Unpublishable` rather than let a build publish less than the archive holds.
 * @param readHeads reads a month's entries without their bodies
 */
export async function readSite(folder: string, archive: string, readHeads = headsOf): Promise<Site> {
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'mistakes') throw new Unpublishable(loaded.told.join('\n'));
  const { planet } = loaded;
  const states = await readStates(archive);
  const held = await heldCounts(archive);
  const people = peopleOf(planet.authors);
  const routes = await readRoutes(archive, planet, people, readHeads);
  const followed = new Set(planet.feeds.map(({ id }) => id));
  const ours = routes.filter(({ entry }) => followed.has(entry.feed));
  refuseLess(ours.length, planet, states, archive);

  const { shown, counts: rules } = applyRules(ours, planet, people);
  for (const { rule } of rules.filter(({ hides }) => hides === 0)) {
    console.warn(`planet.yaml: ${rule}: this rule hides nothing; is it spelt as the feed spells it?`);
  }
  const joined = joinRoutes(routes, new Set(shown), planet.feeds);
  const { authors, slugOf } = collectAuthors(joined, people);
  const shared = sharedIds(
    joined.map(({ entry }) => entry),
    planet.site,
  );
  const entries = joined
    .map((each) => recordOf(each, { slugOf, timezone: planet.timezone, sharedId: shared.has(each.entry.path) }))
    .sort(newestFirst);
  const carried = carriedBy(entries);
  const feeds = planet.feeds.map((feed, order) => ({
    ...describeFeed(feed, states),
    held: held.get(feed.id) ?? 0,
    order,
    entries: carried.get(feed.id)?.entries ?? 0,
    newest: carried.get(feed.id)?.newest ?? null,
  }));
  return { planet, feeds, entries, authors, rules };
}

interface Around {
  slugOf: (name: string) => string;
  timezone: string;
  sharedId: boolean;
}

/** Field by field: every build does it for every entry, and spreading them took as long as reading them. */
function recordOf({ entry, position, credit, via, ownedBecause }: Joined, around: Around): EntryRecord {
  return {
    feed: entry.feed,
    id: entry.id,
    path: entry.path,
    url: entry.url,
    title: entry.title,
    authors: entry.authors,
    published: entry.published,
    publishedBy: entry.publishedBy,
    updated: entry.updated,
    firstSeen: entry.firstSeen,
    language: entry.language,
    categories: entry.categories,
    enclosures: entry.enclosures,
    source: entry.source,
    rights: entry.rights,
    summary: entry.summary,
    via,
    ownedBecause,
    position,
    credit: { title: credit.title, authors: [...new Set(credit.authors.map(({ name }) => around.slugOf(name)))] },
    day: dayOf(entry.published, around.timezone),
    sharedId: around.sharedId,
  };
}

/** How many entries each feed carried, and when the newest was posted. `entries` come newest first. */
function carriedBy(entries: readonly EntryRecord[]): Map<string, { entries: number; newest: string }> {
  const carried = new Map<string, { entries: number; newest: string }>();
  for (const { feed, via, published } of entries) {
    for (const id of [feed, ...via]) {
      const known = carried.get(id);
      if (known) known.entries++;
      else carried.set(id, { entries: 1, newest: published });
    }
  }
  return carried;
}

/** Every line of the archive, credited. A copy stands where its owner stands: the operator knows it by that permalink. */
async function readRoutes(
  archive: string,
  { feeds }: Planet,
  people: People,
  readHeads: typeof headsOf,
): Promise<Route[]> {
  const byId = new Map(feeds.map((feed) => [feed.id, feed]));
  const routes: Route[] = [];
  const paths = new Map<string, string>();
  for (const month of await months(archive)) {
    for (const { head, position } of await readHeads(archive, month)) {
      const feed = byId.get(head.feed) ?? { authors: 'entry', title: '' };
      routes.push({ entry: head, position, credit: credit(head, feed, people) });
      if (head.copyOf === null) paths.set(nameOf(head), head.path);
    }
  }
  return routes.map((route) => {
    const path = route.entry.copyOf === null ? undefined : paths.get(nameOf(route.entry.copyOf));
    return path === undefined ? route : { ...route, entry: { ...route.entry, path } };
  });
}

function describeFeed(feed: FeedConfig, states: FeedStates): Omit<FeedRecord, 'held' | 'order' | 'entries' | 'newest'> {
  const state = states[feed.id] ?? null;
  const home = feed.home ?? state?.home ?? undefined;
  return { ...feed, ...(home === undefined ? {} : { home }), state };
}

/** The archive's own count, kept by the snapshot, against what was read. */
function refuseLess(read: number, { feeds }: Planet, states: FeedStates, archive: string): void {
  const held = feeds.reduce((sum, { id }) => sum + (states[id]?.entries ?? 0), 0);
  if (read === 0)
    throw new Unpublishable(`There is nothing to publish: ${archive} holds no entry. Run "npm run snapshot" first.`);
  if (read < held) {
    throw new Unpublishable(
      `${archive} should hold ${held} entries and holds ${read}. Restore it, or remove it and run "npm run snapshot".`,
    );
  }
}
