import { permalinkKey } from '../../src/archive/ledger.ts';
import type { Entry } from '../../src/core/entry.ts';
import { entryKey, monthOf } from '../../src/core/entry-keys.ts';
import { type FeedMemory, NO_MEMORY, newIdentity, withIdentity } from '../snapshot/identity/entry-ids.ts';
import { compareEntries, rejectedBy } from '../snapshot/identity/identify.ts';
import { homesOf, withOriginals } from '../snapshot/originals.ts';
import {
  allLines,
  byKey,
  type EntryLine,
  entryLine,
  entryLines,
  type Files,
  joinAvatars,
  ledgerFrom,
  ledgerIn,
  monthFiles,
  sortedText,
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
    const lines = new Map<string, EntryLine | null>(byKey(entryLines(next.get(month))));
    for (const ourLine of entryLines(text)) {
      const line = renamed.get(ourLine.line) ?? ourLine;
      if (line !== 'theirs') lines.set(line.key, joinLine(line));
    }
    next.set(month, sortedText([...lines.values()].filter((line) => line !== null)));
  }
  // Ours may have been moved away as damaged: a decision would have ended the hold.
  const heldFrom = (feed: string) => {
    const { from, state } = states.get(feed) ?? {};
    return state?.trouble?.outcome === 'held' && !ours.has('held.ndjson') ? theirs : from;
  };
  const held = [theirs, ours].flatMap((files) =>
    entryLines(files.get('held.ndjson')).filter(({ entry }) => heldFrom(entry.feed) === files),
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
  const existing = byKey(entryLines(before));
  return sortedText(entryLines(text).filter(({ key, entry }) => !existing.has(key) || !lost.has(permalinkKey(entry))));
}

/** Our new lines that cannot be added as they are: each under a new id if they use its id for another entry, or 'theirs' if they have the entry. */
function renamedLines(base: Files, theirs: Files, ours: Files): Map<string, EntryLine | 'theirs'> {
  const before = byKey(allLines(base));
  const theirFeeds = Map.groupBy(
    allLines(theirs).map(({ entry }) => entry),
    ({ feed }) => feed,
  );
  const renamed = new Map<string, EntryLine | 'theirs'>();
  for (const [feed, lines] of Map.groupBy(allLines(ours), ({ entry }) => entry.feed)) {
    const newLines = lines.filter(({ key }) => !before.has(key));
    if (newLines.length === 0) continue;
    const entries = lines.map(({ entry }) => entry);
    const existing = theirFeeds.get(feed) ?? [];
    const { matches, newEntries } = compareEntries(existing, entries, OTHER_DOCUMENT, { timezone: 'UTC' });
    for (const { entry, line } of newLines) {
      const [match, name] = [matches.get(entry), newEntries.get(entry)];
      // Only by link: two posts of one minute may be in two archives.
      if (match?.rule === 'link' && match.entry.id !== entry.id) renamed.set(line, 'theirs');
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
  renamed: ReadonlyMap<string, EntryLine | 'theirs'>,
) {
  const [before, existing] = [byKey(allLines(base)), byKey(allLines(theirs))];
  const newLines = allLines(ours)
    .map((each) => renamed.get(each.line) ?? each)
    .filter((each) => each !== 'theirs')
    .filter(({ key }) => !before.has(key) && !existing.has(key));
  const copies = copyLines(newLines, existing, states);
  const rejections = [...states].map(([feed, { state }]) => [feed, rejectedBy(feed, state.rejected)] as const);
  const isRejected = new Map(rejections);
  const feedsBefore = statesOf(base);
  const lost = new Set(ledgerIn(theirs)?.lost);
  return (ours: EntryLine): EntryLine | null => {
    const { key, entry } = ours;
    const [old, their] = [before.get(key), existing.get(key)];
    // Two snapshots around midnight may put an undated entry into two months: theirs is enough.
    if (their !== undefined && monthOf(their.entry) !== monthOf(entry)) return null;
    if (their !== undefined) return their.line === old?.line ? ours : their;
    // An entry that they lack is lost on purpose only if their ledger says so: the branch may have been set back.
    const isRemoved =
      (old !== undefined && lost.has(permalinkKey(entry))) ||
      (theirs.has('feeds.json') &&
        !states.has(entry.feed) &&
        (old !== undefined || feedsBefore[entry.feed] !== undefined));
    return isRemoved || isRejected.get(entry.feed)?.(entry) ? null : (copies.get(key) ?? ours);
  };
}

/** The lines of new entries that are copies of entries of theirs, and of their own copies, with `copyOf` set; by entry. */
function copyLines(
  newLines: readonly EntryLine[],
  existing: ReadonlyMap<string, EntryLine>,
  states: JoinedStates,
): Map<string, EntryLine> {
  const feeds = [...states].map(([id, { state }]) => ({ id, url: state.url, title: '', authors: 'entry' as const }));
  const homes = homesOf(Object.fromEntries([...states].map(([id, { state }]) => [id, state])));
  const entries = newLines.map(({ entry }) => entry);
  const theirs = [...existing.values()].map(({ entry }) => entry);
  const copies = new Map<string, Entry>();
  const ourOriginals = entries.filter(({ copyOf }) => copyOf === null);
  for (const entry of withOriginals(ourOriginals, theirs, { feeds, authors: [], homes })) {
    // Copies among our own entries were found when we read them.
    if (entry.copyOf && existing.has(entryKey(entry.copyOf))) copies.set(entryKey(entry), entry);
  }
  return new Map(
    entries.flatMap((entry): [string, EntryLine][] => {
      const copy = copies.get(entryKey(entry.copyOf ?? entry));
      if (copy === undefined) return [];
      const next = entry.copyOf ? { ...entry, copyOf: copy.copyOf } : copy;
      return [[entryKey(entry), orderedLine(next)]];
    }),
  );
}

/** A line with its keys in the order of the schema: readers expect the body at the end. */
function orderedLine({ feed, id, path, url, copyOf, sameBy, ...rest }: Entry): EntryLine {
  return entryLine(JSON.stringify({ feed, id, path, url, copyOf, sameBy, ...rest }));
}
