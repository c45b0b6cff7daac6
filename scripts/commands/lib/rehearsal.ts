import { archiveFolder, readStates } from '../../../src/archive/archive.ts';
import { allowedPrivateHosts, clock } from '../../../src/archive/environment.ts';
import type { Planet } from '../../../src/core/planet.ts';
import { createReader } from '../../snapshot/feed-reader.ts';
import { createFetcher, userAgent } from '../../snapshot/fetch/fetcher.ts';
import { merge } from '../../snapshot/merge.ts';
import { LEFT_OUT } from '../../snapshot/merge-feed.ts';
import type { Outcome } from '../../snapshot/outcome.ts';
import type { FetchContext } from '../../snapshot/refresh.ts';
import type { EntryNote } from '../../snapshot/report.ts';
import { readHeld, readStoredEntries } from '../../snapshot/store.ts';

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

/** By feed id, the entries that a snapshot would hold or leave out. */
export type Rehearsed = ReadonlyMap<string, { holding: Holding | null; leftOut: EntryNote[] }>;

export interface Holding {
  why: string;
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
  const leftOut = Map.groupBy(merged.entryNotes.filter(isLeftOut), ({ feed }) => feed);
  return new Map(
    known.map(({ feed: { id } }) => {
      const held = merged.counts.get(id)?.holding;
      const already = states[id]?.trouble?.outcome === 'held';
      return [id, { holding: held ? { ...held, already } : null, leftOut: leftOut.get(id) ?? [] }];
    }),
  );
}

/** Without repeated entries of a document: the planet shows one of them. */
function isLeftOut({ outcome, why }: EntryNote): boolean {
  return outcome === 'left' && (why === LEFT_OUT.rejected || why === LEFT_OUT.ours);
}
