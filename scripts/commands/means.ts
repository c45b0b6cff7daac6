import { clock, privateDoors } from '../../src/folder.ts';
import type { Planet } from '../../src/model/planet.ts';
import { createFetcher } from '../snapshot/fetch.ts';
import { createReader } from '../snapshot/reader.ts';
import type { Means } from '../snapshot/refresh.ts';
import { userAgent } from '../snapshot/user-agent.ts';

/** What reading feeds needs, as the snapshot has it; whoever takes it closes it. */
export function meansOf(folder: string, { site }: Pick<Planet, 'site'>): Means & { close: () => Promise<void> } {
  const now = clock();
  const fetcher = createFetcher({
    userAgent: userAgent({ site }),
    allowPrivate: privateDoors(),
    now: () => now,
  });
  const reader = createReader();
  const close = (): Promise<void> => {
    reader.close();
    return fetcher.close();
  };
  return { fetchFeed: fetcher.fetchFeed, readSafely: reader.readSafely, folder, site, now, close };
}
