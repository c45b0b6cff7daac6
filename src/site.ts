import { heads, readStates } from './archive.ts';
import { loadPlanet } from './folder.ts';
import { collectAuthors } from './lib/authors.ts';
import { credit } from './lib/credit.ts';
import type { Planet } from './model/planet.ts';
import type { AuthorRecord, EntryRecord, FeedRecord } from './model/site.ts';
import type { FeedStates } from './model/state.ts';

export interface Site {
  planet: Planet;
  feeds: FeedRecord[];
  entries: EntryRecord[];
  authors: AuthorRecord[];
}

/** Reads what the site is built from. Throws, in the operator's words, rather than let a build publish less than the archive holds. */
export async function readSite(folder: string, archive: string): Promise<Site> {
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'mistakes') throw new Error(loaded.told.join('\n'));
  const { planet } = loaded;
  const states = await readStates(archive);
  const feeds = planet.feeds.map((feed, order) => describeFeed(feed, order, states));
  const byId = new Map(feeds.map((feed) => [feed.id, feed]));

  const credited = [];
  for await (const { head, position } of heads(archive)) {
    const feed = byId.get(head.feed);
    if (feed) credited.push({ entry: head, position, ...credit(head, feed) });
  }
  refuseLess(credited.length, feeds, archive);

  const { authors, slugOf } = collectAuthors(credited);
  const entries = credited.map(({ entry, position, title, authors }) => ({
    ...entry,
    position,
    credit: { title, authors: [...new Set(authors.map(({ name }) => slugOf(name)))] },
  }));
  return { planet, feeds, entries, authors };
}

function describeFeed(feed: Planet['feeds'][number], order: number, states: FeedStates): FeedRecord {
  const state = states[feed.id] ?? null;
  const home = feed.home ?? state?.home ?? undefined;
  return { ...feed, ...(home === undefined ? {} : { home }), state, order };
}

/** The archive's own count, kept by the snapshot, against what was read. */
function refuseLess(read: number, feeds: FeedRecord[], archive: string): void {
  const held = feeds.reduce((sum, { state }) => sum + (state?.entries ?? 0), 0);
  if (read === 0)
    throw new Error(`There is nothing to publish: ${archive} holds no entry. Run "npm run snapshot" first.`);
  if (read !== held)
    throw new Error(
      `${archive} should hold ${held} entries and holds ${read}. Restore it, or remove it and run "npm run snapshot".`,
    );
}
