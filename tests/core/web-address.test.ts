import { expect, test } from 'vitest';
import { isAtHome } from '../../src/core/web-address.ts';

const at = (url: string, more: { home?: string; saidHome?: string } = {}) => ({ url, ...more });

test.for([
  ['the same host', 'https://ada.example/post', at('https://ada.example/feed')],
  ['with and without www. and https', 'http://www.ada.example/post', at('https://ada.example/feed')],
  [
    'the home that the operator gives',
    'https://ada.example/post',
    at('https://feeds.example/ada', { home: 'https://ada.example/' }),
  ],
  ['a folder of a shared host', 'https://pages.example/~ada/post', at('https://pages.example/~ada/feed.xml')],
  ['a name in an address of another kind', 'https://medium.example/@ada/post', at('https://medium.example/feed/@ada')],
  [
    'the folder that the feed says',
    'https://pages.example/ada/post',
    at('https://pages.example/ada/rss', { saidHome: 'https://www.pages.example/ada/index.html' }),
  ],
  [
    'a home that is a file',
    'https://ada.example/2026/post',
    at('https://ada.example/feed', { home: 'https://ada.example/index.html' }),
  ],
] as const)('is at home: %s', ([, link, feed]) => expect(isAtHome(link, feed)).toBe(true));

test.for([
  ['another host', 'https://ada.example/post', at('https://planet.example/feed')],
  ['another part of the host', 'https://blog.ada.example/post', at('https://ada.example/feed')],
  ['a neighbour on a shared host', 'https://pages.example/~grace/post', at('https://pages.example/~ada/feed.xml')],
  [
    'a neighbour, whatever the feed says',
    'https://medium.example/@grace/post',
    at('https://medium.example/feed/@ada', { saidHome: 'https://medium.example/' }),
  ],
  [
    'a neighbour whose name begins alike',
    'https://pages.example/ada2/post',
    at('https://pages.example/ada/rss', { saidHome: 'https://pages.example/ada' }),
  ],
  [
    'outside the folder that the operator gives',
    'https://ada.example/shop/1',
    at('https://ada.example/feed', { home: 'https://ada.example/blog/' }),
  ],
  [
    'a host that only the feed says',
    'https://ada.example/post',
    at('https://planet.example/feed', { saidHome: 'https://ada.example/' }),
  ],
  [
    'a host of many feeds, of one whose home is elsewhere',
    'https://feeds.example/~r/grace/1',
    at('https://feeds.example/ada', { saidHome: 'https://ada.example/' }),
  ],
  ['a feed on disk', 'https://ada.example/post', at('feeds/ada.xml')],
  ['what is no address', '12', at('https://ada.example/feed')],
] as const)('is not at home: %s', ([, link, feed]) => expect(isAtHome(link, feed)).toBe(false));
