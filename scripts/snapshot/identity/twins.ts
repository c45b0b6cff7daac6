import { areOfTwoBlogs } from './planet-blogs.ts';
import { areAtOneInstant, hasLongText, haveOneText, type Post } from './post.ts';

/** A post that a document lists twice under two ids, as planets do after a blog moved: the one that is left out → the other. */
export type Twins = Map<Post, Post>;

/** The posts with title, time and text of one before them. */
export function twinsIn(posts: readonly Post[]): Twins {
  const byTime = Map.groupBy(posts, ({ title, fullInstant }) => `${fullInstant} ${title}`);
  return new Map(
    posts.flatMap((post) => {
      if (post.fullInstant === null || post.title === '') return [];
      const others = byTime.get(`${post.fullInstant} ${post.title}`) ?? [];
      const first = others
        .slice(0, others.indexOf(post))
        .find((other) => other.id !== post.id && areTwins(other, post) && !areOfTwoBlogs(other, post, posts));
      return first === undefined ? [] : [[post, first] as const];
    }),
  );
}

function areTwins(a: Post, b: Post): boolean {
  return hasLongText(a) && haveOneText(a, b);
}

/**
 * Of posts whose ids lead to one stored post, and of one time, all but the newest: planets do not correct the old one. It
 * is the one that was edited last, else one whose id the feed gave later than that of the stored post.
 */
export function knownTwins(pairs: readonly { post: Post; incoming: Post }[]): Twins {
  const twins: Twins = new Map();
  for (const [{ id }, same] of Map.groupBy(pairs, ({ post }) => post)) {
    const age = (post: Post) => `${post.updated ?? ''} ${post.id === id ? 0 : 1}`;
    const [first, ...others] = same.map(({ incoming }) => incoming);
    if (first === undefined) continue;
    const listed = [first, ...others.filter((other) => areAtOneInstant(first, other))];
    const newest = listed.reduce((a, b) => (age(b) > age(a) ? b : a));
    for (const post of listed) if (post !== newest) twins.set(post, newest);
  }
  return twins;
}
