import { formerKey } from '../../src/core/author-slugs.ts';
import { type CreditRule, creditOf } from '../../src/core/credit.ts';
import type { Entry } from '../../src/core/entry.ts';
import { copyStates, type FeedState, type FeedStates } from '../../src/core/feed-state.ts';
import { isJoint, nameKey } from '../../src/core/name-lists.ts';
import type { FeedConfig } from '../../src/core/planet.ts';
import { compareText } from '../../src/core/text.ts';

type FormerAuthors = FeedState['formerAuthors'];

/** The most former names of a feed: some feeds rename their author in every run. */
const MOST_FORMER_NAMES = 50;

/** The title of a feed in `planet.yaml` to which its entries were credited until this run. */
export function formerTitle({ authors, title }: FeedConfig, state: FeedState | undefined): string {
  return (authors === 'feed' && state?.creditedTo) || title;
}

/**
 * Keeps an author's name that all `entries` of a feed (before this run) lost: its pages lead to the new name. The feed or,
 * with `authors: feed`, another title in `planet.yaml` may have changed it.
 */
export function withRenamedAuthors(
  states: FeedStates,
  entries: readonly Entry[],
  { changed, newEntries }: { changed: readonly Entry[]; newEntries: readonly Entry[] },
  feeds: readonly FeedConfig[],
): FeedStates {
  const next = copyStates(states);
  const edits = Map.groupBy(changed, ({ feed }) => feed);
  for (const feed of feeds) {
    const state = next[feed.id];
    const edited = new Map(edits.get(feed.id)?.map((entry) => [entry.id, entry]));
    const title = formerTitle(feed, state);
    if (state === undefined || (edited.size === 0 && title === feed.title)) continue;
    const before = entries.filter((entry) => entry.feed === feed.id);
    const after = [
      ...before.map((entry) => edited.get(entry.id) ?? entry),
      ...newEntries.filter((entry) => entry.feed === feed.id),
    ];
    const was = title === feed.title ? before.filter(({ id }) => edited.has(id)) : before;
    const pairs = was.map((entry) => ({
      was: creditedNames(entry, { ...feed, title }),
      is: creditedNames(edited.get(entry.id) ?? entry, feed),
      firstSeen: entry.firstSeen,
    }));
    const formerAuthors = withRenamedNames(
      state.formerAuthors,
      pairs,
      after.flatMap((entry) => creditedNames(entry, feed)),
    );
    if (formerAuthors !== null) next[feed.id] = { ...state, formerAuthors };
  }
  return next;
}

function creditedNames(entry: Entry, feed: CreditRule): string[] {
  return creditOf(entry, feed).authors.map(({ name }) => name);
}

/** The former names with the new ones among them; null if no author was renamed. `used` are all names after this run. */
function withRenamedNames(
  former: FormerAuthors,
  credits: readonly { was: string[]; is: string[]; firstSeen: string }[],
  used: readonly string[],
): FormerAuthors | null {
  const replaced = credits.flatMap(({ was, is, firstSeen }) => {
    const lost = was.filter((name) => !is.some((each) => formerKey(each) === formerKey(name)));
    const added = is.filter((name) => !was.some((each) => formerKey(each) === formerKey(name)));
    const isOneForOne = lost.length === 1 && added.length === 1;
    return lost.flatMap((gone) => {
      // A name that was split, as `Ann and Bob`, leads to the first of its parts, and parts to a name that joins them.
      const now = added.find((name) => isOneForOne || isPart(gone, name) || (added.length === 1 && isPart(name, gone)));
      return now === undefined ? [] : { gone, now, firstSeen };
    });
  });
  if (replaced.length === 0) return null;
  const present = new Set(used.map(formerKey));
  const renamed = replaced.filter(({ gone }) => !present.has(formerKey(gone)));
  const next = new Map(Object.entries(former));
  for (const entries of Map.groupBy(renamed, ({ gone }) => formerKey(gone)).values()) {
    const [gone = ''] = entries.map((entry) => entry.gone).sort(compareText);
    const existing = next.get(gone);
    const [firstSeen = ''] = [existing?.firstSeen ?? [], entries.map((one) => one.firstSeen)].flat().sort();
    next.delete(gone);
    next.set(gone, { ...existing, now: mostFrequent(entries.map(({ now }) => now)), firstSeen });
  }
  // A former name that is in use again is no former name. Joint names give way first.
  const gone = [...next].filter(([name]) => !present.has(formerKey(name)));
  const inOrder = gone.toSorted(([a], [b]) => Number(isJoint(b)) - Number(isJoint(a)));
  return Object.fromEntries(inOrder.slice(-MOST_FORMER_NAMES));
}

/** Whether a name has all words of another, side by side. */
function isPart(whole: string, part: string): boolean {
  // Also `Ash, C.` and `Ann (now)`, with a sign at the end.
  const words = (name: string) =>
    ` ${nameKey(name)
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
      .trim()} `;
  return words(whole).includes(words(part));
}

function mostFrequent(names: readonly string[]): string {
  const counts = [...Map.groupBy(names, (name) => name)].map(([name, { length }]) => ({ name, length }));
  return counts.sort((a, b) => b.length - a.length || compareText(a.name, b.name))[0]?.name ?? '';
}
