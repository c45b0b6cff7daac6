import { permalinkKey } from '../../../src/archive/ledger.ts';
import { DocumentOrder, UniqueTraits } from './document-order.ts';
import { type FeedMemory, newIds, nextMemory } from './entry-ids.ts';
import { type ComparedDocument, givenIds, hasUniqueId } from './given-ids.ts';
import { type Accepts, acceptsInstant, acceptsLink, type DocumentFacts, PAIR_RULES, type Rule } from './match-rules.ts';
import { areOfTwoBlogs, haveOneDate, mayAllBeDays, oneDocument, returnedPosts } from './one-document.ts';
import type { Post } from './post.ts';

export interface MatchInput {
  feed: string;
  /** Every stored post of the feed. */
  existing: readonly Post[];
  /** The posts of the document, in its order. */
  incoming: readonly Post[];
  memory: FeedMemory;
  /** Whether the document is only a part of the feed: then no post has vanished. */
  isPart: boolean;
}

export type MatchResult = ReturnType<typeof matchPosts>;

/** Matches incoming posts to stored ones: by id, then link, then instant, then likeness. The only place that decides it. */
export function matchPosts(input: MatchInput) {
  return new Matching(input).result();
}

class Matching {
  readonly #input: MatchInput;
  readonly #document: ComparedDocument;
  readonly #matches = new Map<Post, { post: Post; rule: Rule }>();
  readonly #matched = new Set<Post>();
  readonly #ids: ReturnType<typeof givenIds>;
  #lastPosts: ReadonlySet<Post> | undefined;
  #idsUnreliable: boolean;
  #idsChanged = false;
  #vanished = new Set<Post>();

