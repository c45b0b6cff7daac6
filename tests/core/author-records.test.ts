import { describe, expect, test } from 'vitest';
import { collectAuthors } from '../../src/core/author-records.ts';
import { type FormerName, formerNames } from '../../src/core/author-slugs.ts';
import { creditOf, namesInTitles } from '../../src/core/credit.ts';
import { newFeedState } from '../../src/core/feed-state.ts';
import { authorsByName } from '../../src/core/name-lists.ts';
import type { AuthorConfig } from '../../src/core/planet.ts';
import { aFeed } from '../lib/builders.ts';
import { rows } from '../lib/case-table.ts';

const ada = { name: 'Ada', url: 'https://ada.example/' };

test.for([
  ['entry', 'Python Leiden meetup: PR vs ROC', [], 'Python Leiden meetup: PR vs ROC', []],
  ['feed', 'Release: 1.0', [{ name: 'bot' }], 'Release: 1.0', [{ name: 'Planet' }]],
  ['title', 'Ada: Notes', [ada], 'Notes', [ada]],
  ['title', 'Notes', [ada], 'Notes', [ada]],
  ['title', 'a@a.example b@b.example: Notes', [ada], 'Notes', [ada]],
] as const)('by %s, %j of an entry by %j is %j by %j', ([rule, title, named, shown, authors]) => {
  const credit = creditOf({ title, authors: [...named] }, { authors: rule, title: 'Planet' });
  expect(credit).toEqual({ title: shown, authors });
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
  const known = namesInTitles([{ title: 'Ada Lee: Hello' }, { title: 'Re: Bo' }]);
  const feed = { authors: 'title', title: 'Planet', names: known } as const;
  const { title: shown, authors } = creditOf({ title, authors: names.map((name) => ({ name })) }, feed);
  expect([authors[0]?.name, shown]).toEqual([by, rest]);
});

