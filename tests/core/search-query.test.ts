import { describe, expect, test } from 'vitest';
import { type Choice, choicesOf, readQuery, writeQuery, yearChoices } from '../../src/core/search-query.ts';

test.for([
  { address: '', back: '' },
  { address: 'q=clock', back: 'q=clock' },
  { address: 'q=++two+words+', back: 'q=two+words' },
  { address: 'year=2026&author=Ada&q=x&author=Grace', back: 'q=x&author=Ada&author=Grace&year=2026' },
  { address: 'feed=A&feed=A&feed=', back: 'feed=A' },
  { address: 'sort=date&q=x', back: 'q=x&sort=date' },
  { address: 'sort=&q=x&utm_source=y', back: 'q=x' },
  { address: 'author=%D7%A2%D7%93%D7%94+%26+%3Cb%3E', back: 'author=%D7%A2%D7%93%D7%94+%26+%3Cb%3E' },
])('a search at ?$address is the same question as ?$back', ({ address, back }) => {
  expect(writeQuery(readQuery(new URLSearchParams(address))).toString()).toBe(back);
});

describe('the choices of a facet', () => {
  const of = (counts: Record<string, number>) => new Map(Object.entries(counts));
  const authors = new Map(Array.from({ length: 1000 }, (_, index) => [`author ${index}`, index + 1]));
  const said = (choices: Choice[]) => choices.map(({ value, count }) => `${value} ${count}`);
  test('those that leave most come first, those that leave nothing not at all', () => {
    expect(said(choicesOf(of({ d: 1, a: 1, b: 5, c: 0 }), []))).toEqual(['b 5', 'a 1', 'd 1']);
  });
  test('a chosen value stays, also if no entry is left', () => {
    const choices = choicesOf(of({ a: 1, b: 5, c: 0 }), ['c', 'unheard of']);
    expect(said(choices)).toEqual(['c 0', 'unheard of 0', 'b 5', 'a 1']);
  });
  test('years go from the newest to the oldest, those not searched yet among them', () => {
    const counts = of({ '2024': 9, '2026': 1, '2023': 0, '2022': 0 });
    const choices = yearChoices(counts, ['2022', 'constructor'], ['2026', '2025', '2024', '2023', '2009']);
    expect(said(choices)).toEqual(['constructor null', '2026 1', '2025 null', '2024 9', '2022 0', '2009 null']);
  });
  test('a dozen of a thousand authors is shown, and each chosen one', () => {
    const choices = choicesOf(authors, ['author 3']);
    expect(choices).toHaveLength(12);
    expect(said(choices).slice(0, 2)).toEqual(['author 3 4', 'author 999 1000']);
  });
  test('authors that are not shown are found by name', () => {
    const found = [419, 418, 417, 416, 415, 414, 413, 412, 411, 410, 41];
    expect(said(choicesOf(authors, [], ' Author 41'))).toEqual(found.map((number) => `author ${number} ${number + 1}`));
  });
});
