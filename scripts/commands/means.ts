import { clock, privateDoors } from '../../src/folder.ts';
import type { Planet } from '../../src/model/planet.ts';
import { createFetcher } from '../snapshot/fetch.ts';
import type { Means } from '../snapshot/refresh.ts';
import { userAgent } from '../snapshot/user-agent.ts';

/** What reading feeds needs, as the snapshot has it; whoever takes it closes it. */
export function meansOf(folder: string, { site }: Pick<Planet, 'site'>): Means & { close: () => Promise<void> } {
  const now = clock();
  const { fetchFeed, close } = createFetcher({
    userAgent: userAgent({ site }),
    allowPrivate: privateDoors(),
    now: () => now,
  });
  return { fetchFeed, folder, site, now, close };
}