test('two names of one author in an entry are one author', () => {
  const authors = [{ name: 'Ada' }, { name: 'A. Lovelace', url: 'https://ada.example/' }, { name: 'Grace' }];
  const people = authorsByName([{ name: 'Ada Lovelace', aliases: ['Ada', 'A. Lovelace'] }]);
  const credit = creditOf({ title: 'Notes', authors }, { authors: 'entry', title: 'Planet' }, people);
  expect(credit.authors).toEqual([{ name: 'Ada Lovelace', url: 'https://ada.example/' }, { name: 'Grace' }]);
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

  test.for(rows`
    somebody writes one post in their name | ada@1 ada@1 eve@9 eve | https://ada.example/1
    their own feed names no page | ada ada eve@9 eve
    a second feed of theirs names a page | ada ada two@9 | https://two.example/9
    another feed came later, with as many posts | ada@1 two@9 | https://ada.example/1
    another feed came earlier, with fewer posts | two@9 ada@1 ada | https://ada.example/1
    their page moved | ada@1 ada@2 | https://ada.example/2
    a page is lost | ada@1 ada@lost | https://ada.example/1
    their blog with most posts is lost | ada@lost ada@lost two@9 | https://two.example/9
    all is lost | ada@lost ada@lost
  `)('have one name and page for the whole planet, though %s', ([, names, url]) => {
    const entries = names.split(' ').map((each, index) => {
      const [feed = '', page] = each.split('@');
      const name = feed === 'ada' ? 'Ada' : feed === 'eve' && page === undefined ? 'Eve' : 'ADA';
      const person = page === undefined ? { name } : { name, url: `https://${feed}.example/${page}` };
      return { ...wrote(name, `2026-01-0${index + 1}T00:00:00Z`, feed), credit: { authors: [person] } };
    });
    const isLost = (page: string) => page.endsWith('/lost');
    for (const inOrder of [entries, entries.toReversed()]) {
      const { authors } = collectAuthors(inOrder, new Map(), [], entries, isLost);
      expect(authors.find(({ slug }) => slug === 'ada')).toMatchObject({ name: 'Ada', url: url || null });
    }
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

  const when = (at: string) => `${at.padEnd(10, '-01-01')}T00:00:00Z`;
  const SHY = '\u00AD';

  /**
   * Entries by their authors and dates, of feed `a` or another, some `hidden`; the slugs of the authors, each with the former
   * ones; and the names of the operator's authors (`Ada = Countess`), or that somebody had before (`Ada > Ada Lovelace 2025`).
   */
  test.for(rows`
    two of one slug are told apart, and the first keeps the address | Jörg 2025 ; Joerg 2026 | joerg ; joerg-2
    two of one slug are told apart in any order of the archive | Joerg 2026 ; Jörg 2025 | joerg-2 ; joerg
    the address of an author whose entries are all hidden passes to nobody | hidden Jose 2025 ; José 2026 | jose-2
    the address of a hidden author leads to one who may have had it in an older version: both came in one run | hidden Jose 2025 ; José 2025 | jose-2 < jose
    two who came in one run have an address each | Jose 2025 ; José 2025 | jose ; jose-2
    of two spellings seen at once, the one that stands first in the archive gives the address | A${SHY}da 2025-01-05 ; Ada 2025-01-03 ; A${SHY}da 2025-01-03 | ada < a-da
    a former spelling keeps its address from its first entry on, wherever that stands in the archive | Ada 2025-01-01 ; A${SHY}da 2025-01-05 ; A${SHY}DA 2025-01-04 ; A${SHY}da 2025-01-02 ; A Da 2025-01-03 | ada < a-da ; a-da-2
    spellings that were authors of their own in older versions lead to the one author | Ada Lovelace 2025-01-01 ; A${SHY}da Lovelace 2025-01-02 ; ADA LOVELACE 2025-01-03 ; A${SHY}DA LOVELACE 2025-01-04 ; A da Lovelace 2025-01-05 | ada-lovelace < a-da-lovelace ; a-da-lovelace-2
    spellings that differ in their apostrophe are one author, with both addresses of before | O’Neill 2025-01-01 ; O'Neill 2025-01-02 ; O‘NEILL 2025-01-03 | o-neill < o-neill-2 < o-neill-3
    spellings of another keyboard are one author | Şerban 2025-01-01 ; Șerban 2025-01-02 ; علی 2025-01-03 ; علي 2025-01-04 ; İbo 2025-01-05 ; ibo 2025-01-06 | serban < serban-2 ; ely < ely-2 ; ibo < ibo-2
    spellings that were seen at once keep the addresses of before, and another author hers | Ioniță 2025-01-01 ; Ioniţă 2025-01-01 ; Ionita 2025-01-01 | ionita-3 < ionita-2 ; ionita
    a name that older versions stored with another word for "and" is one author | Roe and Partner 2025-01-01 ; Roe und Partner 2025-01-02 | roe-and-partner < roe-und-partner
    a spelling that no entry has any more keeps its address | Roe und Co 2026 | roe-and-co < roe-und-co | Roe and Co > Roe und Co 2025
    a former name keeps the address that its letters gave it | Ada 2026 | ada < hda | هدى > Ada 2025
    a former name of two authors leads to the first of them | Bea 2025 ; Ada 2025 | bea ; ada < editor | Editor > Ada 2024 ; Editor > Bea 2024
    a former name of two authors leads to the one with more entries | Ada 2025 ; Bea 2025 ; Bea 2025 | ada ; bea < editor | Editor > Ada 2024 ; Editor > Bea 2024
    a former name leads to the name that the operator gives, though no entry has it any more | Ada Lovelace 2026 | ada-lovelace < a-lovelace < countess | Ada Lovelace = Countess, A. Lovelace ; Countess > Ada Lovelace 2025 ; A. Lovelace > Ada Lovelace 2025
    a former name leads on from name to name, and to the operator’s word for it | Ada Lovelace 2026 | ada-lovelace < ada < ada-l | Ada Lovelace = Countess ; ada > ada l 2024 ; ada l > countess 2025 ; nobody > gone 2025 ; x > y 2025 ; y > x 2025
    a former name stays the page of whoever still has it | Ada Lovelace 2025 ; Countess 2026 b | ada-lovelace ; countess | Countess > Ada Lovelace
    a former name keeps its address from a later one who is spelt alike | Jörg Beck 2025 ; Joerg 2026 b | joerg-beck < joerg ; joerg-2 | Jörg Beck = Jörg ; Jörg > Jörg Beck 2025
    a former name leaves theirs to an earlier one who is spelt alike | Jörg Beck 2025 ; Joerg 2024 b | joerg-beck < joerg-2 ; joerg | Jörg Beck = Jörg ; Jörg > Jörg Beck 2025
    a former name leaves theirs to one who is spelt alike and came at once | Jörg Beck 2025 ; Joerg 2025 b | joerg-beck < joerg-2 ; joerg | Jörg Beck = Jörg ; Jörg > Jörg Beck 2025
    a former name keeps its address from a third one who is spelt alike | Jorg 2024 ; Jörg 2025 b | jorg < joerg ; joerg-2 | Jorg = Joerg ; Joerg > Jorg 2025
    a former name is no other page where it is spelt alike | Ada Lovelace 2026 | ada-lovelace | ada-lovelace > Ada Lovelace 2024
  `)('%s', ([, written, slugs, names = '']) => {
    const all = written.split(' ; ').map((each) => {
      const [, hidden, name = '', at = '', feed] = /^(hidden )?(.+?) (\d{4}\S*)(?: (b))?$/.exec(each) ?? [];
      return { ...wrote(name, when(at), feed), isHidden: hidden !== undefined };
    });
    const people: AuthorConfig[] = [];
    const formers: FormerName[] = [];
    for (const each of names === '' ? [] : names.split(' ; ')) {
      const [author, aliases] = each.split(' = ');
      if (aliases !== undefined) people.push({ name: author as string, aliases: aliases.split(', ') });
      const [, name, now = '', at] = /^(.+) > (.+?)(?: (\d{4}))?$/.exec(each) ?? [];
      if (name !== undefined) formers.push({ name, now, firstSeen: at === undefined ? null : when(at) });
    }
    const shown = all.filter(({ isHidden }) => !isHidden);
    const { authors } = collectAuthors(shown, authorsByName(people), formers, all);
    expect(authors.map(({ slug, formerly }) => [slug, ...formerly].join(' < ')).join(' ; ')).toBe(slugs);
  });

  test('a former name is known by its alias, with the first of its entries, or by the state of a feed that replaced it', () => {
    const lovelace = { name: 'Ada Lovelace', aliases: ['Countess', 'A. Lovelace'] };
    const by = (name: string, firstSeen: string, feed = 'a') => ({
      entry: { feed, title: '', authors: [{ name }], firstSeen },
    });
    const followed = [
      ...[by('Countess', when('2025')), by('COUNTESS', when('2024')), by('Countess', when('2026'))],
      ...[by('Ada Lovelace', when('2022')), by('Countess', when('2021'), 'left')],
    ];
    const replaced = { Lovelace: { now: 'Ada Lovelace', firstSeen: when('2023') } };
    const states = { a: { ...newFeedState('a.xml'), formerAuthors: replaced } };
    const planet = { feeds: [aFeed(), aFeed({ id: 'b' })], authors: [lovelace] };
    expect(formerNames(followed, planet, authorsByName([lovelace]), states)).toEqual([
      { name: 'Countess', now: 'Ada Lovelace', firstSeen: when('2024') },
      { name: 'A. Lovelace', now: 'Ada Lovelace', firstSeen: null },
      { name: 'Lovelace', now: 'Ada Lovelace', firstSeen: when('2023') },
    ]);
  });

  test('a former name leads on through any number of names that branch and meet', () => {
    const both = (at: number) => [`ann ${'i'.repeat(at)}a`, `ann ${'i'.repeat(at)}b`];
    const formers = Array.from({ length: 100 }, (_, at) => both(at)).flatMap((names, at) =>
      names.flatMap((name) => both(at + 1).map((now) => ({ name, now, firstSeen: when('2025') }))),
    );
    const { authors } = collectAuthors([wrote(both(100)[0] as string, when('2026'))], new Map(), formers);
    expect(authors[0]?.formerly).toHaveLength(200);
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
