import { archiveFolder, readStates } from '../../../src/archive/archive.ts';
import { allowedPrivateHosts, clock } from '../../../src/archive/environment.ts';
import type { Planet } from '../../../src/core/planet.ts';
import { PICTURE_LIMITS, type PictureSource } from '../../snapshot/avatars/refresh-avatars.ts';
import { SKIP_REASONS } from '../../snapshot/feed-news.ts';
import { feedWorker } from '../../snapshot/feed-worker.ts';
import { createFetcher, userAgent } from '../../snapshot/fetch/fetcher.ts';
import { merge } from '../../snapshot/merge.ts';
import type { Outcome } from '../../snapshot/outcome.ts';
import type { FetchContext } from '../../snapshot/refresh.ts';
import type { EntryNote } from '../../snapshot/report.ts';
import { readHeld, readStoredEntries } from '../../snapshot/store.ts';

/** The context for reading feeds as a snapshot does. The caller must close it. */
export function createFetchContext(
  folder: string,
  { site }: Pick<Planet, 'site'>,
): FetchContext & { pictures: PictureSource; close: () => Promise<void> } {
  const now = clock();
  const options = { userAgent: userAgent({ site }), allowPrivate: allowedPrivateHosts(), now: () => now };
  const { fetchFeed, close: closeFeeds } = createFetcher(options);
  const pictureFetcher = createFetcher({ ...options, limits: PICTURE_LIMITS, what: 'pictures' });
  const { readInWorker, shrinkInWorker } = feedWorker;
  const close = async (): Promise<void> => {
    await Promise.all([closeFeeds(), pictureFetcher.close()]);
  };
  const pictures = { fetchPicture: pictureFetcher.fetchFeed, shrinkInWorker };
  return { fetchFeed, readInWorker, pictures, folder, site, now, close };
}

/** By feed id, the entries that a snapshot would hold or leave out. */
export type Rehearsed = ReadonlyMap<string, { hold: PlannedHold | null; skipped: EntryNote[] }>;

export interface PlannedHold {
  reason: string;
  entries: number;
  /** Whether the feed was held before. */
  already: boolean;
}

/** Merges the feeds that were just read into the archive, as a snapshot does, and writes nothing. */
export async function rehearse(
  planet: Planet,
  folder: string,
  outcomes: readonly Outcome[],
  now: Date,
): Promise<Rehearsed> {
  const archive = archiveFolder(folder);
  const states = await readStates(archive);
  const known = outcomes.filter(({ kind, feed }) => kind === 'read' && states[feed.id] !== undefined);
  const { entries, keys, sizes } = await readStoredEntries(archive, new Set(known.map(({ feed }) => feed.id)));
  const merged = merge({ entries, held: await readHeld(archive), states, keys, sizes }, known, planet, now);
  const skipped = Map.groupBy(merged.entryNotes.filter(isSkipped), ({ feed }) => feed);
  return new Map(
    known.map(({ feed: { id } }) => {
      const held = merged.counts.get(id)?.hold;
      const already = states[id]?.trouble?.outcome === 'held';
      return [id, { hold: held ? { ...held, already } : null, skipped: skipped.get(id) ?? [] }];
    }),
  );
}

/** Without repeated entries of a document: the planet shows one of them. */
function isSkipped({ outcome, reason }: EntryNote): boolean {
  return outcome === 'skipped' && (reason === SKIP_REASONS.rejected || reason === SKIP_REASONS.ours);
}
