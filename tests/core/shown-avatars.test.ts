import { expect, test } from 'vitest';
import type { Avatar } from '../../src/core/avatars.ts';
import { peopleOf } from '../../src/core/name-lists.ts';
import type { AuthorConfig } from '../../src/core/planet.ts';
import { shownAvatars } from '../../src/core/shown-avatars.ts';

const hash = (sign: string) => sign.repeat(20);
const kept = (feed: string | null, author: string | null, sign: string): Avatar => ({
  ...{ feed, author, hash: hash(sign), urls: ['https://a.example/'], from: null, validators: {} },
  ...{ checkedAt: null, settled: true, problem: null },
});
const by = (feed: string, authors: string[], times = 1) =>
  Array.from({ length: times }, () => ({ feed, credit: { title: '', authors } }));

interface Case {
  when: string;
  avatars?: Avatar[];
  people?: Partial<AuthorConfig>[];
  feedAvatar?: string;
  entries?: ReturnType<typeof by>;
  ada: string | null;
  blog: string | null;
}

test.for<Case>([
  { when: 'nobody has one', ada: null, blog: null },
  { when: 'her blog has one', avatars: [kept('blog', null, 'b')], ada: hash('b'), blog: hash('b') },
  {
    when: 'the feed shows her',
    avatars: [kept('blog', null, 'b'), kept('blog', 'ada', 'a')],
    ada: hash('a'),
    blog: hash('b'),
  },
  {
    when: 'another feed shows her too, by which fewer of her entries come',
    avatars: [kept('other', 'ada', 'c'), kept('blog', 'ada', 'a')],
    ada: hash('a'),
    blog: null,
  },
  {
    when: 'a feed shows somebody of her name that never brought an entry of hers',
    avatars: [kept('strange', 'ada', 'c')],
    ada: null,
    blog: null,
  },
  {
    when: 'two write the blog',
    avatars: [kept('blog', null, 'b')],
    entries: [...by('blog', ['ada'], 8), ...by('blog', ['bob'], 2)],
    ada: null,
    blog: hash('b'),
  },
  {
    when: 'a guest wrote once in ten times',
    avatars: [kept('blog', null, 'b')],
    entries: [...by('blog', ['ada'], 9), ...by('blog', ['bob'])],
    ada: hash('b'),
    blog: hash('b'),
  },
  {
    when: 'the operator has a file of hers',
    avatars: [kept('blog', 'ada', 'a')],
    people: [{ name: 'Ada', avatar: 'pictures/me.PNG' }],
    ada: 'ada-l.png',
    blog: null,
  },
  {
    when: 'the operator has an address of hers, under another of her names',
    avatars: [kept('blog', 'ada', 'a'), kept(null, 'countess', 'c')],
    people: [{ name: 'Countess', aliases: ['Ada'], avatar: 'https://a.example/c' }],
    ada: hash('c'),
    blog: null,
  },
  {
    when: 'there is no picture at that address',
    avatars: [kept('blog', 'ada', 'a')],
    people: [{ name: 'Ada', avatar: 'https://a.example/none' }],
    ada: hash('a'),
    blog: null,
  },
  { when: 'the operator has a file for her blog', feedAvatar: 'b.svg', ada: 'blog.feed.svg', blog: 'blog.feed.svg' },
])('when $when', ({ avatars = [], people = [], feedAvatar, entries = by('blog', ['ada-l']), ada, blog }) => {
  const named = entries.map(({ feed, credit }) => ({
    feed,
    credit: { ...credit, authors: credit.authors.map((slug) => (slug === 'ada' ? 'ada-l' : slug)) },
  }));
  const shown = shownAvatars({
    feeds: [{ id: 'blog', avatar: feedAvatar }, { id: 'other' }],
    authors: [{ slug: 'ada-l', name: 'Ada', feeds: ['blog', 'other'] }],
    entries: named,
    people: peopleOf(people.map((person) => ({ name: '', aliases: [], ...person }))),
    avatars,
  });
  expect(shown.authors.get('ada-l')).toBe(ada);
  expect(shown.feeds.get('blog')).toBe(blog);
  for (const file of [ada, blog]) expect(file?.includes('.') ? shown.files.has(file) : true).toBe(true);
});
