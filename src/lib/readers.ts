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
