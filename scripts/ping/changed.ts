import { outputs } from '../../src/outputs/list.ts';

/** Past this many a hub would take us for a nuisance; it finds out about the rest when it next looks. */
const MOST = 500;

/** Addresses of the feeds that a hub has to hear of, the planet's own first. Of a hub that was told nothing yet, only those. */
export function changedFeeds(told: ReadonlyMap<string, string> | null, built: ReadonlyMap<string, string>): string[] {
  const feeds = [...built.keys()];
  if (told === null) return feeds.slice(0, outputs.length);
  return feeds.filter((feed) => told.get(feed) !== built.get(feed)).slice(0, MOST);
}
