import type { Post } from './post.ts';

/** What is known, and what is said, by a trait; a trait that several have belongs to none. */
export class Owned {
  readonly #known: Map<string, Post[]>;
  readonly #said: Map<string, Post[]>;
  readonly #trait: (post: Post) => string | null;
  #tellApart: boolean | undefined;

  constructor(known: readonly Post[], said: readonly Post[], trait: (post: Post) => string | null) {
    this.#trait = trait;
    this.#known = Map.groupBy(
      known.filter((post) => trait(post) !== null),
      (post) => trait(post) ?? '',
    );
    this.#said = Map.groupBy(
      said.filter((post) => trait(post) !== null),
      (post) => trait(post) ?? '',
    );
  }

  knownLike(said: Post): Post | undefined {
    return this.isOwn(said) ? this.#known.get(this.#trait(said) ?? '')?.[0] : undefined;
  }

  saidLike(known: Post): Post | undefined {
    return this.isOwn(known) ? this.#said.get(this.#trait(known) ?? '')?.[0] : undefined;
  }

  isOwn(post: Post): boolean {
    const trait = this.#trait(post);
    return trait !== null && this.#isOwn(trait);
  }

  /** Whether the trait tells most things from each other. */
  tellApart(): boolean {
    this.#tellApart ??= this.#doTellApart();
    return this.#tellApart;
  }

  #doTellApart(): boolean {
    const traits = [...new Set([...this.#known.keys(), ...this.#said.keys()])];
    const own = traits.filter((trait) => this.#isOwn(trait)).length;
    return own >= 3 && own >= 4 * (traits.length - own);
  }

  /** Whether the feed still says some that are known, so that they are not new in each document. */
  recur(): boolean {
    return this.tellApart() && [...this.#said.keys()].some((trait) => this.#known.has(trait));
  }

  #isOwn(trait: string): boolean {
    return (this.#known.get(trait)?.length ?? 0) < 2 && (this.#said.get(trait)?.length ?? 0) < 2;
  }
}
