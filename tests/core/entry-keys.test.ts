import { describe, expect, test } from 'vitest';
import { canonicalLink, identityFilter, identityKeys } from '../../src/core/entry-keys.ts';
import { list, rows } from '../lib/case-table.ts';

const same = [
  ['https://a.example/post', 'http://a.example/post'],
  ['https://a.example/post', 'https://www.a.example/post'],
  ['https://a.example/post', 'https://A.EXAMPLE/post'],
  ['https://a.example/post', 'https://a.example/post/'],
  ['https://a.example/post', 'https://a.example/post//'],
  ['https://a.example/post', 'https://a.example:443/post'],
  ['https://a.example/post', 'http://a.example:80/post'],
  ['https://a.example/post', 'http://a.example:443/post'],
  ['https://a.example/post', 'https://a.example/post#comments'],
  ['https://a.example/post', 'https://a.example/post?'],
  ['https://a.example/post', 'https://a.example/post?utm_source=rss'],
  ['https://a.example/post', 'https://a.example/post?utm_source=rss&utm_medium=feed&utm_campaign=x'],
  ['https://a.example/post', 'https://a.example/post?UTM_Source=rss'],
  ['https://a.example/post', 'https://a.example/post?fbclid=1'],
  ['https://a.example/post', 'https://a.example/post?gclid=1'],
  ['https://a.example/post', 'https://a.example/post?mc_cid=1&mc_eid=2'],
  ['https://a.example/post', 'https://a.example/post?source=rss'],
  // Medium: the feed of a writer, and that of a publication.
  ['https://a.example/post', 'https://a.example/post?source=rss-c1d2e3f4a5b6------2'],
  ['https://a.example/post', 'https://a.example/post?source=rss----77aa88bb99cc---4'],
  ['https://a.example/post', 'https://a.example/post?pk_campaign=feed'],
  ['https://a.example/post', 'https://a.example/post?ref_src=twsrc'],
  ['https://a.example/post', 'https://a.example/post/index.html'],
  ['https://a.example/post', 'https://a.example/post/index.php'],
  ['https://a.example/post', 'https://a.example/post/default.aspx'],
  ['https://a.example/post', 'http://www.a.example/post/index.htm?utm_medium=rss#top'],
  ['https://a.example/?p=12', 'https://a.example?p=12'],
  ['https://a.example/?p=12', 'http://www.a.example/index.php?p=12'],
  ['https://a.example/x?a=1&b=2', 'https://a.example/x?b=2&a=1'],
  ['https://a.example/x?a=1', 'https://a.example/x?a=1&utm_term=z'],
  ['https://a.example/x?q=a%20b', 'https://a.example/x?q=a+b'],
  ['https://a.example/caf%C3%A9', 'https://a.example/café'],
  ['https://a.example/caf%C3%A9', 'https://a.example/caf%c3%a9'],
  ['https://bücher.example/1', 'https://xn--bcher-kva.example/1'],
  ['https://a.example/a/./b', 'https://a.example/a/b'],
  ['https://a.example/a/../b', 'https://a.example/b'],
] as const;

const different = [
  ['https://a.example/post', 'https://b.example/post'],
  ['https://a.example/post', 'https://blog.a.example/post'],
  ['https://a.example/post', 'https://a.example/Post'],
  ['https://a.example/post', 'https://a.example/post-2'],
  ['https://a.example/post', 'https://a.example/'],
  ['https://a.example/post', 'https://a.example:8080/post'],
  ['https://a.example/post', 'https://a.example/post?page=2'],
  ['https://a.example/?p=12', 'https://a.example/?p=13'],
  ['https://a.example/?p=12', 'https://a.example/?P=12'],
  ['https://a.example/x?a=1&b=2', 'https://a.example/x?a=2&b=1'],
  ['https://a.example/x?a=1', 'https://a.example/x?a=1&a=2'],
  ['https://a.example/index', 'https://a.example/'],
  ['https://a.example/reindex.html', 'https://a.example/'],
  ['https://a.example/post.html', 'https://a.example/post'],
  ['https://a.example/en/post', 'https://a.example/de/post'],
  ['https://a.example/x?id=utm_source', 'https://a.example/x'],
  ['https://a.example/x?source=mail', 'https://a.example/x'],
  ['https://a.example/x?source=rsshub', 'https://a.example/x'],
  ['https://a.example/x?ref=2', 'https://a.example/x'],
  ['https://a.example/x?reference=2', 'https://a.example/x'],
  ['https://a.example/utm_source', 'https://a.example/'],
  ['https://www2.a.example/post', 'https://a.example/post'],
  ['https://a.example/a%2Fb', 'https://a.example/a/b'],
] as const;

