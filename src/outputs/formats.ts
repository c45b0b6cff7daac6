import { type FeedRoute, feedOfPage, routes } from '../core/paths.ts';
import { atom } from './atom.ts';
import { jsonFeed } from './json-feed.ts';
import { rss } from './rss.ts';
import type { View } from './view.ts';

export const NEWEST = 50;
/** The number of entries in those of an author or a feed: with more, these many files would be most of the site. */
export const NEWEST_OF_LISTING = 10;

/** All formats. Each is written for every view, named in the head of every page, and listed on the page about subscribing. */
export const outputs: readonly ReturnType<typeof output>[] = [
  output('RSS', 'application/rss+xml', routes.rss, rss),
  output('Atom', 'application/atom+xml', routes.atom, atom),
  output('JSON Feed', 'application/feed+json', routes.jsonFeed, jsonFeed),
];

/** `path` is the path of the planet's own; `of` returns that of another one, from the path of its page (`/authors/ada/`). */
function output(name: string, type: string, path: FeedRoute, print: (view: View) => string | Promise<string>) {
  return { name, type, path, of: (page: string) => feedOfPage(page, path), print };
}

/** Feed readers on the web; `add` is the address of the page that adds a feed. */
export const readers: readonly { name: string; add: (feed: string) => string }[] = [
  { name: 'Feedly', add: (feed) => `https://feedly.com/i/subscription/feed%2F${encodeURIComponent(feed)}` },
  { name: 'Inoreader', add: (feed) => `https://www.inoreader.com/?add_feed=${encodeURIComponent(feed)}` },
  { name: 'NewsBlur', add: (feed) => `https://www.newsblur.com/?url=${encodeURIComponent(feed)}` },
  { name: 'The Old Reader', add: (feed) => `https://theoldreader.com/feeds/subscribe?url=${encodeURIComponent(feed)}` },
];
