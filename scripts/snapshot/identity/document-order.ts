import type { Post } from './post.ts';

/** The order of two documents. An edited post stays between the same posts; new ones come at one end, others leave at the other. */
export class DocumentOrder {
  readonly #before: Map<Post, number>;
  readonly #now: Map<Post, number>;
  /** Whether there is a last document to compare with, and what stayed of it has kept its order. */
  readonly isKnown: boolean;
  /** The number of posts of the last document that are in this one; 0 if they are in another order. */
  readonly stayed: number;
  /** Whether the dates of the document, or the stored ones of its posts, only fall or only rise: else an edited post may be moved, as in a list by update. */
  readonly isByDate: boolean;
  readonly #vanished: Map<Post, string>;
  readonly #appeared: Map<Post, string>;

  constructor(before: readonly Post[], now: readonly Post[], found: ReadonlyMap<Post, { post: Post }>) {
    const matched = new Set([...found.values()].map(({ post }) => post));
    const stayed = new Set(before.filter((post) => matched.has(post)));
    const stays = (post: Post) => stayed.has(found.get(post)?.post ?? post);
    const sequence = now.flatMap((post) => found.get(post)?.post ?? []).filter((post) => stayed.has(post));
    const isKept = before.filter((post) => stayed.has(post)).every((post, index) => post === sequence[index]);
    this.isByDate = areByDate(now) || areByDate(now.map((post) => found.get(post)?.post ?? post));
    // The order of an earlier document is remembered as long as its posts are the same.
    this.isKnown = before.length > 0 && isKept;
    this.stayed = isKept ? stayed.size : 0;
    this.#before = numbersAbove(before, stays);
    this.#now = numbersAbove(now, stays);
    this.#vanished = between(before.map((post) => ({ post, match: matched.has(post) ? post : undefined })));
    this.#appeared = between(now.map((post) => ({ post, match: found.get(post)?.post })));
  }

  /** Whether two unmatched posts are between the same two neighbours. A place at an end, where posts come and go, matches nothing. */
  haveOnePlace(existing: Post, incoming: Post): boolean {
    const neighbours = this.#vanished.get(existing);
    return neighbours !== undefined && neighbours === this.#appeared.get(incoming);
  }

  /** Whether a post that stayed is now on the other side. */
  hasMoved(existing: Post, incoming: Post): boolean {
    return this.stayed > 0 && this.#before.get(existing) !== this.#now.get(incoming);
  }

  /** Whether a post stood above all that stayed, or below all of them, and the other one does not. */
  hasLeft(existing: Post, incoming: Post): boolean {
    const before = this.#before.get(existing);
    return this.hasMoved(existing, incoming) && (before === undefined || before === 0 || before === this.stayed);
  }
}

function areByDate(posts: readonly Post[]): boolean {
  const dates = posts.flatMap((post) => (post.isUndated ? [] : (post.instant ?? [])));
  const sorted = dates.toSorted();
  return [sorted, sorted.toReversed()].some((order) => order.join() === dates.join());
}

function numbersAbove(document: readonly Post[], counts: (post: Post) => boolean): Map<Post, number> {
  let count = 0;
  const numbers = new Map<Post, number>();
  for (const post of document) {
    numbers.set(post, count);
    if (counts(post)) count += 1;
  }
  return numbers;
}

/** The place of each unmatched post that has a matched post above and below it. */
function between(document: readonly { post: Post; match: Post | undefined }[]): Map<Post, string> {
  return new Map(
    document.flatMap(({ post, match }, index) => {
      const [above, below] = [document[index - 1]?.match, document[index + 1]?.match];
      return match === undefined && above && below ? [[post, JSON.stringify([above.id, below.id])] as const] : [];
    }),
  );
}

/** Stored and incoming posts by one trait. A trait of several posts on one side is not unique, and matches none. */
export class UniqueTraits {
  readonly #existing: Map<string | null, Post[]>;
  readonly #incoming: Map<string | null, Post[]>;
  readonly #trait: (post: Post) => string | null;
  #areDistinctive: boolean | undefined;

  constructor(existing: readonly Post[], incoming: readonly Post[], trait: (post: Post) => string | null) {
    this.#trait = trait;
    this.#existing = Map.groupBy(existing, trait);
    this.#incoming = Map.groupBy(incoming, trait);
    for (const posts of [this.#existing, this.#incoming]) posts.delete(null);
  }

  existingWithTraitOf(incoming: Post): Post | undefined {
    return this.isUnique(incoming) ? this.#existing.get(this.#trait(incoming))?.[0] : undefined;
  }

  incomingWithTraitOf(existing: Post): Post | undefined {
    return this.isUnique(existing) ? this.#incoming.get(this.#trait(existing))?.[0] : undefined;
  }

  isUnique(post: Post): boolean {
    const trait = this.#trait(post);
    return trait !== null && this.#isUniqueTrait(trait);
  }

  /** Whether most values of the trait are unique. Counted at first use: a feed may have 50,000 entries. */
  get areDistinctive(): boolean {
    if (this.#areDistinctive === undefined) {
      const traits = [...new Set([...this.#existing.keys(), ...this.#incoming.keys()])];
      const unique = traits.filter((each) => this.#isUniqueTrait(each)).length;
      this.#areDistinctive = unique >= 3 && unique >= 4 * (traits.length - unique);
    }
    return this.#areDistinctive;
  }

  /** Whether some incoming traits are stored already: the feed does not make new ones for each document. */
  recur(): boolean {
    return this.areDistinctive && [...this.#incoming.keys()].some((trait) => this.#existing.has(trait));
  }

  #isUniqueTrait(trait: string | null): boolean {
    return (this.#existing.get(trait)?.length ?? 0) < 2 && (this.#incoming.get(trait)?.length ?? 0) < 2;
  }
}
