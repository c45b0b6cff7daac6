import { isDeepStrictEqual } from 'node:util';
import type { FeedState, FeedStates } from '../../src/core/feed-state.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { allLines, type Files, ledgerIn } from './archive-lines.ts';

/** The state of each feed after a join, and the archive that it comes from. */
export type JoinedStates = ReadonlyMap<string, { from: Files; state: FeedState }>;

/** Chooses for each feed the state of one archive. Feeds that one archive has forgotten since `base` are not in it. */
export function joinStates(base: Files, theirs: Files, ours: Files): JoinedStates {
  const [before, their, our] = [statesOf(base), statesOf(theirs), statesOf(ours)];
  const names = [...Object.keys(their), ...Object.keys(our).filter((feed) => before[feed] === undefined)];
  return new Map(
    [...new Set(names)].sort().map((feed) => {
      const takesOurs = isOurs(before[feed], their[feed], our[feed]);
      const rejected = new Set([...(their[feed]?.rejected ?? []), ...(our[feed]?.rejected ?? [])]);
      const state = (takesOurs ? our[feed] : their[feed]) as FeedState;
      return [feed, { from: takesOurs ? ours : theirs, state: { ...state, rejected: [...rejected].sort() } }];
    }),
  );
}

function isOurs(base?: FeedState, their?: FeedState, our?: FeedState): boolean {
  if (our === undefined || their === undefined) return our !== undefined;
  // The feed is released here: the other archive does not know of it yet.
  if (base?.trouble?.outcome === 'held' && our.trouble?.outcome !== 'held') return true;
  return isDeepStrictEqual(their, base);
}

/** The states of the branch; null without a valid `feeds.json`. `forget` leaves one, and a ledger without entries after the last feed. */
export function branchStates(files: Files): FeedStates | null {
  try {
    const states = statesOf(files);
    const hasEntries = Object.values(ledgerIn(files)?.months ?? {}).some(({ entries }) => entries > 0);
    const isMissing = !files.get('feeds.json')?.trim() || (Object.keys(states).length === 0 && hasEntries);
    return isMissing ? null : states;
  } catch {
    return null;
  }
}

/** Throws an `OperatorError` if no feed of an archive is on the branch: then its other feeds are not forgotten, but those of another planet. */
export function refuseOther(before: FeedStates, branch: FeedStates): void {
  const [ours, theirs] = [Object.keys(before), Object.keys(branch)];
  if (ours.length === 0 || theirs.length === 0 || ours.some((feed) => feed in branch)) return;
  throw new OperatorError(
    `The branch "archive" has no feed of this archive, but ${JSON.stringify(theirs[0])}: perhaps it is the branch of another planet. Nothing was changed. Check "git remote -v" and PLANET_REMOTE.`,
  );
}

/** The states in `feeds.json`. Throws an `OperatorError` if it is no JSON object. */
export function statesOf(files: Files): FeedStates {
  const text = (files.get('feeds.json') ?? '').replace(/^\uFEFF/, '').trim();
  try {
    const states: unknown = text === '' ? {} : JSON.parse(text);
    if (Object.prototype.toString.call(states) !== '[object Object]') throw new TypeError('no object');
    // As `copyStates` does, whose file loads a library: a feed may have the id `constructor`.
    return Object.assign(Object.create(null), states);
  } catch {
    throw new OperatorError(
      'feeds.json is damaged. Move it away; "npm run archive -- pull" restores it from the branch.',
    );
  }
}

/** The text of `feeds.json` for these files: the states, each with the number of its feed's entries. */
export function statesText(states: JoinedStates, files: Files): string {
  const byFeed = Map.groupBy(allLines(files), ({ entry }) => entry.feed);
  const withCounts = [...states].map(([feed, { state }]) => [
    feed,
    { ...state, entries: byFeed.get(feed)?.length ?? 0 },
  ]);
  return `${JSON.stringify(Object.fromEntries(withCounts), null, 1)}\n`;
}
