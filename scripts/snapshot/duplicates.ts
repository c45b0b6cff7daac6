import type { Entry } from '../../src/core/entry.ts';
import { type IdentityMark, identityMarks, mayBeOne } from '../../src/core/same-entry.ts';
import type { Story } from '../../src/core/same-story.ts';

/** The part of a stored entry that is needed to find entries of the same story. */
export interface StoryRecord extends Pick<Entry, 'feed' | 'id' | 'url' | 'copyOf' | 'sameBy'> {
  /** Reads the whole entry from its line. */
  read: () => Entry;
}

/** An entry of another feed that shares a link or an id. */
interface Candidate<T> {
  other: T;
  /** Whether one of the two feeds has several entries with every link and id that they share. */
  isCrowded: boolean;
}

type Linked = Pick<Entry, 'feed' | 'id' | 'url'>;

/** Finds entries of other feeds that may be the same story, by their links and ids. */
export class Candidates<T extends Linked> {
  readonly #byKey = new Map<string, { entry: T; mark: IdentityMark }[]>();
  /** The number of entries that a feed has on a page, and on a fragment of it. */
  readonly #counts = new Map<string, number>();

  constructor(entries: Iterable<T>) {
    for (const entry of entries) {
      const names = new Set<string>();
      for (const mark of identityMarks(entry)) {
        const list = this.#byKey.get(mark.key);
        if (list) list.push({ entry, mark });
        else this.#byKey.set(mark.key, [{ entry, mark }]);
        names.add(countName(entry, mark.key)).add(countName(entry, mark.key, mark.fragment));
      }
      for (const name of names) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    }
  }

  of(one: Linked): Candidate<T>[] {
    const found = new Map<T, boolean>();
    for (const mark of identityMarks(one)) {
      for (const { entry, mark: other } of this.#byKey.get(mark.key) ?? []) {
        if (entry.feed === one.feed || !mayBeOne(mark, other)) continue;
        const isSameFragment = mark.fragment === other.fragment;
        const isCrowded = [one, entry].some((each) => this.#count(each, mark, isSameFragment) > 1);
        found.set(entry, isCrowded && found.get(entry) !== false);
      }
    }
    return [...found].map(([other, isCrowded]) => ({ other, isCrowded }));
  }

  #count(entry: Linked, { key, fragment }: IdentityMark, byFragment: boolean): number {
    return this.#counts.get(byFragment ? countName(entry, key, fragment) : countName(entry, key)) ?? 0;
  }
}

function countName({ feed }: Linked, key: string, fragment?: string): string {
  return fragment === undefined ? `${feed} ${key}` : `${feed} ${key} ${fragment}`;
}

/** The fields that decide whether two entries are one story. The text of a stored entry is read at each call of `text`. */
export function storyOf(entry: Entry | StoryRecord): Story {
  const isRecord = 'read' in entry;
  const { feed, id, url, title, published, publishedBy, source, ...rest } = isRecord ? entry.read() : entry;
  return {
    ...{ feed, id, url, title, published, publishedBy, source },
    text: () => textOf(isRecord ? entry.read() : rest),
  };
}

function textOf({ content, summary }: Pick<Entry, 'content' | 'summary'>): string {
  return content || summary;
}
