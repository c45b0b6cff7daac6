import { expect, test } from 'vitest';
import type { Avatar } from '../../src/core/feed-state.ts';
import { peopleOf } from '../../src/core/name-lists.ts';
import type { AuthorConfig } from '../../src/core/planet.ts';
import { shownAvatars } from '../../src/core/shown-avatars.ts';

const hash = (sign: string) => sign.repeat(20);
/** `blog:ada:a` is Ada's picture in the blog, of a hash of a's; `blog::b` is the blog's own, `:countess:c` the operator's. */
const kept = (rows: string): Avatar[] =>
  rows.split(' ').flatMap((row) => {
    const [feed, author, sign = ''] = row.split(':');
    if (sign === '') return [];
    return {
      ...{ feed: feed || null, author: author || null, hash: hash(sign), urls: ['https://a.example/'], from: null },
      ...{ validators: {}, checkedAt: null, settled: true, problem: null },
    };
  });
const by = (feed: string, authors: string[], times = 1) =>
  Array.from({ length: times }, () => ({ feed, credit: { title: '', authors } }));

interface More {
  people?: Partial<AuthorConfig>[];
  feedAvatar?: string;
  entries?: ReturnType<typeof by>;
}

test.for<[when: string, avatars: string, adaAndBlog: string, more?: More]>([
  ['nobody has one', '', '- -'],
  ['her blog has one', 'blog::b', 'b b'],
  ['the feed shows her', 'blog::b blog:ada:a', 'a b'],
  ['another feed shows her too, by which fewer of her entries come', 'other:ada:c blog:ada:a', 'a -'],
  ['a feed shows somebody of her name that never brought an entry of hers', 'strange:ada:c', '- -'],
  ['two write the blog', 'blog::b', '- b', { entries: [...by('blog', ['ada'], 8), ...by('blog', ['bob'], 2)] }],
  [
    'a guest wrote once in ten times',
    'blog::b',
    'b b',
    { entries: [...by('blog', ['ada'], 9), ...by('blog', ['bob'])] },
  ],
  [
    'the operator has a file of hers',
    'blog:ada:a',
    'ada-l.png -',
    { people: [{ name: 'Ada', avatar: 'pictures/me.PNG' }] },
  ],
  [
    'the operator has an address of hers, under another of her names',
    'blog:ada:a :countess:c',
    'c -',
    { people: [{ name: 'Countess', aliases: ['Ada'], avatar: 'https://a.example/c' }] },
  ],
  [
    'there is no picture at that address',
    'blog:ada:a',
    'a -',
    { people: [{ name: 'Ada', avatar: 'https://a.example/none' }] },
  ],
  ['the operator has a file for her blog', '', 'blog.feed.svg blog.feed.svg', { feedAvatar: 'b.svg' }],
])('when %s', ([, avatars, adaAndBlog, { people = [], feedAvatar, entries = by('blog', ['ada-l']) } = {}]) => {
  const [ada, blog] = adaAndBlog
    .split(' ')
    .map((each) => (each === '-' ? null : each.length === 1 ? hash(each) : each));
  const named = entries.map(({ feed, credit }) => ({
    feed,
    credit: { ...credit, authors: credit.authors.map((slug) => (slug === 'ada' ? 'ada-l' : slug)) },
  }));
  const shown = shownAvatars({
    feeds: [{ id: 'blog', avatar: feedAvatar }, { id: 'other' }],
    authors: [{ slug: 'ada-l', name: 'Ada', feeds: ['blog', 'other'] }],
    entries: named,
    people: peopleOf(people.map((person) => ({ name: '', aliases: [], ...person }))),
    avatars: kept(avatars),
  });
  expect(shown.authors.get('ada-l')).toBe(ada);
  expect(shown.feeds.get('blog')).toBe(blog);
  for (const file of [ada, blog]) expect(file?.includes('.') ? shown.files.has(file) : true).toBe(true);
});
