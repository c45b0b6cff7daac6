import { areTextsAlike, hasLongText, type Post } from './post.ts';

/** A document's posts, each once, and those of them whose id is also another's. */
export interface OneDocument {
  posts: Post[];
  /** Posts whose id does not tell them from another in the same document. */
  sharers: Set<Post>;
}

/** Takes out what a document says twice: of posts with one id that are one post the newest stays, in the place of the first. */
export function oneDocument(said: readonly Post[]): OneDocument {
  const byId = new Map<string, Post[]>();
  const place = new Map<Post, Post>();
  for (const post of said) {
    const others = byId.get(post.id) ?? [];
    const same = others.findIndex((other) => isOne(other, post));
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

function isOne(a: Post, b: Post): boolean {
  if (a.link !== b.link) return false;
  if (a.published !== null && a.published === b.published && a.updated !== b.updated) return true;
  const haveOneDate = a.instant === b.instant;
  const isUntitled = a.title === '' || b.title === '';
  const doTitlesAgree = a.title === b.title || (haveOneDate && isUntitled && hasLongText(a));
  const areSilent = a.words.length + b.words.length === 0;
  return doTitlesAgree && (haveOneDate || hasLongText(a)) && (areSilent || areTextsAlike(a, b));
}

function dateOf({ instant, updated }: Post): string {
  return updated ?? instant ?? '';
}
