import { UniqueTraits } from './document-order.ts';
import type { Rule } from './match-rules.ts';
import { isByAnother, isNewSite } from './one-document.ts';
import { hasLongText, haveOneText, mayBeVersions, type Post } from './post.ts';

interface Matched {
  posts: readonly Post[];
  /** The matches of all other rules: incoming post → stored post. */
  matches: ReadonlyMap<Post, { post: Post; rule: Rule }>;
  links: UniqueTraits;
}

type Pair = { existing: Post; incoming: Post };

/** Word for word. One alone may be an announcement that is repeated. */
const LEAST = 2;

/**
 * Unmatched posts that are stored under another id and date, with their stored ones: a blog that changed its software or
 * its domain floods planets with its old posts. Several of one site come at once, and no fewer than those of this site
 * whose ids are known. Each has the link of its stored post, or all that were on another site are now on this one.
 */
export function returnedPosts(
  { existing, isPart }: { existing: readonly Post[]; isPart: boolean },
  { posts, matches, links }: Matched,
): Pair[] {
  const unmatched = posts.filter((post) => !matches.has(post));
  if (isPart || unmatched.length < LEAST || existing.length < LEAST || !links.areDistinctive()) return [];
  const matched = new Set([...matches.values()].map(({ post }) => post));
  const titles = new Set(unmatched.map(({ title }) => title).filter(Boolean));
  const texts = new UniqueTraits(
    existing.filter(({ title }) => titles.has(title)),
    posts,
    textKey,
  );
  const pairs = unmatched.flatMap((incoming): Pair[] => {
    const byLink = links.existingWithTraitOf(incoming);
    const one = byLink ?? texts.existingWithTraitOf(incoming);
    if (one === undefined || matched.has(one)) return [];
    const isLinked = one === byLink && mayBeVersions(one, incoming) && !isByAnother(one, incoming, posts);
    const isOne = isLinked || (one !== byLink && isNewSite(one, incoming, posts));
    return isOne ? [{ existing: one, incoming }] : [];
  });
  const known = posts.filter((post) => matches.get(post)?.rule === 'id').map(({ host }) => host);
  return [...Map.groupBy(pairs, ({ existing, incoming }) => `${existing.host} ${incoming.host}`).values()].flatMap(
    (those) => {
      const equal = those.filter(isWordForWord).length;
      const { host } = those[0]?.incoming ?? {};
      return equal >= LEAST && equal >= known.filter((each) => each === host).length ? those : [];
    },
  );
}

function isWordForWord({ existing, incoming }: Pair): boolean {
  return existing.title === incoming.title && hasLongText(incoming) && haveOneText(existing, incoming);
}

/** Title and text, if both are enough to tell posts apart. */
function textKey(post: Post): string | null {
  return post.title !== '' && hasLongText(post) ? JSON.stringify([post.title, ...post.words]) : null;
}
