import { permalinkKey } from '../../src/archive/ledger.ts';
import type { Entry } from '../../src/core/entry.ts';
import { entryKey, monthOf } from '../../src/core/entry-keys.ts';
import { type FeedMemory, NO_MEMORY, newIdentity, withIdentity } from '../snapshot/identity/entry-ids.ts';
import { compareEntries, rejectedBy } from '../snapshot/identity/identify.ts';
import { homesOf, withOriginals } from '../snapshot/originals.ts';
import {
  type Files,
  joinAvatars,
  ledgerFrom,
  ledgerIn,
  linesByEntry,
  monthFiles,
  parseEntryLine,
  sortedText,
  splitLines,
  withKey,
} from './archive-lines.ts';
import { branchStates, type JoinedStates, joinStates, refuseOther, statesOf, statesText } from './join-states.ts';

/**
 * Joins two archives that grew from a common `base`: theirs, on the branch and perhaps published, and ours. No entry of
 * either is lost, except entries that one of them removed on purpose. What only one of them changed stays so, else
 * theirs stays: with their validators, the server sends again the entries that only we have seen.
 */
export function join(before: Files, branch: Files, ours: Files): Map<string, string> {
  // A branch without `feeds.json` has not forgotten every feed: somebody else has written to it.
  const branched = branchStates(branch);
  const isWhole = branched !== null;
  if (isWhole) refuseOther(statesOf(before), branched);
  const base = isWhole ? before : new Map(monthFiles(before));
  const theirs = isWhole ? branch : new Map([...branch].filter(([name]) => name !== 'feeds.json'));
  const states = joinStates(base, theirs, ours);
  const renamed = renamedLines(base, theirs, ours);
  const joinLine = lineJoiner(base, theirs, ours, states, renamed);
  const next = new Map(theirs);
  const accepted = new Set(ledgerIn(ours)?.lost);
  if (accepted.size > 0)
    for (const [month, text] of monthFiles(theirs)) next.set(month, withoutLost(text, base.get(month), accepted));
  for (const [month, text] of monthFiles(ours)) {
    const lines = new Map(splitLines(next.get(month)).map(withKey));
    for (const ourLine of splitLines(text)) {
      const line = renamed.get(ourLine) ?? ourLine;
      if (line !== '') lines.set(entryKey(parseEntryLine(line)), joinLine(line) ?? '');
    }
    next.set(month, sortedText([...lines.values()].filter(Boolean)));
  }
  // Ours may have been moved away as damaged: a decision would have ended the hold.
  const heldFrom = (feed: string) => {
    const { from, state } = states.get(feed) ?? {};
    return state?.trouble?.outcome === 'held' && !ours.has('held.ndjson') ? theirs : from;
  };
  const held = [theirs, ours].flatMap((files) =>
    splitLines(files.get('held.ndjson')).filter((line) => heldFrom(parseEntryLine(line).feed) === files),
  );
  next.set('held.ndjson', sortedText(held));
  next.set('feeds.json', statesText(states, next));
  const [inBase, inTheirs, inOurs] = [base, theirs, ours].map((files) => files.get('avatars.json'));
  next.set(
    'avatars.json',
    joinAvatars(inBase, inTheirs, inOurs, (feed) => states.has(feed)),
  );
  const ledger = ledgerFrom(next, [theirs, ours], (feed) => states.has(feed));
  if (ledger !== null) next.set('ledger.json', ledger);
  return next;
}

/** A month of theirs without the entries whose loss we have accepted. An entry that `base` lacks has come back since: it stays. */
function withoutLost(text: string, before: string | undefined, lost: ReadonlySet<string>): string {
  const known = new Set(splitLines(before).map((line) => entryKey(parseEntryLine(line))));
  const left = splitLines(text).filter((line) => {
    const entry = parseEntryLine(line);
    return !known.has(entryKey(entry)) || !lost.has(permalinkKey(entry));
  });
  return sortedText(left);
}

/**
 * Our new lines that cannot be added as they are, each with its replacement: empty if they have the entry under another
 * id, or the entry under a new id if they use its id for another entry.
 */
