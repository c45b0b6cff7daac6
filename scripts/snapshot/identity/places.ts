import type { Post } from './post.ts';

/**
 * Where in a document each post stands that is not known yet, or that is known and gone: between which two that stay. An edit of title, link or
 * date leaves a post in its place. At an end of a document posts come and go: nothing is known by its place there.
 */
export class Places {
  readonly #gone: Map<Post, string>;
  readonly #came: Map<Post, string>;

  constructor(before: readonly Post[], now: readonly Post[], found: ReadonlyMap<Post, { post: Post }>) {
    const stay = new Set([...found.values()].map(({ post }) => post));
    this.#gone = between(before.map((post) => ({ post, known: stay.has(post) ? post : undefined })));
    this.#came = between(now.map((post) => ({ post, known: found.get(post)?.post })));
  }

  areOne(known: Post, said: Post): boolean {
    const place = this.#gone.get(known);
    return place !== undefined && place === this.#came.get(said);
  }
}

/** The place of each that stands alone between two. */
function between(document: readonly { post: Post; known: Post | undefined }[]): Map<Post, string> {
  return new Map(
    document.flatMap(({ post, known }, index) => {
      const [above, below] = [document[index - 1]?.known, document[index + 1]?.known];
      return known === undefined && above && below ? [[post, JSON.stringify([above.id, below.id])] as const] : [];
    }),
  );
}
