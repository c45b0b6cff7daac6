import { describe, expect, test } from 'vitest';
import { byMonth, fillShelves, ON_FRONT, partOfFile, partsOf } from '../src/lib/parts.ts';
import { aRecord } from './records.ts';

describe('a file belongs to the part whose entries it is made of', () => {
  test.for([
    ['2026/01/23/learn-1a2b3c4d5e/index.html', 'month:2026-01'],
    ['2026/01/23/index.html', 'month:2026-01'],
    ['2026/01/index.html', 'month:2026-01'],
    ['2026/index.html', 'calendar:2026'],
    ['authors/ada/index.html', 'author:ada'],
    ['authors/ada/atom.xml', 'author:ada'],
    ['authors/ada/2019/index.html', 'author:ada:2019'],
    ['authors/2019/index.html', 'author:2019'],
    ['authors/index.html', 'site'],
    ['feeds/planet-python/rss.xml', 'feed:planet-python'],
    ['feeds/planet-python/2019/index.html', 'feed:planet-python:2019'],
    ['atom/2026-01.xml', 'atom:2026-01'],
    ['atom.xml', 'site'],
    ['_astro/page.css', 'site'],
  ])('%s is of %s', ([file, part]) => {
    expect(partOfFile(file as string)).toBe(part);
  });
});

describe('a shelf', () => {
  const entry = (index: number, year = 2026) =>
    aRecord({ id: String(index), feed: 'a', day: `${year}-01-01`, published: `${year}-01-01T00:00:00Z` });
  const parts = (count: number) => {
    const entries = Array.from({ length: count }, (_, index) => entry(index, index < 30 ? 2026 : 2025));
    return partsOf(entries, fillShelves(entries, []));
  };

  test('that its front lists whole has no years of its own', () => {
    expect([...parts(ON_FRONT).keys()].filter((name) => name.startsWith('feed:'))).toEqual(['feed:a']);
  });

  test('that holds more has all its years, and its front lists the newest', () => {
    const sizes = [...parts(ON_FRONT + 1)].filter(([name]) => name.startsWith('feed:'));
    expect(sizes.map(([name, list]) => [name, list.length])).toEqual([
      ['feed:a', ON_FRONT],
      ['feed:a:2026', 30],
      ['feed:a:2025', ON_FRONT + 1 - 30],
    ]);
  });

  test('is counted by month, oldest first', () => {
    expect(Object.entries(byMonth([entry(1), entry(2), entry(3, 2025)]))).toEqual([
      ['2025-01', 1],
      ['2026-01', 2],
    ]);
  });
});
