import { expect, test } from 'vitest';
import { isLost, lostSites } from '../../src/core/lost-sites.ts';
import { type Row, rows } from '../lib/case-table.ts';

/**
 * A link, and the address of a feed that is gone; then the home that it says or that is given, its earlier address, and the
 * address and home (said `at`, given `in`) of another feed, which lives.
 */
const judged = ([, link, url, more = '']: Row) => {
  const told = (key: string) => new RegExp(`${key} (\\S+)`).exec(more)?.[1];
  const [before, living] = [told('formerly'), told('beside')];
  const gone = {
    url,
    home: told('given'),
    declaredHome: told('said'),
    formerly: before ? [{ url: before, home: null }] : [],
  };
  const other =
    living === undefined ? [] : [{ id: 'other', gone: false, url: living, declaredHome: told('at'), home: told('in') }];
  return isLost(link, lostSites([{ id: 'gone', gone: true, ...gone }, ...other]));
};

test.for(rows`
  the host of the feed | https://ann.example/1 | https://ann.example/feed
  a home elsewhere that only the feed names | https://ann.example/1 | https://feeds.example/ann | said https://ann.example/
  the folder that the operator gives | https://b.example/ann/1 | https://b.example/feed/ann | given https://b.example/ann/
  an earlier site | https://old.example/1 | https://ann.example/feed | formerly https://old.example/feed
  the feed itself, with its home elsewhere | http://www.feeds.example/ann/ | https://feeds.example/ann | said https://ann.example/
  the feed itself, on the host of one that lives | https://b.example/ann.xml | https://b.example/ann.xml | beside https://b.example/bob.xml
  her folder on a host where others live | https://b.example/~ann/1 | https://b.example/~ann/feed | beside https://b.example/~bob/feed
  a site that one that lives claims | https://ann.example/1 | https://ann.example/feed | beside https://lee.example/feed at https://ann.example/
`)('is lost: %s', (row) => expect(judged(row)).toBe(true));

test.for(rows`
  a post of a blog that lives, which she left | https://b.example/1 | https://b.example/author/ann/feed/ | said https://b.example beside https://b.example/author/bob/feed/ at https://b.example
  the neighbour of one that names no home | https://b.example/bob/1 | https://b.example/feed/ann | beside https://b.example/feed/bob at https://b.example/bob
  the neighbour of one that was there | https://b.example/bob/1 | https://ann.example/feed | formerly https://b.example/feed/ann beside https://b.example/feed/bob
  a neighbour whom nobody follows, whatever the feed says | https://b.example/~tom/1 | https://b.example/~ann/feed | said https://b.example/
  another feed of a host of feeds, with its home elsewhere | https://feeds.example/bob | https://feeds.example/ann | beside https://feeds.example/bob at https://bob.example/
  the same, as the operator gives its home | https://feeds.example/bob | https://feeds.example/ann | beside https://feeds.example/bob in https://bob.example/
  another feed of a host of feeds | https://feeds.example/bob | https://feeds.example/ann | said https://ann.example/
`)('is not lost: %s', (row) => expect(judged(row)).toBe(false));
