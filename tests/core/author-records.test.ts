import { describe, expect, test } from 'vitest';
import { type CreditedEntry, collectAuthors } from '../../src/core/author-records.ts';
import { type FormerName, formerNames } from '../../src/core/author-slugs.ts';
import { creditOf, namesInTitles } from '../../src/core/credit.ts';
import { newFeedState } from '../../src/core/feed-state.ts';
import { authorsByName } from '../../src/core/name-lists.ts';
import type { AuthorConfig } from '../../src/core/planet.ts';
import { aFeed } from '../lib/builders.ts';

describe('the credit of an entry', () => {
  test('by entry keeps the whole title', () => {
    const entry = { title: 'Python Leiden meetup: PR vs ROC', authors: [] };
    expect(creditOf(entry, { authors: 'entry', title: 'Django' })).toEqual({
      title: 'Python Leiden meetup: PR vs ROC',
      authors: [],
    });
  });

  test('by feed is always the feed’s title', () => {
    const entry = { title: 'Release: 1.0', authors: [{ name: 'bot' }] };
    expect(creditOf(entry, { authors: 'feed', title: 'The Project' })).toEqual({
      title: 'Release: 1.0',
      authors: [{ name: 'The Project' }],
    });
  });

  test('by title keeps what the entry says of that person, and falls back to it without a colon', () => {
    const ada = { name: 'Ada', url: 'https://ada.example/' };
    const feed = { authors: 'title', title: 'Planet' } as const;
    expect(creditOf({ title: 'Ada: Notes', authors: [ada] }, feed).authors).toEqual([ada]);
    expect(creditOf({ title: 'Notes', authors: [ada] }, feed).authors).toEqual([ada]);
  });
});

test.for([
  ['Ada Lee', [], 'Ada Lee', ''],
  ['Ada Lee:', [], 'Ada Lee', ''],
  ['Ada Lee', ['ada lee'], 'ada lee', ''],
  ['Ada Lee', ['Ed'], 'Ed', 'Ada Lee'],
  ['Bo', [], undefined, 'Bo'],
  ['Re', [], undefined, 'Re'],
  ['', [], undefined, ''],
] as const)('by title, %j of an entry by %j in a feed with "Ada Lee: Hello" is by %s', ([title, names, by, rest]) => {
  const feed = {
    authors: 'title',
    title: 'Planet',
    names: namesInTitles([{ title: 'Ada Lee: Hello' }, { title: 'Re: Bo' }]),
  } as const;
  const { title: shown, authors } = creditOf({ title, authors: names.map((name) => ({ name })) }, feed);
  expect([authors[0]?.name, shown]).toEqual([by, rest]);
});

test('two names of one author in an entry are one author', () => {
  const authors = [{ name: 'Ada' }, { name: 'A. Lovelace', url: 'https://ada.example/' }, { name: 'Grace' }];
  const people = authorsByName([{ name: 'Ada Lovelace', aliases: ['Ada', 'A. Lovelace'] }]);
  expect(creditOf({ title: 'Notes', authors }, { authors: 'entry', title: 'Planet' }, people).authors).toEqual([
    { name: 'Ada Lovelace', url: 'https://ada.example/' },
    { name: 'Grace' },
  ]);
});

