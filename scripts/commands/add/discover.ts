import { type DefaultTreeAdapterTypes, parse } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

/** A feed that a page names. */
export interface Named {
  url: string;
  /** As the page calls it; empty where it does not. */
  title: string;
}

const FEED_TYPE = /^application\/(?:rss|atom|rdf|feed)\+(?:xml|json)$|^application\/json$|^(?:text|application)\/xml$/i;
/** How addresses of feeds end, mostly. */
const FEED_PATH = /(?:\/(?:feeds?|rss2?|atom|rdf)\/?|[./](?:rss|atom|rdf|xml)|\/feed\.json)$/i;

/** Nobody has more feeds than this to choose from. */
const MOST = 10;

/** The feeds that a page names in its head; where it names none, links in it that look like feeds. */
export function namedFeeds(html: string, pageUrl: string): Named[] {
  const elements = [...elementsOf(parse(html))];
  const href = elements.find(({ name, attributes }) => name === 'base' && attributes['href'])?.attributes['href'];
  const base = (href && URL.parse(href, pageUrl)?.href) || pageUrl;
  const links = elements.filter(({ name, attributes }) => name === 'link' && isAlternate(attributes));
  const anchors = elements.filter(({ name, attributes }) => name === 'a' && looksLikeFeed(attributes['href'], base));
  const named = (links.length > 0 ? links : anchors).flatMap(({ attributes: { href: to = '', title = '' } }) => {
    const url = URL.parse(to, base);
    return url && /^https?:$/.test(url.protocol) ? [{ url: url.href, title }] : [];
  });
  const once = new Map(named.toReversed().map((each) => [each.url, each]));
  return [...once.values()].toReversed().slice(0, MOST);
}

/** Where blogs have their feed, though no page says so: beside the page first, then at the root. */
export function commonPlaces(pageUrl: string): string[] {
  const folders = [new URL('.', pageUrl.replace(/\/?$/, '/')), new URL('/', pageUrl)];
  const urls = folders.flatMap((folder) => PLACES.map((place) => new URL(place, folder).href));
  return [...new Set(urls)];
}

const PLACES = ['feed/', 'rss.xml', 'atom.xml', 'index.xml', 'feed.xml', 'feed.json', 'rss/', 'feeds/posts/default'];

interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
}

function* elementsOf(root: Node): Generator<Element> {
  const waiting: Node[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if ('tagName' in node) {
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
      yield { name: node.tagName, attributes };
    }
    if ('childNodes' in node) waiting.push(...node.childNodes.toReversed());
  }
}

function isAlternate({ rel = '', type = '', href }: Element['attributes']): boolean {
  const words = rel.toLowerCase().split(/\s+/);
  if (!href || words.includes('stylesheet')) return false;
  const plain = type.split(';')[0]?.trim() ?? '';
  // Some mark their feeds, some their JSON API: what is named is asked before anybody believes it.
  return words.includes('feed') || (words.includes('alternate') && FEED_TYPE.test(plain));
}

function looksLikeFeed(href: string | undefined, base: string): boolean {
  const url = href === undefined ? null : URL.parse(href, base);
  return url !== null && FEED_PATH.test(url.pathname);
}
