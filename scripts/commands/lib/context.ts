import { archiveFolder, readStates } from '../../../src/archive/archive.ts';
import { allowedPrivateHosts, clock, contentFolder } from '../../../src/archive/config.ts';
import { loadPlanet } from '../../../src/archive/load-planet.ts';
import { OperatorError } from '../../../src/core/operator-error.ts';
import type { FeedConfig, Planet } from '../../../src/core/planet.ts';
import { placeKey } from '../../../src/core/same-entry.ts';
import { createReader } from '../../snapshot/feed-reader.ts';
import { createFetcher, userAgent } from '../../snapshot/fetch/fetcher.ts';
import type { FetchContext } from '../../snapshot/refresh.ts';

/** The operator's folder and planet. Throws an `OperatorError` that tells each mistake of `planet.yaml`. */
export async function ownPlanet(): Promise<{ folder: string; planet: Planet }> {
  const folder = contentFolder();
  const loaded = await loadPlanet(folder);
  if (loaded.kind === 'planet') return { folder, planet: loaded.planet };
  throw new OperatorError(loaded.messages.join('\n'), 2);
}

/** What reading feeds needs, as the snapshot has it; whoever takes it closes it. */
export function createFetchContext(
  folder: string,
  { site }: Pick<Planet, 'site'>,
): FetchContext & { close: () => Promise<void> } {
  const now = clock();
  const fetcher = createFetcher({
    userAgent: userAgent({ site }),
    allowPrivate: allowedPrivateHosts(),
    now: () => now,
  });
  const reader = createReader();
  const close = (): Promise<void> => {
    reader.close();
    return fetcher.close();
  };
  return { fetchFeed: fetcher.fetchFeed, readSafely: reader.readSafely, folder, site, now, close };
}

/** The followed feed of an address, told before anybody is asked. */
export function followedAt(url: string, feeds: readonly FeedConfig[]): FeedConfig | undefined {
  return feeds.find((feed) => placeKey(feed.url) === placeKey(url));
}

/** Ids that a new feed must not have: also those of feeds that left, whose entries the archive keeps. */
export async function idsInUse({ feeds }: Planet, folder: string): Promise<ReadonlySet<string>> {
  const states = await readStates(archiveFolder(folder));
  return new Set([...feeds.map(({ id }) => id), ...Object.keys(states)]);
}
