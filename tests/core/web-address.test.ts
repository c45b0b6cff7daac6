import { expect, test } from 'vitest';
import { isAtHome } from '../../src/core/web-address.ts';
import { type Row, rows } from '../lib/case-table.ts';

/** A link and the address of its feed; and the feed's home, as `planet.yaml` gives it or as the feed says itself, or its earlier address. */
const judged = ([, link, url, home = '']: Row) => {
  const [who = '', address = ''] = home.split(' ');
  return isAtHome(link, {
    url,
    ...(who === 'given' && { home: address }),
    ...(who === 'said' && { declaredHome: address }),
    ...(who === 'formerly' && { formerly: [{ url: address, home: null }] }),
  });
};

test.for(rows`
  the same host | https://ada.example/post | https://ada.example/feed
  with and without www. and https | http://www.ada.example/post | https://ada.example/feed
  the home that the operator gives | https://ada.example/post | https://feeds.example/ada | given https://ada.example/
  a folder of a shared host | https://pages.example/~ada/post | https://pages.example/~ada/feed.xml
  a name in an address of another kind | https://medium.example/@ada/post | https://medium.example/feed/@ada
  the folder that the feed says | https://pages.example/ada/post | https://pages.example/ada/rss | said https://www.pages.example/ada/index.html
  the host of an earlier address | https://old.example/post | https://ada.example/feed | formerly https://old.example/feed
  a home that is a file | https://ada.example/2026/post | https://ada.example/feed | given https://ada.example/index.html
`)('is at home: %s', (row) => expect(judged(row)).toBe(true));

test.for(rows`
  another host | https://ada.example/post | https://planet.example/feed
  another part of the host | https://blog.ada.example/post | https://ada.example/feed
  a neighbour on a shared host | https://pages.example/~grace/post | https://pages.example/~ada/feed.xml
  a neighbour, whatever the feed says | https://medium.example/@grace/post | https://medium.example/feed/@ada | said https://medium.example/
  a neighbour whose name begins alike | https://pages.example/ada2/post | https://pages.example/ada/rss | said https://pages.example/ada
  outside the folder that the operator gives | https://ada.example/shop/1 | https://ada.example/feed | given https://ada.example/blog/
  a host that only the feed says | https://ada.example/post | https://planet.example/feed | said https://ada.example/
  a host of many feeds, of one whose home is elsewhere | https://feeds.example/~r/grace/1 | https://feeds.example/ada | said https://ada.example/
  a neighbour at an earlier address | https://pages.example/~grace/post | https://ada.example/feed | formerly https://pages.example/~ada/feed.xml
  a feed on disk | https://ada.example/post | feeds/ada.xml
  what is no address | 12 | https://ada.example/feed
`)('is not at home: %s', (row) => expect(judged(row)).toBe(false));
