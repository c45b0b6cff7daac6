import { areTextsAlike, hasLongText, type Post } from './post.ts';

/** The posts of a document, each once. */
interface OneDocument {
  posts: Post[];
  /** Posts that share their id with another post of the document. */
  sharers: Set<Post>;
}

/** Removes repeated posts from a document: of several versions of a post the newest stays, in the place of the first. */
export function oneDocument(incoming: readonly Post[]): OneDocument {
  const byId = new Map<string, Post[]>();
  const place = new Map<Post, Post>();
  for (const post of incoming) {
    const others = byId.get(post.id) ?? [];
    const same = others.findIndex((other) => areVersions(other, post));
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

/** Whether two posts of one id are versions of one post. */
function areVersions(a: Post, b: Post): boolean {
  if (a.link !== b.link) return false;
  if (a.published !== null && a.published === b.published && a.updated !== b.updated) return true;
  const haveOneDate = a.instant === b.instant;
  const isUntitled = a.title === '' || b.title === '';
  const doTitlesAgree = a.title === b.title || (haveOneDate && isUntitled && hasLongText(a));
  const areEmpty = a.words.length + b.words.length === 0;
  return doTitlesAgree && (haveOneDate || hasLongText(a)) && (areEmpty || areTextsAlike(a, b));
}

function dateOf({ instant, updated }: Post): string {
  return updated ?? instant ?? '';
}
