import { archiveFolder } from '../../src/archive.ts';
import type { FeedConfig, Planet } from '../../src/model/planet.ts';
import { judgeCopies, withApart } from './apart.ts';
import { merge } from './merge.ts';
import type { Outcome } from './outcome.ts';
import { homesOf, withOwners } from './owners.ts';
import type { Means } from './refresh.ts';
import { remember } from './remember.ts';
import { rememberRenamed } from './renamed.ts';
import { type Report, report } from './report.ts';
import { askAll } from './round.ts';
import { heldOf, sweep, writeEntries, writeHeld, writeStates } from './store.ts';
import { toldInLines } from './told.ts';
import { verifyArchive } from './verify.ts';

export interface Snapshot {
  planet: Planet;
  /** Those of its feeds that are read; what is remembered of any other stays as it is. */
  feeds: readonly FeedConfig[];
  /** The operator's folder, absolute. */
  folder: string;
  now: Date;
  fetchFeed: Means['fetchFeed'];
  readSafely: Means['readSafely'];
  /** Called for each feed as soon as it is read. */
  progress: (outcome: Outcome) => void;
  /** Called with a line for each entry that is not as before. */
  tell?: (lines: readonly string[]) => void;
}

/** One snapshot: verify the archive → refresh each feed → merge → write → report. Whoever calls it holds the lock. */
export async function takeSnapshot({
  planet,
  feeds,
  folder,
  now,
  fetchFeed,
  readSafely,
  progress,
  tell,
}: Snapshot): Promise<Report> {
  const archive = archiveFolder(folder);
  await sweep(archive);
  const { states, held, notes } = await verifyArchive(archive, planet.feeds, now);
  const means: Means = { fetchFeed, readSafely, folder, site: planet.site, now };
  const outcomes = await askAll(feeds, states, means, progress);
  const read = new Set(outcomes.filter(({ kind }) => kind === 'read').map(({ feed }) => feed.id));
  const { entries, routes, keys } = await heldOf(archive, read);
  const known = { entries, held, states, keys };
  const merged = merge(known, outcomes, planet, now);
  const remembered = remember(states, outcomes, merged.counts, now);
  const owners = { ...planet, homes: homesOf(remembered) };
  const { apart, next } = judgeCopies(routes, feeds, rememberRenamed(remembered, entries, merged, feeds), owners);
  const newcomers = withOwners(merged.newcomers, withApart(routes, apart), owners);
  tell?.(toldInLines(merged.told, newcomers));
  // Entries before state: validators are only kept once what they belong to is safe.
  await writeEntries(archive, [...newcomers, ...apart, ...withApart(merged.changed, apart)]);
  await writeHeld(archive, merged.held);
  await writeStates(archive, next);
  return report(outcomes, merged.counts, next, { apart: apart.length, notes });
}