describe('authors', () => {
  const wrote = (name: string, firstSeen: string, feed = 'a') => ({
    entry: { feed, published: firstSeen, firstSeen },
    credit: { authors: [{ name }] },
    via: [],
  });

  test('names that differ in case or spacing are one author, told as the newest entry of their feed has it', () => {
    const { authors } = collectAuthors([
      wrote('ada  lovelace', '2025-01-01T00:00:00Z'),
      wrote('Ada Lovelace', '2026-01-01T00:00:00Z'),
      wrote('ADA LOVELACE', '2026-01-02T00:00:00Z', 'b'),
    ]);
    expect(authors).toMatchObject([{ slug: 'ada-lovelace', name: 'Ada Lovelace', entries: 3, feeds: ['a', 'b'] }]);
  });

  test.for([
    {
      when: 'somebody writes one post in their name',
      names: ['ada@1', 'ada@1', 'eve@9', 'eve'],
      url: 'https://ada.example/1',
    },
    { when: 'their own feed names no page', names: ['ada', 'ada', 'eve@9', 'eve'], url: null },
    { when: 'a second feed of theirs names a page', names: ['ada', 'ada', 'two@9'], url: 'https://two.example/9' },
    { when: 'another feed came later, with as many posts', names: ['ada@1', 'two@9'], url: 'https://ada.example/1' },
    {
      when: 'another feed came earlier, with fewer posts',
      names: ['two@9', 'ada@1', 'ada'],
      url: 'https://ada.example/1',
    },
    { when: 'their page moved', names: ['ada@1', 'ada@2'], url: 'https://ada.example/2' },
    { when: 'a page is lost', names: ['ada@1', 'ada@lost'], url: 'https://ada.example/1' },
    {
      when: 'their blog with most posts is lost',
      names: ['ada@lost', 'ada@lost', 'two@9'],
      url: 'https://two.example/9',
    },
    { when: 'all is lost', names: ['ada@lost', 'ada@lost'], url: null },
  ])('have one name and page for the whole planet, though $when', ({ names, url }) => {
    const entries = names.map((each, index) => {
      const [feed = '', page] = each.split('@');
      const name = feed === 'ada' ? 'Ada' : feed === 'eve' && page === undefined ? 'Eve' : 'ADA';
      const person = page === undefined ? { name } : { name, url: `https://${feed}.example/${page}` };
      return { ...wrote(name, `2026-01-0${index + 1}T00:00:00Z`, feed), credit: { authors: [person] } };
    });
    const isLost = (page: string) => page.endsWith('/lost');
    const { authors } = collectAuthors(entries, new Map(), [], entries, isLost);
    expect(authors[0]).toMatchObject({ name: 'Ada', url });
    const people = authorsByName([{ name: 'Ada', aliases: [], home: 'https://ada.example/lost' }]);
    const [given] = collectAuthors(entries, people, [], entries, isLost).authors;
    expect(given?.url).toBe('https://ada.example/lost');
  });

  test.for([
    { when: 'with more of their entries', order: 'b a b', feeds: ['b', 'a'] },
    { when: 'whose id is first, of two with as many', order: 'b a', feeds: ['a', 'b'] },
  ])('have the feed first $when', ({ order, feeds }) => {
    const entries = order.split(' ').map((feed) => wrote('Ada', '2026-01-01T00:00:00Z', feed));
    expect(collectAuthors(entries).authors[0]).toMatchObject({ feeds });
  });

  test('are named as in the feed that had them first, of two with as many of their entries', () => {
    const entries = [wrote('ADA', '2026-01-02T00:00:00Z', 'b'), wrote('Ada', '2026-01-01T00:00:00Z', 'c')];
    for (const order of [entries, entries.toReversed()]) expect(collectAuthors(order).authors[0]?.name).toBe('Ada');
    const atOnce = [wrote('ADA', '2026-01-02T00:00:00Z', 'b'), wrote('Ada', '2026-01-02T00:00:00Z', 'a')];
    for (const order of [atOnce, atOnce.toReversed()]) expect(collectAuthors(order).authors[0]?.name).toBe('Ada');
  });

  test('two people of one slug are told apart, and the first keeps the address', () => {
    const old = wrote('Jörg', '2025-01-01T00:00:00Z');
    const young = wrote('Joerg', '2026-01-01T00:00:00Z');
    for (const order of [
      [old, young],
      [young, old],
    ]) {
      const { slugOf } = collectAuthors(order);
      expect([slugOf('Jörg'), slugOf('Joerg')]).toEqual(['joerg', 'joerg-2']);
    }
  });

  test('the address of an author whose entries are all hidden passes to nobody', () => {
    const [hidden, shown] = [wrote('Jose', '2025-01-01T00:00:00Z'), wrote('José', '2026-01-01T00:00:00Z')];
    const { authors } = collectAuthors([shown], new Map(), [], [hidden, shown]);
    expect(authors.map(({ slug }) => slug)).toEqual(['jose-2']);
  });

  test('the address of a hidden author leads to one who may have had it in an older version: both came in one run', () => {
    const both = [wrote('Jose', '2025-01-01T00:00:00Z'), wrote('José', '2025-01-01T00:00:00Z')] as const;
    expect(collectAuthors([both[1]], new Map(), [], both).authors).toMatchObject([
      { slug: 'jose-2', formerly: ['jose'] },
    ]);
    expect(collectAuthors(both).authors).toMatchObject([
      { slug: 'jose', formerly: [] },
      { slug: 'jose-2', formerly: [] },
    ]);
  });

  test('of two spellings seen at once, the one that stands first in the archive gives the address', () => {
    const entries = [
      ['A\u00ADda', 5],
      ['Ada', 3],
      ['A\u00ADda', 3],
    ] as const;
    const { authors } = collectAuthors(entries.map(([name, at]) => wrote(name, `2025-01-0${at}T00:00:00Z`)));
    expect(authors).toMatchObject([{ slug: 'ada', formerly: ['a-da'] }]);
  });

  test('a former spelling keeps its address from its first entry on, wherever that stands in the archive', () => {
    const [one, other] = ['A\u00ADda', 'A\u00ADDA'] as const;
    const entries = [
      wrote('Ada', '2025-01-01T00:00:00Z'),
      wrote(one, '2025-01-05T00:00:00Z'),
      wrote(other, '2025-01-04T00:00:00Z'),
      wrote(one, '2025-01-02T00:00:00Z'),
      wrote('A Da', '2025-01-03T00:00:00Z'),
    ];
    expect(collectAuthors(entries).authors).toMatchObject([
      { slug: 'ada', formerly: ['a-da'] },
      { slug: 'a-da-2', formerly: [] },
    ]);
  });

  test('spellings that were authors of their own in older versions lead to the one author', () => {
    const names = ['Ada Lovelace', 'A\u00ADda Lovelace', 'ADA LOVELACE', 'A\u00ADDA LOVELACE', 'A da Lovelace'];
    const { authors } = collectAuthors(names.map((name, at) => wrote(name, `2025-01-0${at + 1}T00:00:00Z`)));
    expect(authors.map(({ slug, formerly }) => [slug, ...formerly])).toEqual([
      ['ada-lovelace', 'a-da-lovelace'],
      ['a-da-lovelace-2'],
    ]);
  });

  describe('a name that somebody had before', () => {
    const when = (year: number) => `${year}-01-01T00:00:00Z`;
    const told = (...[credited, planet, formers]: [CreditedEntry[], AuthorConfig[], FormerName[]]) =>
      collectAuthors(credited, authorsByName(planet), formers).authors.map(({ slug, formerly }) => [slug, ...formerly]);
    const ada = { name: 'Ada Lovelace', aliases: ['Countess', 'A. Lovelace'] };
    const alias = (name: string, firstSeen: string | null = null) => ({ name, now: 'Ada Lovelace', firstSeen });

    test('is known by its alias, with the first of its entries, or by the state of a feed that replaced it', () => {
      const by = (name: string, firstSeen: string, feed = 'a') => ({
        entry: { feed, title: '', authors: [{ name }], firstSeen },
      });
      const followed = [
        ...[by('Countess', when(2025)), by('COUNTESS', when(2024)), by('Countess', when(2026))],
        ...[by('Ada Lovelace', when(2022)), by('Countess', when(2021), 'left')],
      ];
      const replaced = { Lovelace: { now: 'Ada Lovelace', firstSeen: when(2023) } };
      const states = { a: { ...newFeedState('a.xml'), formerAuthors: replaced } };
      const planet = { feeds: [aFeed(), aFeed({ id: 'b' })], authors: [ada] };
      expect(formerNames(followed, planet, authorsByName([ada]), states)).toEqual([
        alias('Countess', when(2024)),
        alias('A. Lovelace'),
        { name: 'Lovelace', now: 'Ada Lovelace', firstSeen: when(2023) },
      ]);
    });

    test('of two that have it now, leads to the one with more entries, else to the first name', () => {
      const formers = ['Ada', 'Bea'].map((now) => ({ name: 'Editor', now, firstSeen: when(2024) }));
      const entries = (...names: string[]) => names.map((name) => wrote(name, when(2025)));
      expect(told(entries('Bea', 'Ada'), [], formers)).toEqual([['bea'], ['ada', 'editor']]);
      expect(told(entries('Ada', 'Bea', 'Bea'), [], formers)).toEqual([['ada'], ['bea', 'editor']]);
    });

    test('leads to the name that the operator gives, though no entry has it any more', () => {
      const formers = [alias('Countess', when(2025)), alias('A. Lovelace')];
      expect(told([wrote('Ada Lovelace', when(2026))], [ada], formers)).toEqual([
        ['ada-lovelace', 'a-lovelace', 'countess'],
      ]);
    });

    test('leads on from name to name, and to the operator’s word for it', () => {
      const formers = [
        { name: 'ada', now: 'ada l', firstSeen: when(2024) },
        { name: 'ada l', now: 'countess', firstSeen: when(2025) },
        { name: 'nobody', now: 'gone', firstSeen: when(2025) },
        { name: 'x', now: 'y', firstSeen: when(2025) },
        { name: 'y', now: 'x', firstSeen: when(2025) },
      ];
      expect(told([wrote('Ada Lovelace', when(2026))], [ada], formers)).toEqual([['ada-lovelace', 'ada', 'ada-l']]);
    });

    test('leads on through any number of names that branch and meet', () => {
      const both = (at: number) => [`ann ${'i'.repeat(at)}a`, `ann ${'i'.repeat(at)}b`];
      const formers = Array.from({ length: 100 }, (_, at) => both(at)).flatMap((names, at) =>
        names.flatMap((name) => both(at + 1).map((now) => ({ name, now, firstSeen: when(2025) }))),
      );
      const [[, ...formerly] = []] = told([wrote(both(100)[0] as string, when(2026))], [], formers);
      expect(formerly).toHaveLength(200);
    });

    test('stays the page of whoever still has it', () => {
      const both = [wrote('Ada Lovelace', when(2025)), wrote('Countess', when(2026), 'b')];
      expect(told(both, [], [alias('Countess')])).toEqual([['ada-lovelace'], ['countess']]);
    });

    test('keeps its address from another who is spelt alike, and leaves theirs', () => {
      const joerg = { name: 'Jörg Beck', aliases: ['Jörg'] };
      const former = { name: 'Jörg', now: 'Jörg Beck', firstSeen: when(2025) };
      const younger = [wrote('Jörg Beck', when(2025)), wrote('Joerg', when(2026), 'b')];
      expect(told(younger, [joerg], [former])).toEqual([['joerg-beck', 'joerg'], ['joerg-2']]);
      const elder = [wrote('Jörg Beck', when(2025)), wrote('Joerg', when(2024), 'b')];
      expect(told(elder, [joerg], [former])).toEqual([['joerg-beck', 'joerg-2'], ['joerg']]);
      const twin = [wrote('Jörg Beck', when(2025)), wrote('Joerg', when(2025), 'b')];
      expect(told(twin, [joerg], [former])).toEqual([['joerg-beck', 'joerg-2'], ['joerg']]);
      const other = { name: 'Jorg', aliases: ['Joerg'] };
      const elsewhere = { name: 'Joerg', now: 'Jorg', firstSeen: when(2025) };
      const three = [wrote('Jorg', when(2024)), wrote('Jörg', when(2025), 'b')];
      expect(told(three, [other], [elsewhere])).toEqual([['jorg', 'joerg'], ['joerg-2']]);
    });

    test('is no other page where it is spelt alike', () => {
      const former = { name: 'ada-lovelace', now: 'Ada Lovelace', firstSeen: when(2024) };
      expect(told([wrote('Ada Lovelace', when(2026))], [], [former])).toEqual([['ada-lovelace']]);
    });
  });

  test.for([
    ['Łukasz Żółw', 'lukasz-zolw'],
    ['Анна Петрова', 'anna-petrova'],
    ['山田太郎', '山田太郎'],
    ['★', 'author'],
    ['森'.repeat(400), '森'.repeat(66)],
    ['long '.repeat(80), 'long-'.repeat(40).slice(0, -1)],
    // As older versions published it.
    ['Some Bo\u00ADdy', 'some-bo-dy'],
  ] as const)('%s has the slug %s', ([name, slug]) => {
    expect(collectAuthors([wrote(name, '2026-01-01T00:00:00Z')]).slugOf(name)).toBe(slug);
  });
});
