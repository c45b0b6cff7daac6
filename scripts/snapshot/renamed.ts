import { compare } from '../../src/lib/compare.ts';
import { credit } from '../../src/lib/credit.ts';
import { nameKey } from '../../src/lib/names.ts';
import type { Entry } from '../../src/model/entry.ts';
import type { FeedConfig } from '../../src/model/planet.ts';
import type { FeedState, FeedStates } from '../../src/model/state.ts';

type Former = FeedState['formerAuthors'];

/** Of a feed that renames in every run, the last of them are enough. */
const MOST = 50;

/**
 * What is remembered of feeds whose entries all got another author's name: the pages and feeds of the old one go on leading to
 * the new one, though no entry has it any more.
 * @param entries as the archive had them, of all feeds that were read
 */
export function rememberRenamed(
  states: FeedStates,
  entries: readonly Entry[],
  { changed, newcomers }: { changed: readonly Entry[]; newcomers: readonly Entry[] },
  feeds: readonly FeedConfig[],
): FeedStates {
  const next = { ...states };
  const edits = Map.groupBy(changed, ({ feed }) => feed);
  for (const feed of feeds) {
    const state = next[feed.id];
    const edited = new Map(edits.get(feed.id)?.map((entry) => [entry.id, entry]));
    if (state === undefined || edited.size === 0) continue;
    const before = entries.filter((entry) => entry.feed === feed.id);
    const after = [
      ...before.map((entry) => edited.get(entry.id) ?? entry),
      ...newcomers.filter((entry) => entry.feed === feed.id),
    ];
    const formerAuthors = withRenamed(state.formerAuthors, before, edited, after, feed);
    if (formerAuthors !== null) next[feed.id] = { ...state, formerAuthors };
  }
  return next;
}

/** Null where nobody was renamed. */
function withRenamed(
  known: Former,
  before: readonly Entry[],
  edited: ReadonlyMap<string, Entry>,
  after: readonly Entry[],
  feed: FeedConfig,
): Former | null {
  const namesOf = (entry: Entry) => credit(entry, feed).authors.map(({ name }) => name);
  const isSaid = new Set(after.flatMap(namesOf).map(nameKey));
  const renamed = before.flatMap((entry) => {
    const [was, is] = [entry, edited.get(entry.id) ?? entry].map(namesOf) as [string[], string[]];
    const [gone, ...more] = was.filter((name) => !is.some((each) => nameKey(each) === nameKey(name)));
    const [now, ...others] = is.filter((name) => !was.some((each) => nameKey(each) === nameKey(name)));
    if (gone === undefined || now === undefined || more.length + others.length > 0) return [];
    return isSaid.has(nameKey(gone)) ? [] : [{ gone, now, firstSeen: entry.firstSeen }];
  });
  if (renamed.length === 0) return null;
  const next = new Map(Object.entries(known));
  for (const [, entries] of Map.groupBy(renamed, ({ gone }) => nameKey(gone))) {
    const [gone = ''] = entries.map((entry) => entry.gone).sort(compare);
    const [firstSeen = ''] = entries.map((entry) => entry.firstSeen).sort(compare);
    next.delete(gone);
    next.set(gone, { now: commonest(entries.map(({ now }) => now)), firstSeen });
  }
  // A name that is said again leads nowhere.
  return Object.fromEntries([...next].filter(([name]) => !isSaid.has(nameKey(name))).slice(-MOST));
}

function commonest(names: readonly string[]): string {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, { length }]) => ({ name, length }));
  return counts.sort((a, b) => b.length - a.length || compare(a.name, b.name))[0]?.name ?? '';
}
