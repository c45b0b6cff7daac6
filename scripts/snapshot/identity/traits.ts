import {
  areAtOneInstant,
  areOfOneLength,
  areTextsAlike,
  hasLongText,
  haveOneText,
  haveOneTitle,
  type Post,
  shareNoTitleWord,
  textsContradict,
} from './post.ts';

/** The posts of a document, with what each has alone in it and in the archive. */
interface Document {
  posts: readonly Post[];
  links: Owned;
  instants: Owned;
}

/** Whether what an id stood for is now said under another: ids that count places from the top do so. */
export function standsElsewhere(known: Post, said: Post, { links, instants, posts }: Document): boolean {
  if (agree(known, said)) return false;
  const elsewhere = (owned: Owned) => {
    const other = owned.saidLike(known);
    return other !== undefined && other !== said ? other : undefined;
  };
  const byLink = elsewhere(links);
  if (byLink !== undefined && !textsContradict(known, byLink)) return true;
  const byInstant = elsewhere(instants);
  if (byInstant !== undefined && haveOneTitle(known, byInstant)) return true;
  return posts.some(
    (post) => post !== said && hasLongText(known) && known.title === post.title && haveOneText(known, post),
  );
}

/** Whether hardly anything else says that an id still stands for the same post. */
export function isContradicted(known: Post, said: Post, { links, posts }: Document): boolean {
  if (known.html === said.html && known.title === said.title) return false;
  if (areAtOneInstant(known, said)) return false;
  if (known.link !== null && known.link === said.link && links.tellApart()) return false;
  // A date that is the last edit's is another after each.
  const haveDates = known.fullInstant !== null && said.fullInstant !== null && said.published !== null;
  const doPlacesDiffer = haveDates && known.link !== said.link;
  const doTitlesDiffer = known.title !== said.title;
  const isLinkShared = known.link !== null && known.link === said.link;
  const isWeak = counts(said.id, posts)
    ? !(hasLongText(said) && areTextsAlike(known, said))
    : haveDates && !hasLongText(said);
  if (isWeak && !isLinkShared && shareNoTitleWord(known, said)) return true;
  if (textsContradict(known, said)) return doTitlesDiffer || doPlacesDiffer;
  if (areTextsAlike(known, said)) return doPlacesDiffer && !areOfOneLength(known, said);
  return doTitlesDiffer && doPlacesDiffer;
}

function agree(known: Post, said: Post): boolean {
  return (
    areAtOneInstant(known, said) ||
    (known.words.length > 0 && haveOneText(known, said)) ||
    (haveOneTitle(known, said) && !textsContradict(known, said))
  );
}

/** Whether an id may be a place in the document, from 1 to n. */
function counts(id: string, { length }: readonly Post[]): boolean {
  return /^\d+$/.test(id) && Number(id) <= length;
}

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
