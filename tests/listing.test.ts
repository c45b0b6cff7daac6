import { expect, test } from 'vitest';
import { NEWEST, yearPages } from '../src/lib/listing.ts';

const entries = (count: number, year: number) =>
  Array.from({ length: count }, () => ({ published: `${year}-06-01T00:00:00Z` }));
const shape = (all: { published: string }[], zone = 'UTC') =>
  yearPages(all, zone).map(({ year, list }) => [year, list.length]);

test('who has no more entries than one page shows needs no pages for years', () => {
  expect(shape(entries(NEWEST, 2025))).toEqual([]);
});

test('with one more, every year has a page with all of its entries', () => {
  expect(shape([...entries(1, 2026), ...entries(NEWEST, 2025)])).toEqual([
    ['2026', 1],
    ['2025', NEWEST],
  ]);
});

test('a year begins with midnight in the planet’s time zone', () => {
  const eve = Array.from({ length: NEWEST + 1 }, () => ({ published: '2025-12-31T23:30:00Z' }));
  expect(shape(eve, 'Europe/Amsterdam')).toEqual([['2026', NEWEST + 1]]);
});
