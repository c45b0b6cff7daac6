import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type CreditedEntry, collectAuthors } from '../../src/core/author-records.ts';
import { Avatar, shownAvatars } from '../../src/core/avatars.ts';
import { authorsByName } from '../../src/core/name-lists.ts';
import type { AuthorConfig } from '../../src/core/planet.ts';
import { rows } from '../lib/case-table.ts';

const hash = (sign: string) => sign.repeat(20);
/** `blog:ada:a` is Ada's picture in the blog, of a hash of a's; `blog::b` is the blog's own, `:countess:c` the operator's. */
const kept = (rows: string): Avatar[] =>
  rows.split(' ').flatMap((row) => {
    const [feed, author, sign = ''] = row.split(':');
    if (sign === '') return [];
    return Avatar.parse({
      ...{ feed: feed || null, author: author || null, hash: hash(sign), urls: ['https://a.example/'], from: null },
      ...{ validators: {}, checkedAt: null, settled: true, problem: null },
    });
  });
/** `{blog: {Ada: 2}}`: two entries of Ada in the blog. */
const entriesOf = (counts: Record<string, Record<string, number>>): CreditedEntry[] =>
  Object.entries(counts).flatMap(([feed, authors]) =>
    Object.entries(authors).flatMap(([name, times]) =>
      Array.from({ length: times }, () => ({
        entry: { feed, published: '2026-01-01T00:00:00Z', firstSeen: '2026-01-01T00:00:00Z' },
        credit: { authors: [{ name }] },
        via: [],
      })),
    ),
  );

test.for(rows`
  nobody has one | ${''} | - -
  her blog has one | blog::b | b b
  the feed shows her | blog::b blog:ada:a | a b
  another feed shows her too, by which fewer of her entries come | other:ada:c blog:ada:a | a -
  a feed shows somebody of her name that never brought an entry of hers | strange:ada:c | - -
  two write the blog | blog::b | - b | entries: {blog: {Ada: 8, Bob: 2}}
  another feed shows her, with one post in her name | blog::b other:ada:c | b b | entries: {blog: {Ada: 2}, other: {Eve: 2, Ada: 1}}
  only a feed with such a post shows her | other:ada:c | - - | entries: {blog: {Ada: 2}, other: {Eve: 1, Ada: 1}}
  her second blog shows her | other:ada:c | c - | entries: {blog: {Ada: 2}, other: {Ada: 1}}
  a guest wrote once in ten times | blog::b | b b | entries: {blog: {Ada: 9, Bob: 1}}
  the operator has a file of hers | blog:ada:a | ada.png - | people: [{name: Ada, avatar: pictures/me.PNG}]
  the operator has an address of hers, under another of her names | blog:ada:a :countess:c | c - | people: [{name: Countess, aliases: [Ada], avatar: "https://a.example/c"}]
  there is no picture at that address | blog:ada:a | a - | people: [{name: Ada, avatar: "https://a.example/none"}]
  the operator has a file for her blog | ${''} | blog.feed.svg blog.feed.svg | feedAvatar: b.svg
`)('when %s', ([, avatars, adaAndBlog, more = '']) => {
  const { people = [], feedAvatar, entries = { blog: { Ada: 1 } } } = parse(more) ?? {};
  const [ada, blog] = adaAndBlog
    .split(' ')
    .map((each) => (each === '-' ? null : each.length === 1 ? hash(each) : each));
  const shown = shownAvatars({
    feeds: [{ id: 'blog', avatar: feedAvatar }, { id: 'other' }],
    authors: collectAuthors(entriesOf(entries)).authors,
    people: authorsByName(people.map((person: Partial<AuthorConfig>) => ({ name: '', aliases: [], ...person }))),
    avatars: kept(avatars),
  });
  expect(shown.authors.get('ada')).toBe(ada);
  expect(shown.feeds.get('blog')).toBe(blog);
  for (const file of [ada, blog]) expect(file?.includes('.') ? shown.files.has(file) : true).toBe(true);
});

test.for(["o’neill < o'neill", 'i\u0307lker < ilker'])(
  'a picture that an older version stored under another key is still hers: %s',
  (row) => {
    const [old, now] = row.split(' < ');
    expect(kept(`blog:${old}:a`)[0]?.author).toBe(now);
  },
);
