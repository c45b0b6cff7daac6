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

/** At other places of their site. Two or three may be posted again each month. */
const LEAST_MOVED = 4;

/**
 * Unmatched posts that are stored under another id and date, with their stored ones: a blog that changed its software or
 * its domain floods planets with its old posts. Several of one site come at once, and no fewer than those of this site
 * whose ids are known. Each has the link of its stored post, or all that were on another site are now on this one, or all
 * are at other places of one site, with the day of its build as date.
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
    const pair = { existing: one, incoming };
    if (one !== byLink && isNewSite(one, incoming, posts)) return [pair];
    const isOnSite = one === byLink ? mayBeVersions(one, incoming) : isElsewhereOnSite(pair);
    return isOnSite && !isByAnother(one, incoming, posts) ? [pair] : [];
  });
  const known = posts.filter((post) => matches.get(post)?.rule === 'id').map(({ host }) => host);
  return [...Map.groupBy(pairs, sitesOf).values()].flatMap((those) => {
    const equal = those.filter(isWordForWord).length;
    const [first] = those;
    const rest = known.filter((each) => each === first?.incoming.host).length;
    if (first !== undefined && isElsewhereOnSite(first)) return equal >= LEAST_MOVED && rest === 0 ? those : [];
    return equal >= LEAST && equal >= rest ? those : [];
  });
}

function sitesOf(pair: Pair): string {
  const { existing, incoming } = pair;
  return `${existing.host} ${incoming.host} ${isElsewhereOnSite(pair) ? incoming.day : ''}`;
}

function isElsewhereOnSite({ existing, incoming }: Pair): boolean {
  return incoming.host !== null && existing.host === incoming.host && existing.link !== incoming.link;
}

function isWordForWord({ existing, incoming }: Pair): boolean {
  return existing.title === incoming.title && hasLongText(incoming) && haveOneText(existing, incoming);
}

/** Title and text, if both are enough to tell posts apart. */
function textKey(post: Post): string | null {
  return post.title !== '' && hasLongText(post) ? JSON.stringify([post.title, ...post.words]) : null;
}
