import { archiveFolder, readStates } from '../../../src/archive/archive.ts';
import { allowedPrivateHosts, clock } from '../../../src/archive/environment.ts';
import type { FeedConfig, Planet } from '../../../src/core/planet.ts';
import { placeKey } from '../../../src/core/same-entry.ts';
import { createReader } from '../../snapshot/feed-reader.ts';
import { createFetcher, userAgent } from '../../snapshot/fetch/fetcher.ts';
import type { FetchContext } from '../../snapshot/refresh.ts';

/** The context for reading feeds as a snapshot does. The caller must close it. */
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

/** The followed feed with this address; undefined if there is none. Makes no request. */
export function followedAt(url: string, feeds: readonly FeedConfig[]): FeedConfig | undefined {
  return feeds.find((feed) => placeKey(feed.url) === placeKey(url));
}

/** The ids that a new feed must not have, including those of removed feeds, whose entries the archive keeps. */
export async function idsInUse({ feeds }: Planet, folder: string): Promise<ReadonlySet<string>> {
  const states = await readStates(archiveFolder(folder));
  return new Set([...feeds.map(({ id }) => id), ...Object.keys(states)]);
}
