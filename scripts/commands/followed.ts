import { archiveFolder, readStates } from '../../src/archive.ts';
import { placeKey } from '../../src/lib/same-entry.ts';
import type { FeedConfig, Planet } from '../../src/model/planet.ts';

/** The followed feed of an address, told before anybody is asked. */
export function followedAt(url: string, feeds: readonly FeedConfig[]): FeedConfig | undefined {
  return feeds.find((feed) => placeKey(feed.url) === placeKey(url));
}

/** Ids that a new feed must not have: also those of feeds that left, whose entries the archive keeps. */
export async function idsInUse({ feeds }: Planet, folder: string): Promise<ReadonlySet<string>> {
  const states = await readStates(archiveFolder(folder));
  return new Set([...feeds.map(({ id }) => id), ...Object.keys(states)]);
}
