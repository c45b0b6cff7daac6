import { inspect } from 'node:util';
import { archiveFolder } from '../../src/archive/archive.ts';
import { readAvatars } from '../../src/archive/read-avatars.ts';
import { cleanText } from '../../src/core/clean-text.ts';
import { entryKey } from '../../src/core/entry-keys.ts';
import type { FeedStates } from '../../src/core/feed-state.ts';
import type { FeedConfig, Planet } from '../../src/core/planet.ts';
import { isSystemError, printError } from '../cli.ts';
import { withLock } from '../disk/lock.ts';
import { PICTURE_LIMITS, type PictureSource, refreshAvatars } from './avatars/refresh-avatars.ts';
import { wantedAvatars } from './avatars/wanted-avatars.ts';
import type { StoredRecord } from './duplicates.ts';
import { renamedIdNotes, statesAfter } from './feed-states.ts';
import { feedWorker } from './feed-worker.ts';
import { createFetcher, userAgent } from './fetch/fetcher.ts';
import type { ServerClocks } from './fetch/headers.ts';
import { formerTitle, withRenamedAuthors } from './former-authors.ts';
import { merge } from './merge.ts';
import { homesOf, judgeCopies, withOriginals, withSeparated } from './originals.ts';
import { failure, type Outcome } from './outcome.ts';
import { type FetchContext, refresh } from './refresh.ts';
import { makeReport, noteLines, type Report } from './report.ts';
import { hostKey, runPerHost, startIndex } from './schedule.ts';
import { readStoredEntries, sweepArchive, writeEntries, writeHeld, writeStates } from './store.ts';
import { verifyArchive } from './verify.ts';

interface ReadingContext extends FetchContext {
  /** Missing if the clock is not to be compared with those of the servers. */
  clocks?: ServerClocks | undefined;
}

export interface Snapshot extends ReadingContext {
  planet: Planet;
  /** The feeds to read. The state of any other feed does not change. */
  feeds: readonly FeedConfig[];
  /** Missing if no pictures are fetched. */
  pictures?: PictureSource | undefined;
  progress: (outcome: Outcome) => void;
  /** Called with a line for each new, changed, held or skipped entry. */
  tell?: (lines: readonly string[]) => void;
  /** The outcomes of the feeds, if other machines have read them. */
  outcomes?: Outcome[];
}

interface ContextOptions extends Pick<ReadingContext, 'folder' | 'now' | 'clocks'> {
  planet: Pick<Planet, 'site'>;
  /** The hosts with private addresses that may be asked. */
  allowPrivate: readonly string[];
}

/** The context for reading feeds and pictures. The caller must close it. */
export function createFetchContext({ planet, folder, now, clocks, allowPrivate }: ContextOptions) {
  const { readInWorker, shrinkInWorker } = feedWorker;
  const options = { userAgent: userAgent(planet), allowPrivate, now: () => now };
  const { fetchFeed, close: closeFeeds } = createFetcher({ ...options, clocks });
  const pictureFetcher = createFetcher({ ...options, limits: PICTURE_LIMITS, what: 'pictures' });
  const pictures: PictureSource = { fetchPicture: pictureFetcher.fetchFeed, shrinkInWorker };
  const close = () => Promise.all([closeFeeds(), pictureFetcher.close()]);
  return { fetchFeed, readInWorker, pictures, folder, site: planet.site, now, clocks, close };
}

/** One snapshot, with a lock. Throws `LockedArchive` for another run, `DamagedArchive` for a file no snapshot wrote. */
export async function runSnapshot(
  options: ContextOptions & Omit<Snapshot, keyof FetchContext | 'pictures'>,
  take: (snapshot: Snapshot) => Promise<Report> = takeSnapshot,
): Promise<Report> {
  const context = createFetchContext(options);
  const pictures = options.planet.avatars ? context.pictures : undefined;
  try {
    return await withLock(archiveFolder(options.folder), () => take({ ...options, ...context, pictures }));
  } finally {
    await context.close();
  }
}

