import type { Entry } from '../../src/core/entry.ts';
import { type IdentityMark, identityMarks, mayBeOne } from '../../src/core/same-entry.ts';
import type { Story } from '../../src/core/same-story.ts';

/** As much of an entry in the archive as tells whether another may be the same. */
export interface StoryRecord extends Pick<Entry, 'feed' | 'id' | 'url' | 'copyOf' | 'sameBy'> {
  /** Reads the whole of it from its line. */
  read: () => Entry;
}

/** An entry of another feed that shares a link or an id. */
export interface Candidate<T> {
  other: T;
  /** Whether one of the feeds has several entries on all that they share. */
  isCrowded: boolean;
}

type Sharing = Pick<Entry, 'feed' | 'id' | 'url'>;

/** Finds entries that may be one story, by what they are known by across feeds. */
export class Candidates<T extends Sharing> {
  readonly #byKey = new Map<string, { entry: T; known: IdentityMark }[]>();
  /** How many entries a feed has on a page, and on a place in it. */
  readonly #counts = new Map<string, number>();

  constructor(entries: Iterable<T>) {
    for (const entry of entries) {
      const names = new Set<string>();
      for (const known of identityMarks(entry)) {
        const list = this.#byKey.get(known.key);
        if (list) list.push({ entry, known });
        else this.#byKey.set(known.key, [{ entry, known }]);
        names.add(countName(entry, known.key)).add(countName(entry, known.key, known.fragment));
      }
      for (const name of names) this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    }
  }

  of(one: Sharing): Candidate<T>[] {
    const found = new Map<T, boolean>();
    for (const known of identityMarks(one)) {
      for (const { entry, known: other } of this.#byKey.get(known.key) ?? []) {
        if (entry.feed === one.feed || !mayBeOne(known, other)) continue;
        const isOnPlace = known.fragment === other.fragment;
        const isCrowded = [one, entry].some((each) => this.#count(each, known, isOnPlace) > 1);
        found.set(entry, isCrowded && found.get(entry) !== false);
      }
    }
    return [...found].map(([other, isCrowded]) => ({ other, isCrowded }));
  }

  #count(entry: Sharing, { key, fragment }: IdentityMark, isOnPlace: boolean): number {
    return this.#counts.get(isOnPlace ? countName(entry, key, fragment) : countName(entry, key)) ?? 0;
  }
}

function countName({ feed }: Sharing, key: string, fragment?: string): string {
  return fragment === undefined ? `${feed} ${key}` : `${feed} ${key} ${fragment}`;
}

/** What tells whether an entry is another's story. Of one in the archive the text is read each time it is asked for. */
export function storyOf(entry: Entry | StoryRecord): Story {
  const isHere = 'content' in entry;
  const { feed, id, url, title, published, publishedBy, source, ...rest } = isHere ? entry : entry.read();
  const said = { feed, id, url, title, published, publishedBy, source };
  if (!isHere) return { ...said, text: () => textOf(entry.read()) };
  return { ...said, text: () => textOf(rest) };
}

function textOf({ content, summary }: Pick<Entry, 'content' | 'summary'>): string {
  return content || summary;
}