function renamedLines(base: Files, theirs: Files, ours: Files): Map<string, string> {
  const before = new Map(linesByEntry(base));
  const ourFeeds = Map.groupBy(
    linesByEntry(ours).map(([key, line]) => ({ entry: parseEntryLine(line), line, isNew: !before.has(key) })),
    ({ entry }) => entry.feed,
  );
  const theirFeeds = Map.groupBy(
    linesByEntry(theirs).map(([, line]) => parseEntryLine(line)),
    ({ feed }) => feed,
  );
  const renamed = new Map<string, string>();
  for (const [feed, lines] of ourFeeds) {
    const newLines = lines.filter(({ isNew }) => isNew);
    if (newLines.length === 0) continue;
    const entries = lines.map(({ entry }) => entry);
    const { matches, ids } = compareEntries(theirFeeds.get(feed) ?? [], entries, OTHER_DOCUMENT, { timezone: 'UTC' });
    for (const { entry, line } of newLines) {
      const [match, name] = [matches.get(entry), ids.get(entry)];
      // Only by link: two posts of one minute may be in two archives.
      if (match?.rule === 'link' && match.entry.id !== entry.id) renamed.set(line, '');
      if (name !== undefined && name !== entry.id)
        renamed.set(line, orderedLine(withIdentity(entry, newIdentity(feed, name))));
    }
  }
  return renamed;
}

/** The two archives read different documents: an entry that only one has did not vanish from the other. */
const OTHER_DOCUMENT: FeedMemory = { ...NO_MEMORY, lastDocument: [''] };

/** Returns a function from a line of ours to its line in the joined archive; null if the joined archive must not have it. */
function lineJoiner(
  base: Files,
  theirs: Files,
  ours: Files,
  states: JoinedStates,
  renamed: ReadonlyMap<string, string>,
) {
  const [before, existing] = [new Map(linesByEntry(base)), new Map(linesByEntry(theirs))];
  const newLines = linesByEntry(ours)
    .map(([, line]) => renamed.get(line) ?? line)
    .filter((line) => line !== '')
    .map(withKey)
    .filter(([key]) => !before.has(key) && !existing.has(key));
  const copies = copyLines(newLines, existing, states);
  const rejections = [...states].map(([feed, { state }]) => [feed, rejectedBy(feed, state.rejected)] as const);
  const isRejected = new Map(rejections);
  const feedsBefore = statesOf(base);
  const lost = new Set(ledgerIn(theirs)?.lost);
  return (line: string): string | null => {
    const entry = parseEntryLine(line);
    const [old, their] = [before.get(entryKey(entry)), existing.get(entryKey(entry))];
    // Two snapshots around midnight may put an undated entry into two months: theirs is enough.
    if (their !== undefined && monthOf(parseEntryLine(their)) !== monthOf(entry)) return null;
    if (their !== undefined) return their === old ? line : their;
    // An entry that they lack is lost on purpose only if their ledger says so: the branch may have been set back.
    const isRemoved =
      (old !== undefined && lost.has(permalinkKey(entry))) ||
      (theirs.has('feeds.json') &&
        !states.has(entry.feed) &&
        (old !== undefined || feedsBefore[entry.feed] !== undefined));
    return isRemoved || isRejected.get(entry.feed)?.(entry) ? null : (copies.get(entryKey(entry)) ?? line);
  };
}

/** The lines of new entries that are copies of entries of theirs, and of their own copies, with `copyOf` set; by entry. */
function copyLines(
  newLines: readonly [key: string, line: string][],
  existing: ReadonlyMap<string, string>,
  states: JoinedStates,
): Map<string, string> {
  const feeds = [...states].map(([id, { state }]) => ({ id, url: state.url, title: '', authors: 'entry' as const }));
  const homes = homesOf(Object.fromEntries([...states].map(([id, { state }]) => [id, state])));
  const entries = newLines.map(([, line]) => parseEntryLine(line));
  const theirs = [...existing.values()].map(parseEntryLine);
  const copies = new Map<string, Entry>();
  const ourOriginals = entries.filter(({ copyOf }) => copyOf === null);
  for (const entry of withOriginals(ourOriginals, theirs, { feeds, authors: [], homes })) {
    // Copies among our own entries were found when we read them.
    if (entry.copyOf && existing.has(entryKey(entry.copyOf))) copies.set(entryKey(entry), entry);
  }
  return new Map(
    entries.flatMap((entry): [string, string][] => {
      const copy = copies.get(entryKey(entry.copyOf ?? entry));
      if (copy === undefined) return [];
      const next = entry.copyOf ? { ...entry, copyOf: copy.copyOf } : copy;
      return [[entryKey(entry), orderedLine(next)]];
    }),
  );
}

/** A line with its keys in the order of the schema: readers expect the body at the end. */
function orderedLine({ feed, id, path, url, copyOf, sameBy, ...rest }: Entry): string {
  return JSON.stringify({ feed, id, path, url, copyOf, sameBy, ...rest });
}
