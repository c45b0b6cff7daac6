import { keyInArchive, type Memory, namesOf, remembered } from './names.ts';
import { oneDocument } from './one-document.ts';
import {
  areAtOneInstant,
  areNear,
  areOfOneLength,
  areTextsAlike,
  areUndated,
  hasLongText,
  haveOneText,
  haveOneTitle,
  type Post,
  textsContradict,
} from './post.ts';
import { isContradicted, Owned, Places, standsElsewhere } from './traits.ts';

/** Why an entry that a feed says is taken for one that is known. */
export const RULES = {
  id: 'by its id',
  link: 'by its link',
  instant: 'by its time, with its title or its text',
  words: 'by its title and its text, word for word',
  title: 'by its title, and a text that is alike',
  text: 'by its text',
  place: 'by its place between others, with its title or its text',
  edit: 'by a text that is alike, as another vanished',
  day: 'by its title and its day, as others vanished',
} as const;
export type Rule = keyof typeof RULES;

export interface MatchInput {
  feed: string;
  /** All that is known of the feed. */
  known: readonly Post[];
  /** What it says now, in document order. */
  said: readonly Post[];
  memory: Memory;
  /** Whether the document is only a part of what the feed holds: then nothing has vanished. */
  isPart: boolean;
}

export interface MatchResult {
  /** Which known post a post is, and by which rule. */
  found: Map<Post, { post: Post; rule: Rule }>;
  /** What those are called from now on that are not known, in document order. */
  newcomers: Map<Post, string>;
  memory: Memory;
  /** How many have an id that is another's in the same document. */
  sharers: number;
}

/** Which known entry each entry of a document is. The one place that decides it. */
export function matchPosts(question: MatchInput): MatchResult {
  return new Recognition(question).answer();
}

class Recognition {
  readonly #question: MatchInput;
  readonly #posts: Post[];
  readonly #sharers: Set<Post>;
  readonly #found = new Map<Post, { post: Post; rule: Rule }>();
  readonly #taken = new Set<Post>();
  /** What stood in the newest document; without a memory all that is known may have. */
  #stood: ReadonlySet<Post> | null = null;
  /** Ids that were found out to be none. */
  readonly #liars = new Set<Post>();
  #idsUnreliable: boolean;
  #changed = false;
  #gone = new Set<Post>();
  readonly #ownLinks: Owned;
  readonly #ownInstants: Owned;

  constructor(question: MatchInput) {
    this.#question = question;
    const { known, said, memory } = question;
    const { posts, sharers } = oneDocument(said);
    this.#posts = posts;
    this.#sharers = sharers;
    this.#idsUnreliable = memory.idsUnreliable || sharers.size * 2 > posts.length;
    this.#ownLinks = new Owned(known, posts, ({ link }) => link);
    this.#ownInstants = new Owned(known, posts, ({ fullInstant }) => fullInstant);
  }

