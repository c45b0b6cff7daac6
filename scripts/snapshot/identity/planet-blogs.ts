import type { Post } from './post.ts';

// A feed may be a planet: then its posts are of many blogs.

/** Whether the site of the second post took the place of that of the first: under the same name, or as the only one. */
export function isNewSite(existing: Post, incoming: Post, posts: readonly Post[]): boolean {
  if (existing.host === null || incoming.host === null) return false;
  const hosts = new Set(posts.map(({ host }) => host));
  return !hosts.has(existing.host) && (hosts.size === 1 || shareName(existing, incoming));
}

function shareName(a: Post, b: Post): boolean {
  return a.names.some((name) => b.names.includes(name));
}

/** Whether another name stands on a post, in a document of several sites. */
export function isByAnother(existing: Post, incoming: Post, posts: readonly Post[]): boolean {
  if (existing.names.length === 0 || incoming.names.length === 0 || shareName(existing, incoming)) return false;
  return posts.some(({ host }) => host !== null && host !== incoming.host);
}

/**
 * Whether two posts are of two blogs: on other sites, under other names. In a document of one site they may be of a blog
 * that moved, and names its author anew.
 */
export function areOfTwoBlogs(existing: Post, incoming: Post, posts: readonly Post[]): boolean {
  if (existing.host === null || incoming.host === null || existing.host === incoming.host) return false;
  return isByAnother(existing, incoming, posts);
}
