import { isDeepStrictEqual } from 'node:util';
import { ledgerKey } from '../../src/archive/ledger.ts';
import type { Entry } from '../../src/core/entry.ts';
import type { FeedState, FeedStates } from '../../src/core/feed-state.ts';
import { OperatorError } from '../../src/core/operator-error.ts';
import { identityFilter, identityKeys } from '../../src/core/same-entry.ts';
import { compareEntries, rejectedBy } from '../snapshot/identity/identify.ts';
import { type Memory, NOTHING, nameEntry, renameEntry } from '../snapshot/identity/names.ts';
import { homesOf, withOriginals } from '../snapshot/originals.ts';
import { entryKey, type Files, isMonth, ledgerFrom, ledgerIn, parseEntryLine, splitLines } from './archive-lines.ts';
import { joinAvatars } from './avatar-rows.ts';

/**
 * Joins two archives that grew from one beginning: theirs, which is on the branch and may be published already, and ours.
 * No entry of either is lost, but for what they have forgotten on purpose. An entry that only one of them changed is as that
 * one has it, else as theirs. So is what is remembered of a feed: where it is theirs, its server is asked again with their
 * validators, and what it said to us alone is heard once more.
 */
export function join(base: Files, theirs: Files, ours: Files): Map<string, string> {
  const states = joinStates(base, theirs, ours);
  const names = namesOfNew(base, theirs, ours);
  const joined = oneByOne(base, theirs, ours, states, names);
  const next = new Map(theirs);
  const meant = new Set(ledgerIn(ours)?.lost);
  if (meant.size > 0)
    for (const [month, text] of monthsOf(theirs)) next.set(month, withoutLost(text, base.get(month), meant));
  for (const [month, text] of monthsOf(ours)) {
    const lines = new Map(splitLines(next.get(month)).map((line) => [entryKey(parseEntryLine(line)), line]));
    for (const said of splitLines(text)) {
      const line = names.get(said) ?? said;
      if (line !== '') lines.set(entryKey(parseEntryLine(line)), joined(line) ?? '');
    }
    next.set(month, inOrder([...lines.values()].filter(Boolean)));
  }
  const held = [theirs, ours].flatMap((files) =>
    splitLines(files.get('held.ndjson')).filter((line) => states.get(parseEntryLine(line).feed)?.from === files),
  );
  next.set('held.ndjson', inOrder(held));
  next.set('feeds.json', counted(states, next));
  const [was, their, our] = [base, theirs, ours].map((files) => files.get('avatars.json'));
  next.set(
    'avatars.json',
    joinAvatars(was, their, our, (feed) => states.has(feed)),
  );
  const ledger = ledgerFrom(next, [theirs, ours], (feed) => states.has(feed));
  if (ledger !== null) next.set('ledger.json', ledger);
  return next;
}

/** A month of theirs without what we have accepted to be lost; an entry that came back since is there to stay. */
function withoutLost(text: string, before: string | undefined, lost: ReadonlySet<string>): string {
  const known = new Set(splitLines(before).map((line) => entryKey(parseEntryLine(line))));
  const left = splitLines(text).filter((line) => {
    const entry = parseEntryLine(line);
    return !known.has(entryKey(entry)) || !lost.has(ledgerKey(entry));
  });
  return inOrder(left);
}

/**
 * Lines of ours that the beginning did not have, where they are not simply added: empty for an entry that they have under another
 * name, and under another name where they have another entry by that.
 */