  answer(): MatchResult {
    this.#byIds();
    this.#whatVanished();
    const tellApart = this.#ownLinks.tellApart();
    this.#byOwn('link', this.#ownLinks, (known, said) =>
      tellApart && this.#mayReturn(known)
        ? true
        : areAtOneInstant(known, said) ||
          areTextsAlike(known, said) ||
          (haveOneTitle(known, said) && !textsContradict(known, said)),
    );
    this.#byOwn(
      'instant',
      this.#ownInstants,
      (known, said) =>
        haveOneTitle(known, said) ||
        areTextsAlike(known, said) ||
        (this.#mayReturn(known) && !textsContradict(known, said)),
    );
    this.#byWords();
    const newcomers = this.#names();
    const { feed, memory, isPart } = this.#question;
    const standing = this.#posts.map((post) => ({
      name: newcomers.get(post) ?? this.#found.get(post)?.post.id ?? post.id,
      id: this.#hasId(post) ? post.id : null,
    }));
    const seen = { feed, standing, gone: this.#gone, isPart, idsUnreliable: this.#idsUnreliable };
    return { found: this.#found, newcomers, memory: remembered(memory, seen), sharers: this.#sharers.size };
  }

  #byIds(): void {
    const { feed, known, memory } = this.#question;
    const byId = new Map(known.map((post) => [post.id, post]));
    const hasAliases = Object.keys(memory.aliases).length > 0;
    const byKey = new Map(hasAliases ? known.map((post) => [keyInArchive(feed, post.id), post]) : []);
    const pairs = this.#posts.flatMap((said) => {
      if (!this.#hasId(said)) return [];
      const alias = hasAliases ? memory.aliases[keyInArchive(feed, said.id)] : undefined;
      const post = (alias === undefined ? undefined : byKey.get(alias)) ?? byId.get(said.id);
      return post === undefined ? [] : [{ post, said }];
    });
    const document = { posts: this.#posts, links: this.#ownLinks, instants: this.#ownInstants };
    if (pairs.some(({ post, said }) => standsElsewhere(post, said, document))) this.#idsUnreliable = true;
    const contradicted = pairs.filter(({ post, said }) => isContradicted(post, said, document));
    if (contradicted.length * 2 > pairs.length) this.#idsUnreliable = true;
    for (const { said } of contradicted) this.#liars.add(said);
    if (this.#idsUnreliable) return;
    for (const { post, said } of pairs) {
      if (!this.#liars.has(said) && !this.#taken.has(post)) this.#take(post, said, 'id');
    }
  }

  /** A front page that stands for a missing id is none. */
  #hasId(post: Post): boolean {
    return !this.#sharers.has(post) && !(post.id === post.url && post.link === null);
  }

  #whatVanished(): void {
    const { isPart, memory, feed } = this.#question;
    const free = this.#posts.filter((post) => !this.#found.has(post));
    if (isPart) return;
    const dates = this.#posts.flatMap((post) => (post.isUndated ? [] : (post.instant ?? [])));
    const oldest = dates.length === 0 ? '' : dates.reduce((a, b) => (a < b ? a : b));
    const found = new Set([...this.#taken].map(({ id }) => keyInArchive(feed, id)));
    if (memory.lastDocument.length > 0 && memory.lastDocument.every((key) => found.has(key))) return;
    const standing = [...this.#standing()];
    const stand = standing.filter((post) => this.#taken.has(post));
    this.#gone = new Set(
      standing.filter((post) => !this.#taken.has(post) && (post.instant === null || post.instant >= oldest)),
    );
    this.#changed =
      !this.#idsUnreliable &&
      free.some((post) => this.#hasId(post)) &&
      this.#gone.size >= 2 &&
      this.#gone.size >= stand.length;
    const changedBefore = [...this.#gone].filter((post) =>
      Object.values(memory.aliases).includes(keyInArchive(feed, post.id)),
    ).length;
    if (this.#changed && changedBefore * 2 > this.#gone.size) this.#idsUnreliable = true;
  }

  /** In document order. */
  #lastDocument(): Post[] {
    const { feed, memory } = this.#question;
    const byKey = new Map([...this.#standing()].map((post) => [keyInArchive(feed, post.id), post]));
    return memory.lastDocument.flatMap((key) => byKey.get(key) ?? []);
  }

  #mayReturn(known: Post): boolean {
    return this.#changed || this.#standing().has(known);
  }

  #standing(): ReadonlySet<Post> {
    this.#stood ??= stoodOf(this.#question);
    return this.#stood;
  }

  /** Takes what alone has a trait on either side. */
  #byOwn(rule: Rule, owned: Owned, accepts: (known: Post, said: Post) => boolean): void {
    for (const said of this.#free()) {
      const known = owned.knownLike(said);
      if (known && !this.#taken.has(known) && accepts(known, said)) this.#take(known, said, rule);
    }
  }

  #byWords(): void {
    // The only date of some feeds is that of the last edit.
    const isMovable = (a: Post, b: Post) => b.published === null && hasLongText(b) && this.#standing().has(a);
    const near = (a: Post, b: Post) =>
      areUndated(a, b) || areNear(a, b) || (isMovable(a, b) && (haveOneTitle(a, b) || this.#saysNothing()));
    const may = (a: Post, b: Post) => near(a, b) && this.#mayReturn(a) && !this.#isAnother(a, b);
    // A title and a text that are equal are enough for a post that returns after it had left the document.
    this.#byLikeness(
      'words',
      (a, b) =>
        a.title === b.title &&
        haveOneText(a, b) &&
        near(a, b) &&
        !this.#isAnother(a, b) &&
        (this.#mayReturn(a) || (a.title !== '' && a.words.length > 0)),
    );
    this.#byLikeness('title', (a, b) => haveOneTitle(a, b) && areOfOneLength(a, b) && areTextsAlike(a, b) && may(a, b));
    this.#byLikeness('text', (a, b) => hasLongText(b) && haveOneText(a, b) && near(a, b));
    const places = new Places(this.#question.isPart ? [] : this.#lastDocument(), this.#posts, this.#found);
    this.#byLikeness(
      'place',
      (a, b) =>
        places.areOne(a, b) &&
        (a.html === b.html || areTextsAlike(a, b) || (haveOneTitle(a, b) && !textsContradict(a, b))),
    );
    const several = this.#gone.size >= 2;
    this.#byLikeness(
      'edit',
      (a, b) =>
        (several || this.#gone.has(a)) && near(a, b) && hasLongText(b) && areOfOneLength(a, b) && areTextsAlike(a, b),
    );
    this.#byLikeness(
      'day',
      (a, b) =>
        several &&
        haveOneTitle(a, b) &&
        !areUndated(a, b) &&
        a.day === b.day &&
        !this.#isAnother(a, b) &&
        !this.#hasAnotherLink(a, b) &&
        a.words.length > 0 === b.words.length > 0 &&
        !textsContradict(a, b),
    );
  }

  /** Whether an id that is new says nothing about what it stands for. */
  #saysNothing(): boolean {
    return this.#changed || this.#idsUnreliable;
  }

  /** Two short posts may have the same words. While the feed's ids stand, each with a time or a link of its own is two. */
  #isAnother(known: Post, said: Post): boolean {
    if (hasLongText(said) || this.#question.memory.lastDocument.length === 0) return false;
    const [a, b] = [known.fullInstant, said.fullInstant];
    if (!this.#changed && a !== null && b !== null && a !== b) return true;
    return this.#hasAnotherLink(known, said);
  }

  #hasAnotherLink(known: Post, said: Post): boolean {
    return this.#ownLinks.recur() && known.link !== null && said.link !== null && known.link !== said.link;
  }

  /** Takes pairs that have no other to go with. */
  #byLikeness(rule: Rule, accepts: (known: Post, said: Post) => boolean): void {
    const said = this.#free();
    if (said.length === 0) return;
    const known = this.#question.known.filter((post) => !this.#taken.has(post));
    const pairs = said.map((post) => ({ post, like: known.filter((each) => accepts(each, post)) }));
    for (const { post, like } of pairs) {
      const [one, ...more] = like;
      if (one === undefined || more.length > 0 || this.#taken.has(one)) continue;
      if (pairs.some((other) => other.post !== post && other.like.includes(one))) continue;
      this.#take(one, post, rule);
    }
  }

  #free(): Post[] {
    return this.#posts.filter((post) => !this.#found.has(post));
  }

  #take(post: Post, said: Post, rule: Rule): void {
    this.#found.set(said, { post, rule });
    this.#taken.add(post);
  }

  #names(): Map<Post, string> {
    const names = new Map<Post, string>();
    const used = new Set(this.#question.known.map(({ id }) => id));
    for (const post of this.#free()) {
      const isId = !this.#idsUnreliable && this.#hasId(post) && !this.#liars.has(post);
      const own = this.#ownLinks.isOwn(post);
      const name = namesOf(post, { isId, isLink: own }).find((each) => !used.has(each)) as string;
      used.add(name);
      names.set(post, name);
    }
    return names;
  }
}

function stoodOf({ feed, known, memory }: MatchInput): Set<Post> {
  const last = new Set(memory.lastDocument);
  return new Set(last.size === 0 ? known : known.filter(({ id }) => last.has(keyInArchive(feed, id))));
}
