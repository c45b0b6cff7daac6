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