function namesOfNew(base: Files, theirs: Files, ours: Files): Map<string, string> {
  const before = new Map(entriesOf(base));
  const mine = new Map(
    entriesOf(ours).map(([name, line]) => [parseEntryLine(line), { line, isNew: !before.has(name) }]),
  );
  const feeds = Map.groupBy(mine.keys(), ({ feed }) => feed);
  const known = Map.groupBy(
    entriesOf(theirs).map(([, line]) => parseEntryLine(line)),
    ({ feed }) => feed,
  );
  const told = new Map<string, string>();
  for (const [feed, entries] of feeds) {
    if (!entries.some((entry) => mine.get(entry)?.isNew)) continue;
    const { same, names } = compareEntries(known.get(feed) ?? [], entries, NOTHING_STOOD, { timezone: 'UTC' });
    for (const entry of entries) {
      const { line, isNew } = mine.get(entry) ?? { line: '', isNew: false };
      const [one, name] = [same.get(entry), names.get(entry)];
      if (!isNew) continue;
      // Two archives may have two posts of one minute; a link of its own is one post's.
      if (one?.rule === 'link' && one.entry.id !== entry.id) told.set(line, '');
      if (name !== undefined && name !== entry.id) told.set(line, lineOf(renameEntry(entry, nameEntry(feed, name))));
    }
  }
  return told;
}

/** The two archives saw different documents: nothing is known of what stood in one and vanished. */
const NOTHING_STOOD: Memory = { ...NOTHING, lastDocument: [''] };

/** What becomes of a line of ours; null where it shall not be. */
function oneByOne(
  base: Files,
  theirs: Files,
  ours: Files,
  states: ReadonlyMap<string, { state: FeedState }>,
  names: ReadonlyMap<string, string>,
) {
  const [before, known] = [new Map(entriesOf(base)), new Map(entriesOf(theirs))];
  const newcomers = entriesOf(ours)
    .map(([, said]) => names.get(said) ?? said)
    .filter((line) => line !== '')
    .map((line): [string, string] => [entryKey(parseEntryLine(line)), line])
    .filter(([name]) => !before.has(name) && !known.has(name));
  const credited = creditedOf(newcomers, known, states);
  const rejections = [...states].map(([feed, { state }]) => [feed, rejectedBy(feed, state.rejected)] as const);
  const isRejected = new Map(rejections);
  const feedsBefore = statesOf(base);
  const lost = new Set(ledgerIn(theirs)?.lost);
  return (line: string): string | null => {
    const entry = parseEntryLine(line);
    const [was, is] = [before.get(entryKey(entry)), known.get(entryKey(entry))];
    // Two that first saw an undated entry on either side of midnight may have it in two months: theirs is enough.
    if (is !== undefined && monthOf(parseEntryLine(is)) !== monthOf(entry)) return null;
    if (is !== undefined) return is === was ? line : is;
    // That it is not there any more says nothing: the branch may have been set back. A loss that is meant is written down.
    const isForgotten =
      (was !== undefined && lost.has(ledgerKey(entry))) ||
      (!states.has(entry.feed) && (was !== undefined || feedsBefore[entry.feed] !== undefined));
    return isForgotten || isRejected.get(entry.feed)?.(entry) ? null : (credited.get(entryKey(entry)) ?? line);
  };
}

/** The lines of newcomers that are copies of what somebody else brought to them, and of the copies of those. */
function creditedOf(
  newcomers: readonly [name: string, line: string][],
  known: ReadonlyMap<string, string>,
  states: ReadonlyMap<string, { state: FeedState }>,
): Map<string, string> {
  const feeds = [...states].map(([id, { state }]) => ({ id, url: state.url, title: '', authors: 'entry' as const }));
  const homes = homesOf(Object.fromEntries([...states].map(([id, { state }]) => [id, state])));
  const lines = newcomers.map(([, line]) => wholeEntry(line));
  const mayHave = identityFilter(new Set(lines.flatMap((entry) => identityKeys(entry))));
  const near = [...known.values()].filter((line) => mayHave(parseEntryLine(line)));
  const roots = near.flatMap((line) => known.get(entryKey(parseEntryLine(line).copyOf ?? parseEntryLine(line))) ?? []);
  const theirs = [...new Set([...near, ...roots])].map(wholeEntry);
  const owners = new Map<string, Entry>();
  const own = lines.filter(({ copyOf }) => copyOf === null);
  for (const entry of withOriginals(own, theirs, { feeds, authors: [], homes })) {
    // Which of ours are one was decided when we read them.
    if (entry.copyOf && known.has(entryKey(entry.copyOf))) owners.set(entryKey(entry), entry);
  }
  return new Map(
    lines.flatMap((entry): [string, string][] => {
      const owner = owners.get(entryKey(entry.copyOf ?? entry));
      if (owner === undefined) return [];
      const told = entry.copyOf ? { ...entry, copyOf: owner.copyOf } : owner;
      return [[entryKey(entry), lineOf(told)]];
    }),
  );
}

