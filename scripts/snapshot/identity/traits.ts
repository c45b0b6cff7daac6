import { areOfTwoBlogs } from './planet-blogs.ts';
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

type Document = { posts: readonly Post[]; links: UniqueTraits; instants: UniqueTraits };

/** Whether the post of a stored id now has another id, as in feeds whose ids count the entries from the top. */
export function isElsewhere(existing: Post, incoming: Post, { links, instants, posts }: Document): boolean {
  if (agree(existing, incoming)) return false;
  const elsewhere = (traits: UniqueTraits) => {
    const other = traits.incomingWithTraitOf(existing);
    return other === incoming ? undefined : other;
  };
  const byLink = elsewhere(links);
  if (byLink !== undefined && !textsContradict(existing, byLink)) return true;
  const byInstant = elsewhere(instants);
  if (byInstant !== undefined && haveOneTitle(existing, byInstant)) return true;
  return posts.some(
    (post) =>
      post !== incoming && hasLongText(existing) && existing.title === post.title && haveOneText(existing, post),
  );
}

/** Whether title, text, link and date contradict a match by id. */
export function isContradicted(existing: Post, incoming: Post, { links, posts }: Document): boolean {
  if (existing.html === incoming.html && existing.title === incoming.title) return false;
  if (areAtOneInstant(existing, incoming)) return false;
  const isLinkShared = existing.link !== null && existing.link === incoming.link;
  if (isLinkShared && links.areDistinctive()) return false;
  // A new date means nothing if the feed gives only the date of the last edit.
  const haveDates = existing.fullInstant !== null && incoming.fullInstant !== null && incoming.published !== null;
  const doPlacesDiffer = haveDates && existing.link !== incoming.link;
  const doTitlesDiffer = existing.title !== incoming.title;
  const isNumbered = isPosition(incoming.id, posts);
  const isWeak = isNumbered
    ? !(hasLongText(incoming) && areTextsAlike(existing, incoming))
    : haveDates && !hasLongText(incoming);
  const isAnother = shareNoTitleWord(existing, incoming) || (isNumbered && doPlacesDiffer);
  if (isWeak && !isLinkShared && isAnother) return true;
  if (textsContradict(existing, incoming)) return doTitlesDiffer || doPlacesDiffer;
  if (areTextsAlike(existing, incoming)) return doPlacesDiffer && !areOfOneLength(existing, incoming);
  return doTitlesDiffer && doPlacesDiffer;
}

function agree(existing: Post, incoming: Post): boolean {
  return (
    areAtOneInstant(existing, incoming) ||
    (existing.words.length > 0 && haveOneText(existing, incoming)) ||
    (haveOneTitle(existing, incoming) && !textsContradict(existing, incoming))
  );
}

function isPosition(id: string, { length }: readonly Post[]): boolean {
  return /^\d+$/.test(id) && Number(id) <= length;
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

  /** Whether most values of the trait are unique. */
  areDistinctive(): boolean {
    if (this.#areDistinctive === undefined) {
      const traits = [...new Set([...this.#existing.keys(), ...this.#incoming.keys()])];
      const unique = traits.filter((trait) => this.#isUniqueTrait(trait)).length;
      this.#areDistinctive = unique >= 3 && unique >= 4 * (traits.length - unique);
    }
    return this.#areDistinctive;
  }

  /** Whether some incoming traits are stored already: the feed does not make new ones for each document. */
  recur(): boolean {
    return this.areDistinctive() && [...this.#incoming.keys()].some((trait) => this.#existing.has(trait));
  }

  #isUniqueTrait(trait: string | null): boolean {
    return (this.#existing.get(trait)?.length ?? 0) < 2 && (this.#incoming.get(trait)?.length ?? 0) < 2;
  }
}

/**
 * Removes repeated posts from a document: of several versions of a post the newest stays, in the place of the first.
 * `sharers` are posts that share their id with another post of the document.
 */
export function oneDocument(incoming: readonly Post[]): { posts: Post[]; sharers: Set<Post> } {
  const byId = new Map<string, Post[]>();
  const place = new Map<Post, Post>();
  const listed = withoutTwins(incoming);
  const counts = [...Map.groupBy(listed, ({ id }) => id).values()].map(({ length }) => length);
  // All posts may be listed in two versions or more, under an id each.
  const doIdsTell = 2 * counts.length > listed.length || 2 * Math.max(...counts) <= listed.length;
  for (const post of listed) {
    const others = byId.get(post.id) ?? [];
    const same = others.findIndex((other) =>
      doIdsTell ? areListedVersions(other, post) : areRevisions(other, post) || areSameInAll(other, post),
    );
    const other = others[same];
    if (other === undefined) {
      byId.set(post.id, [...others, post]);
      place.set(post, post);
    } else if (dateOf(post) > dateOf(other)) {
      others[same] = post;
      for (const [first, newest] of place) if (newest === other) place.set(first, post);
    }
  }
  const sharers = [...byId.values()].flatMap((posts) => (posts.length > 1 ? posts : []));
  return { posts: [...place.values()], sharers: new Set(sharers) };
}

/** A planet may list a post under its old and its new address, after the blog moved: the first one stays. */
function withoutTwins(posts: readonly Post[]): Post[] {
  const byTime = Map.groupBy(posts, ({ title, fullInstant }) => `${fullInstant} ${title}`);
  return posts.filter((post) => {
    if (post.fullInstant === null || post.title === '') return true;
    const others = byTime.get(`${post.fullInstant} ${post.title}`) ?? [];
    const before = others.slice(0, others.indexOf(post));
    const isTwin = (other: Post) =>
      hasLongText(other) && haveOneText(other, post) && !areOfTwoBlogs(other, post, posts);
    return !before.some((other) => other.id !== post.id && isTwin(other));
  });
}

/** Whether two posts of one id are versions of one post, in a document whose ids tell posts apart. */
function areListedVersions(a: Post, b: Post): boolean {
  if (a.link !== b.link) return false;
  if (areRevisions(a, b)) return true;
  const haveOneDate = a.instant === b.instant;
  const areEmpty = a.words.length + b.words.length === 0;
  // An id that is only the link, or stands for a missing one, says less.
  if (a.link !== null && a.id !== a.url) return areEmpty ? a.title === b.title : areTextsAlike(a, b);
  const isUntitled = a.title === '' || b.title === '';
  const doTitlesAgree = a.title === b.title || (haveOneDate && isUntitled && hasLongText(a));
  return doTitlesAgree && (haveOneDate || hasLongText(a)) && (areEmpty || areTextsAlike(a, b));
}

/** As RFC 4287 has them: one date of publication, several of an update. */
function areRevisions(a: Post, b: Post): boolean {
  return a.link === b.link && a.published !== null && a.published === b.published && a.updated !== b.updated;
}

/** Whether two posts whose id says nothing are one, listed twice. */
function areSameInAll(a: Post, b: Post): boolean {
  return a.link === b.link && a.title === b.title && a.instant === b.instant && haveOneText(a, b);
}

function dateOf({ instant, updated }: Post): string {
  return updated ?? instant ?? '';
}
