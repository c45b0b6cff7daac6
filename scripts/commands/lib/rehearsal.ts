import { archiveFolder, readHeld, readStates } from '../../../src/archive/archive.ts';
import type { Planet } from '../../../src/core/planet.ts';
import { SKIP_REASONS } from '../../snapshot/feed-news.ts';
import { merge } from '../../snapshot/merge.ts';
import type { Outcome } from '../../snapshot/outcome.ts';
import type { EntryNote } from '../../snapshot/report.ts';
import { readStoredEntries } from '../../snapshot/store.ts';

/** By feed id: the entries that a snapshot would hold or leave out, and its notes. */
export type Rehearsed = ReadonlyMap<string, { hold: PlannedHold | null; skipped: EntryNote[]; notes: string[] }>;

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
  const read = new Set(outcomes.filter(({ kind }) => kind === 'read').map(({ feed }) => feed.id));
  const { entries, keys, sizes } = await readStoredEntries(archive, read);
  const merged = merge({ entries, held: await readHeld(archive), states, keys, sizes }, outcomes, planet, now);
  const skipped = Map.groupBy(merged.entryNotes.filter(isSkipped), ({ feed }) => feed);
  return new Map(
    [...merged.counts].map(([id, { hold, notes }]) => {
      const already = states[id]?.trouble?.outcome === 'held';
      return [id, { hold: hold && { ...hold, already }, skipped: skipped.get(id) ?? [], notes }];
    }),
  );
}

/** Without repeated entries of a document: the planet shows one of them. */
function isSkipped({ outcome, reason }: EntryNote): boolean {
  return outcome === 'skipped' && (reason === SKIP_REASONS.rejected || reason === SKIP_REASONS.ours);
}
