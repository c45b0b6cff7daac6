import type { Entry } from '../../src/core/entry.ts';
import { compareText } from '../../src/core/text.ts';
import type { Pair } from './edits.ts';
import type { FeedReading } from './outcome.ts';

/** Fields that other software of a blog may leave out of all entries: that is no edit of each. */
const LOSABLE = ['authors', 'categories', 'rights'] as const;
type Losable = (typeof LOSABLE)[number];

function has(entry: Pick<Entry, Losable>, field: Losable): boolean {
  return (entry[field]?.length ?? 0) > 0;
}

/**
 * The pairs with the stored authors, categories and rights where no entry of a whole document has any, and most `entries`
 * up to the stored one had some: of a guest's post among nameless ones the blogger may remove the name.
 */
export function withKeptFields<P extends Pair>(pairs: readonly P[], document: FeedReading, entries: readonly Entry[]) {
  const isWhole = !document.delta && document.entries.length > 1;
  const missing = LOSABLE.filter(
    (field) =>
      isWhole && pairs.some(({ before }) => has(before, field)) && !document.entries.some((entry) => has(entry, field)),
  );
  if (missing.length === 0) return { pairs, notes: [] };
  const usual = new Map(missing.map((field) => [field, usualTimes(field, entries)]));
  const kept = new Set<Losable>();
  const next = pairs.map((pair) => {
    const lost = missing.filter((field) => has(pair.before, field) && usual.get(field)?.get(pair.before.firstSeen));
    for (const field of lost) kept.add(field);
    return { ...pair, incoming: { ...pair.incoming, ...Object.fromEntries(lost.map((it) => [it, pair.before[it]])) } };
  });
  return { pairs: next, notes: [...kept].map((field) => `no entry has ${field} now; those of stored entries stay`) };
}

/** By time, whether most entries up to then have the field. Made once: a feed may have 50,000 entries. */
function usualTimes(field: Losable, entries: readonly Entry[]): Map<string, boolean> {
  let having = 0;
  const bySight = entries.toSorted((a, b) => compareText(a.firstSeen, b.firstSeen));
  return new Map(
    bySight.map((entry, at) => {
      if (has(entry, field)) having += 1;
      return [entry.firstSeen, having * 2 > at + 1];
    }),
  );
}
