import { type ComparedEntry, type CopyContext, copyRule, textWords, titleForms } from '../../src/core/copy-rules.ts';
import type { Entry, SameBy } from '../../src/core/entry.ts';
import { feedAddressKey, type IdentityKey, keysWithFragments } from '../../src/core/entry-keys.ts';
import type { OriginalsInput } from './originals.ts';

/** The part of a stored entry that is needed to find entries of the same story. */
export interface StoredRecord extends Pick<Entry, 'feed' | 'id' | 'path' | 'url' | 'copyOf' | 'sameBy'> {
  read: () => Entry;
}

export type StoredEntry = Entry | StoredRecord;

/** An entry of another feed that shares a link or an id. */
interface Candidate<T> {
  other: T;
  /** Whether one of the two feeds has several entries with every link and id that they share, or may have: of a front page. */
  isCrowded: boolean;
}

type Linked = Pick<Entry, 'feed' | 'id' | 'path' | 'url'>;

export class Candidates<T extends Linked> {
  readonly #byKey = new Map<string, { entry: T; mark: IdentityKey }[]>();
  /** The ids of the entries that a feed has on a page, and on a fragment of it. Two versions of an entry are one. */
  readonly #ids = new Map<string, Set<string>>();

  constructor(entries: Iterable<T>) {
    for (const entry of entries) {
      const names = new Set<string>();
      for (const mark of keysWithFragments(entry)) {
        const list = this.#byKey.get(mark.key);
        if (list) list.push({ entry, mark });
        else this.#byKey.set(mark.key, [{ entry, mark }]);
        names.add(countName(entry, mark.key)).add(countName(entry, mark.key, mark.fragment));
      }
      for (const name of names) {
        const ids = this.#ids.get(name);
        if (ids) ids.add(entry.id);
        else this.#ids.set(name, new Set([entry.id]));
      }
    }
  }

  forEntry(one: Linked): Candidate<T>[] {
    const found = new Map<T, boolean>();
    for (const mark of keysWithFragments(one)) {
      for (const { entry, mark: other } of this.#byKey.get(mark.key) ?? []) {
        const isSameFragment = mark.fragment === other.fragment;
        // Fragments count only if both have one: most planets remove them.
        const isOtherNote = !isSameFragment && mark.fragment !== '' && other.fragment !== '';
        if (entry.feed === one.feed || isOtherNote) continue;
        const name = (each: Linked) => countName(each, mark.key, isSameFragment ? mark.fragment : undefined);
        const isCrowded = mark.isFrontPage || [one, entry].some((each) => (this.#ids.get(name(each))?.size ?? 0) > 1);
        found.set(entry, isCrowded && found.get(entry) !== false);
      }
    }
    // The newest first: of many with one link, only the first ones are compared.
    return [...found].map(([other, isCrowded]) => ({ other, isCrowded })).reverse();
  }
}

function countName({ feed }: Linked, key: string, fragment?: string): string {
  return fragment === undefined ? `${feed} ${key}` : `${feed} ${key} ${fragment}`;
}

/** The fields that decide whether two entries are one story. The text of a stored entry is read at each call of `text`. */
export function comparedEntry(entry: Entry | StoredRecord): ComparedEntry {
  const isRecord = 'read' in entry;
  const { feed, id, url, title, published, publishedBy, source, ...rest } = isRecord ? entry.read() : entry;
  return {
    ...{ feed, id, url, title, published, publishedBy, source },
    titles: titleForms(title),
    text: () => {
      const { content, summary } = isRecord ? entry.read() : rest;
      return content || summary;
    },
  };
}

/** The most comparisons of an entry whose link a feed uses several times. Comparing texts counts as a hundred. */
const MOST_CROWDED = 1_000;

/** Each candidate with the rule by which it is the same story; null if it is not, or after too many comparisons. */
export function* compareCandidates<T extends StoredEntry>(
  entry: Entry,
  candidates: Iterable<Candidate<T>>,
  context: CopyContext,
  story: (of: StoredEntry) => ComparedEntry = comparedEntry,
): Generator<[other: T, by: SameBy | null]> {
  let left = MOST_CROWDED;
  const one = story(entry);
  const wordsOf = wordsBeside(one.text());
  for (const { other, isCrowded } of candidates) {
    if (isCrowded) left -= 1;
    if (isCrowded && left < 0) {
      yield [other, null];
      continue;
    }
    const { text, ...facts } = story(other);
    const textWithCost = () => {
      if (isCrowded) left -= 100;
      return text();
    };
    yield [other, copyRule(one, { ...facts, text: textWithCost }, isCrowded, context, wordsOf)];
  }
}

/** `textWords`, which reads an entry's own text once: most of its copies have the same (20 feeds with the same 200 posts of 1,500 words: 26 → 1.7 s). */
function wordsBeside(own: string): typeof textWords {
  let words: ReturnType<typeof textWords> | undefined;
  return (html) => {
    if (html !== own) return textWords(html);
    words ??= textWords(own);
    return words;
  };
}

export function copyMatches(newEntries: readonly Entry[], stored: Iterable<StoredEntry>, context: CopyContext) {
  const candidates = new Candidates<StoredEntry>([...stored, ...newEntries]);
  const stories = new Map<StoredEntry, ComparedEntry>();
  const story = (of: StoredEntry): ComparedEntry => {
    const found = stories.get(of) ?? comparedEntry(of);
    stories.set(of, found);
    return found;
  };
  return new Map(
    newEntries.map((entry) => {
      const others = compareCandidates(entry, candidates.forEntry(entry), context, story);
      return [entry, [...others].flatMap(([other, by]) => (by === null ? [] : [{ other, by }]))];
    }),
  );
}

export function copyContext({ feeds, homes, timezone = 'UTC' }: OriginalsInput): CopyContext {
  const addressesByFeed = new Map(
    feeds.map(({ id, url, home }) => {
      const addresses = [url, home, homes?.get(id)].flatMap((address) => (address ? [feedAddressKey(address)] : []));
      return [id, new Set(addresses)];
    }),
  );
  return { timezone, addressesOf: (feed) => addressesByFeed.get(feed) ?? new Set() };
}