  constructor(input: MatchInput) {
    this.#input = input;
    const { existing, incoming } = input;
    const document = oneDocument(incoming);
    this.#document = {
      ...document,
      links: new UniqueTraits(existing, document.posts, ({ link }) => link),
      instants: new UniqueTraits(existing, document.posts, ({ fullInstant }) => fullInstant),
      haveOneDate: haveOneDate(document.posts),
    };
    this.#ids = givenIds(input, this.#document);
    this.#idsUnreliable = this.#ids.areUnreliable;
  }

  result() {
    for (const { existing, incoming } of this.#ids.pairs)
      if (!this.#matched.has(existing)) this.#match(existing, incoming, 'id');
    this.#findVanished();
    this.#matchTrait('link', this.#document.links, acceptsLink);
    this.#matchTrait('instant', this.#document.instants, acceptsInstant);
    for (const { rule, accepts } of PAIR_RULES) this.#matchPairs(rule, accepts);
    const found = { ...this.#document, matches: this.#matches };
    for (const { existing, incoming } of returnedPosts(this.#input, found)) this.#match(existing, incoming, 'returned');
    const used = new Set(this.#input.existing.map(({ id }) => id));
    const newPosts = newIds(this.#unmatched(), used, (post) => ({
      isId: !this.#idsUnreliable && this.#isNamed(post),
      isLink: this.#document.links.isUnique(post),
    }));
    const { feed, memory, isPart } = this.#input;
    const entries = this.#document.posts.map((post) => ({
      id: newPosts.get(post) ?? this.#matches.get(post)?.post.id ?? post.id,
      givenId: this.#ids.has(post) ? post.id : null,
    }));
    // If all are new, all before them have left.
    const vanished = newPosts.size === this.#document.posts.length ? [] : this.#vanished;
    const document = { feed, entries, vanished, isPart, idsUnreliable: this.#idsUnreliable };
    return {
      /** Incoming post → stored post, and the rule that matched them. */
      matches: this.#matches,
      /** New post → its id in the archive, in document order. */
      newPosts,
      memory: nextMemory(memory, document),
      /** The number of posts that share an id with another post of the document. */
      sharers: this.#document.sharers.size,
    };
  }

  /** Finds stored posts that vanished from inside the document, and with them whether the feed changed all its ids. */
  #findVanished(): void {
    const { isPart, memory, feed } = this.#input;
    if (isPart) return;
    const matchedKeys = new Set([...this.#matched].map(({ id }) => permalinkKey({ feed, id })));
    if (memory.lastDocument.length > 0 && memory.lastDocument.every((key) => matchedKeys.has(key))) return;
    const dates = this.#document.posts.flatMap((post) => (post.isUndated ? [] : (post.instant ?? []))).sort();
    const oldest = (!this.#document.haveOneDate && dates[0]) || '';
    const missing = this.#missing();
    this.#vanished = new Set(missing.filter(({ instant }) => instant === null || instant >= oldest));
    const [order, unmatched] = [this.#order(), this.#unmatched()];
    const replaced = [...this.#vanished].filter((post) => unmatched.some((each) => !order.hasMoved(post, each)));
    this.#idsChanged =
      !this.#idsUnreliable &&
      unmatched.some((post) => this.#ids.has(post)) &&
      replaced.length >= 2 &&
      replaced.length >= this.#inLastDocument().size - missing.length;
    const isAlias = new Set(Object.values(memory.aliases));
    const changedBefore = [...this.#vanished].filter(({ id }) => isAlias.has(permalinkKey({ feed, id }))).length;
    if (this.#idsChanged && changedBefore * 2 > this.#vanished.size) this.#idsUnreliable = true;
  }

  #facts(): DocumentFacts {
    const softwareChanged =
      this.#idsChanged &&
      mayAllBeDays(this.#document.posts) &&
      !mayAllBeDays([...this.#inLastDocument()]) &&
      ![...this.#matches.values()].some(({ rule }) => rule === 'id');
    return {
      order: this.#order(),
      wasInLastDocument: (existing) => this.#inLastDocument().has(existing),
      vanished: this.#vanished,
      idsChanged: this.#idsChanged,
      softwareChanged,
      idsUnreliable: this.#idsUnreliable,
      haveOneDate: this.#document.haveOneDate,
      hasMemory: this.#input.memory.lastDocument.length > 0,
      links: this.#document.links,
    };
  }

  #order(): DocumentOrder {
    const isKnown = this.#input.memory.lastDocument.length > 0 && !this.#input.isPart;
    return new DocumentOrder(isKnown ? [...this.#inLastDocument()] : [], this.#document.posts, this.#matches);
  }

  /** The stored posts of the last document, in its order; all stored posts if no document is remembered. */
  #inLastDocument(): ReadonlySet<Post> {
    this.#lastPosts ??= lastPostsOf(this.#input);
    return this.#lastPosts;
  }

  /** The posts of the last document that no post of this one is. */
  #missing(): Post[] {
    return [...this.#inLastDocument()].filter((post) => !this.#matched.has(post));
  }

  /** Matches posts by a trait that no other post has on either side. */
  #matchTrait(rule: Rule, traits: UniqueTraits, acceptsWith: (facts: DocumentFacts) => Accepts): void {
    let accepts: Accepts | undefined;
    for (const incoming of this.#unmatched()) {
      accepts ??= acceptsWith(this.#facts());
      const existing = traits.existingWithTraitOf(incoming);
      if (!existing || this.#matched.has(existing) || !accepts(existing, incoming)) continue;
      if (rule === 'link' || !areOfTwoBlogs(existing, incoming, this.#document.posts))
        this.#match(existing, incoming, rule);
    }
  }

  /** Matches two posts if neither has a second candidate. */
  #matchPairs(rule: Rule, acceptsWith: (facts: DocumentFacts) => Accepts): void {
    const doIdsTell = rule !== 'words' && rule !== 'text' && this.#doIdsStay();
    const incoming = this.#unmatched().filter((post) => !(doIdsTell && this.#isNamed(post) && hasUniqueId(post)));
    if (incoming.length === 0) return;
    const accepts = acceptsWith(this.#facts());
    const existing = this.#input.existing.filter((post) => !this.#matched.has(post));
    const areOne: Accepts = (a, b) => accepts(a, b) && !areOfTwoBlogs(a, b, this.#document.posts);
    // Under the title of another missing post it is rather an edit of that one, though texts of one template be equal.
    const others = new Set(rule === 'text' ? this.#missing().flatMap(({ title }) => title || []) : []);
    const pairs = incoming.map((post) => ({ post, candidates: existing.filter((each) => areOne(each, post)) }));
    for (const { post, candidates } of pairs) {
      const [one, ...more] = candidates;
      // A post that could not be compared with all may have a second candidate: it is new.
      if (one === undefined || more.length > 0 || this.#matched.has(one) || post.isExhausted) continue;
      if (pairs.some((other) => other.post !== post && other.candidates.includes(one))) continue;
      if (one.title !== post.title && others.has(post.title)) continue;
      this.#match(one, post, rule);
    }
  }

  /** Whether the id of a post is that of no other one. */
  #isNamed(post: Post): boolean {
    return this.#ids.has(post) && !this.#ids.wrong.has(post);
  }

  /** Whether all posts that are known by their ids have those of the archive: the feed did not change them. */
  #doIdsStay(): boolean {
    const byId = [...this.#matches].filter(([, { rule }]) => rule === 'id');
    return byId.length > 0 && byId.every(([{ id }, { post }]) => id === post.id);
  }

  #unmatched(): Post[] {
    return this.#document.posts.filter((post) => !this.#matches.has(post));
  }

  #match(existing: Post, incoming: Post, rule: Rule): void {
    this.#matches.set(incoming, { post: existing, rule });
    this.#matched.add(existing);
  }
}

function lastPostsOf({ feed, existing, memory }: MatchInput): Set<Post> {
  if (memory.lastDocument.length === 0) return new Set(existing);
  const byKey = new Map(existing.map((post) => [permalinkKey({ feed, id: post.id }), post]));
  return new Set(memory.lastDocument.flatMap((key) => byKey.get(key) ?? []));
}
