import { canonicalLink } from '../../../src/core/entry-links.ts';
import { isOneSite } from '../../../src/core/web-address.ts';
import { childrenNamed, type XmlElement } from '../parse/feed-tree.ts';
import { entryPage, linksOf, permalinkOf } from './links.ts';
import { authorsOf } from './people.ts';

/** A post about a page on another site, to which its link leads. */
interface LinkPost {
  /** Its own page. */
  own: string;
  about: string;
}

type Feed = { base: string; home: string; title: string };

/**
 * The posts of a link blog that also name their own page. None in a feed of several authors or of copied entries, as a
 * planet may give each post a page of its own.
 */
export function linkPosts(entries: readonly XmlElement[], feed: Feed): Pick<WeakMap<XmlElement, LinkPost>, 'get'> {
  const found = entries.flatMap((entry): [XmlElement, LinkPost][] => {
    const post = linkPost(entry, feed);
    return post === null ? [] : [[entry, post]];
  });
  const pages = Map.groupBy(found, ([, { own }]) => own);
  const names = new Set<string>();
  for (const entry of found.length > 0 ? entries : []) {
    for (const { name } of authorsOf(entry, feed.base, feed.title)) names.add(name);
    if (names.size > 1 || childrenNamed(entry, 'source').length > 0) return new Map();
  }
  // Keeps no entry in memory: each is freed as soon as it is read.
  return new WeakMap(found.filter(([, { own }]) => pages.get(own)?.length === 1));
}

function linkPost(entry: XmlElement, { base, home }: Feed): LinkPost | null {
  const links = linksOf(entry, base);
  const own = declaredPermalink(entry, base) ?? relatedAt(home, links);
  if (own === null || !isOneSite(own, home)) return null;
  const about = entryPage(entry, base, null, links);
  if (about === null || isOneSite(about, home)) return null;
  // The same path on another host is the same page: the blog has moved. A front page is the page of no post.
  const isMoved = URL.parse(about)?.pathname === URL.parse(own)?.pathname;
  const isRedirected = childrenNamed(entry, 'feedburner:origlink', 'pheedo:origlink').length > 0;
  return isMoved || isRedirected || (canonicalLink(own) === null && !own.includes('#')) ? null : { own, about };
}

/** Without `isPermaLink` an id only happens to be an address: blogs keep old ones when they move. */
function declaredPermalink(entry: XmlElement, base: string): string | null {
  const [guid] = childrenNamed(entry, 'guid');
  return guid?.attributes['ispermalink']?.trim().toLowerCase() === 'true' ? permalinkOf(entry, base) : null;
}

/** In Atom, Daring Fireball and those like it name their own page as related. */
function relatedAt(home: string, links: ReturnType<typeof linksOf>): string | null {
  const related = links.filter(({ rel, href }) => rel === 'related' && isOneSite(href, home));
  return related.length === 1 ? (related[0]?.href ?? null) : null;
}