/** One snapshot: verify the archive → refresh each feed → merge → write → pictures → report. The caller holds the lock. */
export async function takeSnapshot(snapshot: Snapshot): Promise<Report> {
  const { planet, feeds, folder, now, pictures, progress, tell } = snapshot;
  const archive = archiveFolder(folder);
  await sweepArchive(archive);
  const { states, held, notes } = await verifyArchive(archive, planet.feeds, now);
  const outcomes = snapshot.outcomes ?? (await readFeeds(feeds, states, snapshot, progress));
  const read = new Set(outcomes.filter(({ kind }) => kind === 'read').map(({ feed }) => feed.id));
  // A feed that is not read now, as most, may have another title.
  const retitled = feeds.filter((feed) => formerTitle(feed, states[feed.id]) !== feed.title).map(({ id }) => id);
  const { entries, records, keys, sizes } = await readStoredEntries(archive, read.union(new Set(retitled)));
  const merged = merge({ entries, held, states, keys, sizes }, outcomes, planet, now);
  const renamed = withRenamedAuthors(states, entries, merged, feeds);
  const updated = statesAfter(renamed, outcomes, merged.counts, now);
  const originalsInput = { ...planet, homes: homesOf(updated) };
  const { separated, next } = judgeCopies(records, feeds, updated, originalsInput);
  // A feed may have a copy of an entry as it was, or as it is after an edit in this run.
  const edited = merged.changed.map((entry) => ({ ...entry, read: () => entry }));
  const existing = withSeparated<StoredRecord>([...records, ...edited], separated);
  const newEntries = withOriginals(merged.newEntries, existing, originalsInput);
  tell?.(noteLines(merged.entryNotes, newEntries));
  // Before the entries: after a kill between two months, the next run could not find all authors whom a feed renamed.
  if (feeds.some(({ id }) => renamed[id] !== states[id])) await writeStates(archive, renamed);
  // The states are written last: validators may only be stored after the entries that they belong to.
  await writeEntries(archive, [...newEntries, ...separated, ...withSeparated(merged.changed, separated)]);
  await writeHeld(archive, merged.held);
  await writeStates(archive, next);
  // Pictures come after everything else: nothing waits for them.
  const avatarsBefore = await readAvatars(archive);
  const current = new Map([...entries, ...merged.changed, ...newEntries].map((entry) => [entryKey(entry), entry]));
  const shown = {
    existing: avatarsBefore,
    wanted: wantedAvatars(avatarsBefore, planet, feeds, outcomes, current.values()),
    gone: new Set(feeds.flatMap(({ id, gone }) => (gone ? [id] : []))),
  };
  const avatars = pictures === undefined ? null : await refreshAvatars(archive, shown, pictures, now);
  tell?.((avatars?.failed ?? []).map(({ of, reason }) => `picture of ${of}: ${reason}`));
  const added = feeds.filter(({ id }) => states[id] === undefined);
  const allNotes = [...notes, ...renamedIdNotes(added, states, planet.feeds)];
  return makeReport(outcomes, merged.counts, next, { apart: separated.length, notes: allNotes, avatars });
}

/** Milliseconds. A workflow ends a run that takes too long, and nothing of it would be kept. */
const READING_TIME_MS = 15 * 60_000;

/**
 * Asks each feed once, a few at the same time; after `time` milliseconds it sends no further request, so that the feeds
 * that were read can be stored. Each hour another feed is the first: a host that stops answering after some requests
 * must not leave the same feeds out in every run. Feeds that fail come last, so that their failures are not taken for
 * those of their host. Throws an `OperatorError` if the clock is wrong by those of the servers.
 */
export async function readFeeds(
  feeds: readonly FeedConfig[],
  states: FeedStates,
  context: ReadingContext,
  progress: (outcome: Outcome) => void,
  time = READING_TIME_MS,
): Promise<Outcome[]> {
  const began = performance.now();
  const fetchFeed: FetchContext['fetchFeed'] = async (request) =>
    performance.now() - began < time ? context.fetchFeed(request) : { ...failure({ kind: 'stopped' }), retryAt: null };
  const limited = { ...context, fetchFeed };
  const first = startIndex(feeds.length, context.now);
  const hasProblem = ({ id }: FeedConfig) => Number((states[id]?.trouble ?? null) !== null);
  const inOrder = [...feeds.slice(first), ...feeds.slice(0, first)].sort((a, b) => hasProblem(a) - hasProblem(b));
  const outcomes = await runPerHost(inOrder, hostKey, async (feed) => {
    const outcome = await refresh(feed, states[feed.id], limited).catch((bug: unknown) => failureByBug(feed, bug));
    progress(outcome);
    return outcome;
  });
  context.clocks?.refuseWrongClock();
  const byFeed = new Map(outcomes.map((outcome) => [outcome.feed.id, outcome]));
  return feeds.flatMap(({ id }) => byFeed.get(id) ?? []);
}

/** A bug does not end the run, here and for a picture (`refresh-avatars.ts`): one feed must not stop all others. A fault of the machine ends it. */
function failureByBug(feed: FeedConfig, bug: unknown): Outcome {
  if (isSystemError(bug)) throw bug;
  printError(inspect(bug));
  const detail = cleanText(bug instanceof Error ? bug.message : String(bug)).slice(0, 200);
  return { ...failure({ kind: 'bug', detail }), feed, retryAt: null };
}
