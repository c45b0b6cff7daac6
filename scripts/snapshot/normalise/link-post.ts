import { canonicalLink } from '../../../src/core/entry-keys.ts';
import { isOneSite } from '../../../src/core/web-address.ts';
import type { FeedPerson } from '../feed-entry.ts';
import { childrenNamed, firstText, textOf, type XmlElement } from '../parse/feed-tree.ts';
import { declaredPermalink, entryPage, isHollow, linksOf, permalinkOf } from './links.ts';
import { authorsOf } from './people.ts';

type Feed = { base: string; home: string; title: string; authors: readonly FeedPerson[] };

/**
 * The posts of a link blog that also name their own page. None where these are by several authors, by nobody or
 * copied, as a planet may give each post a page of its own. A guest's post of another kind says nothing of them.
 */
export function linkPosts(entries: readonly XmlElement[], feed: Feed): Pick<WeakMap<XmlElement, LinkPost>, 'get'> {
  const found = entries.flatMap((entry): [XmlElement, LinkPost][] => {
    const post = linkPost(entry, feed);
    return post === null ? [] : [[entry, post]];
  });
  const pages = Map.groupBy(found, ([, { page }]) => page);
  const authors = found.map(([entry]) => authorsOf(entry, feed.base, feed.title));
  const isCopied = found.some(([entry]) => childrenNamed(entry, 'source').length > 0);
  if (isCopied || countNames(authors, feed.authors) !== 1) return new Map();
  // Keeps no entry in memory: each is freed as soon as it is read.
  return new WeakMap(found.filter(([, { page }]) => pages.get(page)?.length === 1));
}

/** How many persons wrote these entries; those without authors are by the authors of the feed. */
export function countNames(entries: readonly FeedPerson[][], feed: readonly FeedPerson[]): number {
  const authors = entries.flatMap((each) => (each.length > 0 ? each : feed));
  return new Set(authors.map(({ name, email }) => name || email)).size;
}

type LinkPost = NonNullable<ReturnType<typeof linkPost>>;

/** The own page of a post, and its subject: the page on another site to which its link leads; null for a post that has not both. */
function linkPost(entry: XmlElement, { base, home }: Feed) {
  const links = linksOf(entry, base);
  const page = ownPage(entry, base) ?? relatedAt(home, links);
  if (page === null || isHollow(page) || !isOneSite(page, home)) return null;
  const subject = entryPage(entry, base, null, links);
  if (subject === null || isOneSite(subject, home)) return null;
  // The same path on another host is the same page: the blog has moved. A front page is the page of no post.
  const isMoved = URL.parse(subject)?.pathname === URL.parse(page)?.pathname;
  const isRedirected = childrenNamed(entry, 'feedburner:origlink', 'pheedo:origlink').length > 0;
  return isMoved || isRedirected || (canonicalLink(page) === null && !page.includes('#')) ? null : { page, subject };
}

/**
 * Without `isPermaLink` an id only happens to be an address: blogs keep old ones when they move. It is also the page of
 * the comments where a post is a page of a forum: https://github.com/LemmyNet/lemmy/issues/1378
 */
function ownPage(entry: XmlElement, base: string): string | null {
  const [guid] = childrenNamed(entry, 'guid');
  const isDeclared = guid && declaredPermalink(guid) === 'true';
  return isDeclared || firstText(entry, 'comments') === (guid && textOf(guid)) ? permalinkOf(entry, base) : null;
}

/** In Atom, Daring Fireball and those like it name their own page as related. */
function relatedAt(home: string, links: ReturnType<typeof linksOf>): string | null {
  const related = links.filter(({ rel, href }) => rel === 'related' && isOneSite(href, home));
  return related.length === 1 ? (related[0]?.href ?? null) : null;
}
