import { routes } from '../core/paths.ts';
import { atom } from './atom.ts';
import { jsonFeed } from './json-feed.ts';
import { rss } from './rss.ts';
import type { View } from './view.ts';

/** How many entries the planet's output feeds hold: the newest. And those of an author or a feed, which are so many files that they would be most of the site. */
export const NEWEST = 50;
export const NEWEST_OF_LISTING = 10;

/** A format in which the planet, every author and every feed can be followed. */
export interface Output {
  /** What people call it. */
  name: string;
  /** Media type, for feed discovery. */
  type: string;
  /** The planet's own. */
  path: string;
  /** Of what has its page at a path, `/authors/ada/`. */
  of: (page: string) => string;
  /** What its file says. */
  print: (view: View) => string | Promise<string>;
}

/** Every such format: it is written for each view, named in the head of each page, and listed on the page on subscribing. */
export const outputs: readonly Output[] = [
  output('RSS', 'application/rss+xml', routes.rss, rss),
  output('Atom', 'application/atom+xml', routes.atom, atom),
  output('JSON Feed', 'application/feed+json', routes.jsonFeed, jsonFeed),
];

function output(name: string, type: string, path: string, print: Output['print']): Output {
  return { name, type, path, of: (page) => `${page}${path.slice(1)}`, print };
}

/** A reader on the web that takes a feed by a link. */
export interface WebReader {
  name: string;
  /** Its page for adding the feed at an address. */
  add: (feed: string) => string;
}

export const readers: readonly WebReader[] = [
  { name: 'Feedly', add: (feed) => `https://feedly.com/i/subscription/feed%2F${encodeURIComponent(feed)}` },
  { name: 'Inoreader', add: (feed) => `https://www.inoreader.com/?add_feed=${encodeURIComponent(feed)}` },
  { name: 'NewsBlur', add: (feed) => `https://www.newsblur.com/?url=${encodeURIComponent(feed)}` },
  { name: 'The Old Reader', add: (feed) => `https://theoldreader.com/feeds/subscribe?url=${encodeURIComponent(feed)}` },
];
