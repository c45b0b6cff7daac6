import { textWords } from './copy-rules.ts';
import type { Credit } from './credit.ts';
import type { EntryMetadata, Position, StoredSummary } from './entry.ts';
import { entryKey } from './entry-keys.ts';
import type { FeedConfig } from './planet.ts';
import { type FeedHome, isAtHome } from './web-address.ts';

/** An entry in one feed: a line of the archive, with its credit by the feed's `authors` rule. */
export type Occurrence = { entry: StoredSummary; credit: Credit };

interface MergeContext {
  feeds: readonly (FeedHome & Pick<FeedConfig, 'id'>)[];
  metadataOf: (occurrence: Pick<Occurrence, 'entry'>) => Pick<EntryMetadata, 'url' | 'summary'>;
  /** Safe HTML, read from the archive. */
  bodyOf: (occurrence: Pick<Occurrence, 'entry'>) => string;
}

export interface MergedEntry {
  /** The fields of the leading occurrence: the original, unless that is hidden. Its position is that of this line. */
  entry: StoredSummary;
  /** The position of the longest text. */
  position: Position;
  credit: Credit;
  /** The other feeds that carried it, in the order of `planet.yaml`. */
  via: string[];
  /** Why it belongs to its feed; null if only one feed carried it. */
  ownedBecause: NonNullable<EntryMetadata['copyOf']>['why'] | null;
}

/**
 * Merges the occurrences of each entry. It keeps path and date of its original, even if the original is `hidden`: a
 * permalink never changes. Calls the readers of `context` only for the few entries with different texts.
 */
export function mergeOccurrences(
  all: readonly Occurrence[],
  hidden: ReadonlySet<Occurrence>,
  context: MergeContext,
): MergedEntry[] {
  const order = new Map(context.feeds.map(({ id }, index) => [id, index]));
  const byFeed = (a: Occurrence, b: Occurrence) => (order.get(a.entry.feed) ?? 0) - (order.get(b.entry.feed) ?? 0);
  const groups = Map.groupBy(all, ({ entry }) => entryKey(entry.copyOf ?? entry));
  return [...groups.values()].flatMap((group) => {
    const [only, second] = group;
    if (only && second === undefined) {
      const { entry, credit } = only;
      return hidden.has(only) ? [] : [{ entry, position: entry.position, credit, via: [], ownedBecause: null }];
    }
    const visible = group.filter((occurrence) => !hidden.has(occurrence)).sort(byFeed);
    const original = group.find(({ entry }) => entry.copyOf === null) ?? group[0];
    const first = visible.find((occurrence) => occurrence === original) ?? visible[0];
    return original && first ? [mergeGroup(original, first, visible, context)] : [];
  });
}

/** @param first the original if it is visible, else the first visible occurrence */
function mergeGroup(
  original: Occurrence,
  first: Occurrence,
  visible: readonly Occurrence[],
  context: MergeContext,
): MergedEntry {
  const { id, path, published, publishedBy, firstSeen } = original.entry;
  const atHome = occurrenceAtHome(visible, original, first, context);
  const main = atHome ?? first;
  const fullest = visible.find((other) => isFuller(other, main, original, context)) ?? main;
  const trusted = [main, ...visible.filter((other) => mayAdd(other, main, original, context))];
  const credited = trusted.find(({ credit }) => credit.authors.length > 0)?.credit.authors ?? [];
  const via = [...new Set(visible.map(({ entry }) => entry.feed))].filter((feed) => feed !== main.entry.feed);
  const why = atHome ? 'site' : (visible.find(({ entry }) => entry.copyOf !== null)?.entry.copyOf?.why ?? null);
  return {
    entry: { ...main.entry, id, path, published, publishedBy, firstSeen },
    position: { ...fullest.entry.position, hash: hashOfAll(fullest, [original, ...visible]) },
    credit: { title: main.credit.title, authors: credited },
    via,
    ownedBecause: first === original ? why : null,
  };
}

/** The hashes of all lines of an entry, that of the longest text first: the hash of the entry changes with each of them. */
function hashOfAll(fullest: Occurrence, occurrences: readonly Occurrence[]): string {
  const hashes = occurrences.map(({ entry }) => entry.position.hash).sort();
  return [...new Set([fullest.entry.position.hash, ...hashes])].join('-');
}

/** Factor of lengths. With less than this, a longer line may be the same text in other markup. */
const FULLER = 1.5;

/** Factor of lengths. The same text is a little longer in a planet's feed, which adds a name to the title. */
const AS_LONG = 0.9;

/**
 * The occurrence in the author's own feed, if the first one is elsewhere. It leads, even if a planet brought an excerpt
 * earlier (https://github.com/oursqlcommunity/planet/issues/2), or a copy added something to the text.
 */
function occurrenceAtHome(
  visible: readonly Occurrence[],
  original: Occurrence,
  first: Occurrence,
  context: MergeContext,
): Occurrence | undefined {
  if (isInOwnFeed(first, original, context)) return undefined;
  const inOwnFeed = visible.filter((other) => isInOwnFeed(other, original, context));
  return inOwnFeed.find(({ entry }) => entry.position.length >= first.entry.position.length * AS_LONG) ?? inOwnFeed[0];
}

/** In words: less is no text, but a link (`Comments`). */
const FEW_WORDS = 5;

/** Whether another occurrence has the whole text of an excerpt in the lead: it begins with the same words, and may add to it. */
function isFuller(other: Occurrence, main: Occurrence, original: Occurrence, context: MergeContext): boolean {
  if (other.entry.position.length < main.entry.position.length * FULLER) return false;
  if (!mayAdd(other, main, original, context)) return false;
  const { words, isExcerpt } = textWords(context.bodyOf(main));
  if (words.length < FEW_WORDS) return true;
  const excerpt = withoutEllipsis(context.metadataOf(main).summary);
  const whole = withoutEllipsis(context.metadataOf(other).summary);
  if (excerpt.length < 20 || !whole.startsWith(excerpt.slice(0, whole.length))) return false;
  // A copy may add to the text of the author's own feed only if that is an excerpt.
  return isExcerpt || isInOwnFeed(other, original, context) || !isInOwnFeed(main, original, context);
}

/**
 * Whether another occurrence may give the entry its text or authors: it was seen as early, its feed is earlier in
 * `planet.yaml`, or the entry is on its feed's site. A feed that copies the entry later cannot change it.
 */
function mayAdd(other: Occurrence, main: Occurrence, original: Occurrence, context: MergeContext): boolean {
  const order = (id: string) => context.feeds.findIndex((feed) => feed.id === id);
  return (
    other.entry.firstSeen <= main.entry.firstSeen ||
    order(other.entry.feed) < order(main.entry.feed) ||
    isInOwnFeed(other, original, context)
  );
}

/** Whether the entry is on the site of the occurrence's feed. The link of the original decides: a copy may have another one. */
function isInOwnFeed({ entry }: Occurrence, original: Occurrence, { feeds, metadataOf }: MergeContext): boolean {
  const feed = feeds.find(({ id }) => id === entry.feed);
  if (feed === undefined) return false;
  if (isAtHome(original.entry.id, feed)) return true;
  const { url } = metadataOf(original);
  return url !== null && isAtHome(url, feed);
}

/** A text without an ellipsis, with a link behind it, or "read more" at its end, for comparing an excerpt with the whole. */
function withoutEllipsis(text: string): string {
  return text
    .replace(/\s*(?:\[?(?:…|\.\.\.)\]?(?:\s.{0,80})?|read more|continue reading)\s*$/iu, '')
    .replace(/\s+/gu, ' ');
}