/** Nothing can be known by these, not even by themselves. */
const nothing = list`
  https://a.example/ | https://a.example | http://www.a.example/index.html | https://a.example/#x
  https://a.example/?utm_source=rss | mailto:ada@a.example | ftp://a.example/post | not an address | ${''}
`;

describe('by its link', () => {
  test.for(same)('%s is the same as %s', ([a, b]) => {
    expect(canonicalLink(a)).not.toBeNull();
    expect(canonicalLink(a)).toBe(canonicalLink(b));
  });
  test.for(different)('%s is another than %s', ([a, b]) => expect(canonicalLink(a)).not.toBe(canonicalLink(b)));
  test.for(nothing)('nothing is known by "%s"', (link) => expect(canonicalLink(link)).toBeNull());
});

test.for(rows`
  link and an id that is the link | https://a.example/1 | https://a.example/1 | https://a.example/1
  link and an id that is another address | https://a.example/?p=1 | https://a.example/one | https://a.example/one https://a.example?p=1
  link and a tag URI | tag:a.example,2026:1 | https://a.example/1 | https://a.example/1 tag:a.example,2026:1
  a UUID | urn:uuid:1225c695 | ${''} | urn:uuid:1225c695
  a UUID without a prefix | f81d4fae-7dec-11d0-a765-00a0c91e6bf6 | ${''} | f81d4fae-7dec-11d0-a765-00a0c91e6bf6
  a long hexadecimal number | 5f3c0e1d2b4a697887162531 | ${''} | 5f3c0e1d2b4a697887162531
  no number, which every blog has | 12
  no long number, which may count | 000000000000000000000012
  no UUID of zeros | 00000000-0000-0000-0000-000000000000
  no words | a-cafe-deadbeef
  no front page | https://a.example/ | https://a.example/
`)('an entry is known by %s', ([, id, url, keys = '']) =>
  expect(identityKeys({ id, url: url || null }).join(' ')).toBe(keys),
);

describe('the sieve', () => {
  const odd = [
    ['http://127.1/post', 'http://127.0.0.1/post'],
    ['http://0x7f.1/post', 'http://127.0.0.1/post'],
    ['https://www.www.a.example/post', 'http://www.www.a.example/post'],
    ['https://a.example./post', 'http://A.example./post'],
    ['https://my_blog.example/post', 'http://www.my_blog.example/post'],
    [' https://a.example/post', 'https://a.example/post'],
    ['https:\\\\a.example\\post', 'https://a.example/post'],
    ['https://ada@a.example/post', 'https://a.example/post'],
  ] as const;
  test.for([...same, ...odd])('lets through %s for %s, and the other way round', ([a, b]) => {
    for (const one of [a, b]) {
      const sieve = identityFilter(new Set(identityKeys({ id: '1', url: one })));
      for (const other of [a, b]) {
        expect(sieve({ id: '1', url: other })).toBe(true);
        expect(sieve({ id: other, url: null })).toBe(true);
      }
    }
  });

  test('keeps back what lies on other hosts, and tags that nobody asks for', () => {
    const sieve = identityFilter(new Set(['https://a.example/post', 'tag:a.example,2026:1']));
    expect(sieve({ id: 'tag:a.example,2026:1', url: null })).toBe(true);
    expect(sieve({ id: 'tag:a.example,2026:2', url: 'https://b.example/post' })).toBe(false);
    expect(sieve({ id: 'https://b.example/1', url: 'https://b.example/1' })).toBe(false);
  });
});
