import { parse } from 'parse5';
import { isOneSite } from '../../../src/core/web-address.ts';
import { baseAddress, everyElement, textWithin } from '../../snapshot/sanitise/parsed-html.ts';

/** A feed that a page names. `title` is from the page; empty if it has none. */
export type NamedFeed = { url: string; title: string };

const FEED_TYPE = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)$|^application\/json$|^(?:text|application)\/xml$/i;
const FEED_PATH = /(?:\/(?:feeds?|rss2?|atom|rdf)\/?|[./](?:rss|atom|rdf|xml)|\/feed\.json)$/i;
/** As WordPress, Joomla, Squarespace, Blogger and SPIP write it. */
const FEED_QUERY = /[?&](?:feed=|format=(?:feed|rss|atom)\b|type=(?:rss|atom)\b|alt=rss\b|page=backend\b)/i;
/** `RSS 2.0`, `Atom feed` */
const FEED_WORDS = /^(?:\P{L}*(?:rss|atom|feeds?|xml))+\P{L}*$/iu;
const MOST_CANDIDATES = 10;

/** The feeds that a page names in its head; if there are none, the links that look like feeds, the likeliest first. */
export function namedFeeds(html: string, pageUrl: string): NamedFeed[] {
  const parsed = everyElement(parse(html).childNodes);
  const elements = parsed.map((element) => ({
    name: element.tagName,
    attributes: Object.fromEntries(element.attrs.map(({ name, value }) => [name, value])),
    element,
  }));
  const base = baseAddress(parsed, pageUrl);
  const links = elements.filter(({ name, attributes }) => name === 'link' && isAlternate(attributes));
  const anchors = elements
    .filter(({ name }) => name === 'a')
    .map((each) => ({ ...each, rank: linkRank(each.attributes, textWithin(each.element.childNodes), base, pageUrl) }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank);
  const named = (links.length > 0 ? links : anchors).flatMap(({ attributes: { href: to = '', title = '' } }) => {
    const url = URL.parse(to, base);
    return url && /^https?:$/.test(url.protocol) ? [{ url: url.href, title }] : [];
  });
  return eachOnce(named);
}

export function eachOnce(named: readonly NamedFeed[]): NamedFeed[] {
  const once = new Map(named.toReversed().map((each) => [each.url, each]));
  return [...once.values()].toReversed().slice(0, MOST_CANDIDATES);
}

/** The usual addresses of feeds: next to the page first, then at the root. */
export function usualAddresses(pageUrl: string): string[] {
  const folders = [new URL('.', pageUrl.replace(/\/?$/, '/')), new URL('/', pageUrl)];
  return [...new Set(folders.flatMap((folder) => PLACES.map((place) => new URL(place, folder).href)))];
}

const PLACES = ['feed/', 'rss.xml', 'atom.xml', 'index.xml', 'feed.xml', 'feed.json', 'rss/', 'feeds/posts/default'];

function isAlternate({ rel = '', type = '', href }: Record<string, string>): boolean {
  const words = rel.toLowerCase().split(/\s+/);
  if (!href || words.includes('stylesheet')) return false;
  const plain = type.split(';')[0]?.trim() ?? '';
  // Some pages name their JSON API so: every named address is read before it counts as a feed.
  return words.includes('feed') || (words.includes('alternate') && FEED_TYPE.test(plain));
}

/**
 * The place of a link among those that may lead to a feed: on the site of the page before others, there by its path,
 * then its query, then its words. -1 if it does not look like one. Every such address is read before it counts.
 */
function linkRank(
  { href, title, 'aria-label': label }: Record<string, string>,
  text: string,
  base: string,
  pageUrl: string,
): number {
  const url = href === undefined ? null : URL.parse(href, base);
  if (url === null) return -1;
  const isNamed = [label ?? title ?? '', text].some((words) => FEED_WORDS.test(words));
  const rank = [FEED_PATH.test(url.pathname), FEED_QUERY.test(url.search), isNamed].indexOf(true);
  return rank === -1 || isOneSite(url.href, pageUrl) ? rank : rank + 3;
}