/** As a snapshot wrote it, and the next one checks it again: where a branch is kept, no library is installed. */
function wholeEntry(line: string): Entry {
  return JSON.parse(line);
}

/** Keys in the schema's order, whatever was set later: the body comes last. */
function lineOf({ feed, id, path, url, copyOf, sameBy, ...rest }: Entry): string {
  return JSON.stringify({ feed, id, path, url, copyOf, ...(sameBy && { sameBy }), ...rest });
}

/** What is remembered of each feed, and of which archive it is. */
function joinStates(base: Files, theirs: Files, ours: Files): Map<string, { from: Files; state: FeedState }> {
  const [before, their, our] = [statesOf(base), statesOf(theirs), statesOf(ours)];
  const known = [...Object.keys(their), ...Object.keys(our).filter((feed) => before[feed] === undefined)];
  const feeds = [...new Set(known)].sort();
  return new Map(
    feeds.map((feed) => {
      const mine = isOurs(before[feed], their[feed], our[feed]);
      const rejected = new Set([...(their[feed]?.rejected ?? []), ...(our[feed]?.rejected ?? [])]);
      const state = (mine ? our[feed] : their[feed]) as FeedState;
      return [feed, { from: mine ? ours : theirs, state: { ...state, rejected: [...rejected].sort() } }];
    }),
  );
}

function isOurs(base?: FeedState, their?: FeedState, our?: FeedState): boolean {
  if (our === undefined || their === undefined) return our !== undefined;
  // Only an operator ends the holding of a feed, and does not do it twice.
  if (base?.trouble?.outcome === 'held' && our.trouble?.outcome !== 'held') return true;
  return isDeepStrictEqual(their, base);
}

function statesOf(files: Files): FeedStates {
  const text =
    files
      .get('feeds.json')
      ?.replace(/^\uFEFF/, '')
      .trim() || '{}';
  try {
    return JSON.parse(text);
  } catch {
    throw new OperatorError(
      'feeds.json is not what a snapshot wrote. Move it away; "npm run archive -- pull" brings back what the branch has of it.',
    );
  }
}

function monthOf({ published }: Entry): string {
  return published.slice(0, 7);
}

function monthsOf(files: Files): [string, string][] {
  return [...files].filter(([name]) => isMonth(name));
}

/** Every line of every month, by the name of its entry. */
function entriesOf(files: Files): [string, string][] {
  return monthsOf(files).flatMap(([, text]) =>
    splitLines(text).map((line) => [entryKey(parseEntryLine(line)), line] as [string, string]),
  );
}

/** As a snapshot writes a file of entries. */
function inOrder(lines: readonly string[]): string {
  const keyed = lines.map((line) => {
    const { published, feed, id } = parseEntryLine(line);
    return { line, key: `${published}\n${feed}\n${id}` };
  });
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return keyed.map(({ line }) => `${line}\n`).join('');
}

/** The states as a snapshot writes them, each with the number of entries that the archive now holds of its feed. */
function counted(states: ReadonlyMap<string, { state: FeedState }>, files: Files): string {
  const lines = entriesOf(files).map(([, line]) => parseEntryLine(line));
  const counts = Map.groupBy(lines, ({ feed }) => feed);
  const told = [...states].map(([feed, { state }]) => [feed, { ...state, entries: counts.get(feed)?.length ?? 0 }]);
  return `${JSON.stringify(Object.fromEntries(told), null, 1)}\n`;
}
