import { describe, expect, test } from 'vitest';
import { dayOf, inPeriods } from '../../src/core/dates.ts';
import {
  fillListings,
  groupByDay,
  mapRelated,
  newestFirst,
  type RelatedEntries,
  relatedFinder,
  riverEntries,
} from '../../src/core/listings.ts';
import type { EntrySummary } from '../../src/core/records.ts';

/** `3 ada a`: on the third day, by Ada, in the feed `a`. */
function entry(said: string): EntrySummary {
  const [day = '', author = '', feed = '', at = '12'] = said.split(' ');
  return {
    feed,
    id: said,
    path: said,
    published: `2026-01-0${day}T${at}:00:00Z`,
    publishedBy: 'declared',
    firstSeen: '2026-01-09T00:00:00Z',
    language: null,
    via: [],
    ownedBecause: null,
    position: { month: '2026-01', offset: 0, length: 1, head: 1, hash: said },
    mainPosition: null,
    credit: { title: said, authors: author === '-' ? [] : [author] },
    day: `2026-01-0${day}`,
    sharedId: false,
  };
}

/** @param said newest first */
function leadsOf(said: readonly string[]): (path: string) => RelatedEntries<string> {
  const entries = said.map(entry);
  const listings = fillListings(entries, [], []);
  const find = relatedFinder(
    listings,
    inPeriods(entries, ({ day }) => day, 10),
  );
  return (path) => mapRelated(find(entries.find((each) => each.path === path) as EntrySummary), ({ path }) => path);
}

describe('an entry’s page leads on', () => {
  const all = ['7 ada a', '6 ada a', '5 bob a', '5 ada b', '4 ada a', '3 ada c', '2 ada a', '1 ada a'];

  test('to the next and the one before in its feed, to earlier ones of its author and others of its day, none twice', () => {
    expect(leadsOf(all)('5 bob a')).toEqual({
      later: '6 ada a',
      earlier: '4 ada a',
      byAuthor: [],
      sameDay: ['5 ada b'],
    });
    expect(leadsOf(all)('6 ada a')).toEqual({
      later: '7 ada a',
      earlier: '5 bob a',
      byAuthor: ['5 ada b', '4 ada a', '3 ada c'],
      sameDay: [],
    });
    const ofOneDay = leadsOf(['5 ada a 18', '5 ada b 14', '5 bob c 12'])('5 ada a 18');
    expect(ofOneDay).toMatchObject({ byAuthor: ['5 ada b 14'], sameDay: ['5 bob c 12'] });
  });

  test('nowhere, where there is nothing else, and to nobody where no author is known', () => {
    const nowhere = { later: null, earlier: null, byAuthor: [], sameDay: [] };
    expect(leadsOf(['1 ada a'])('1 ada a')).toEqual(nowhere);
    expect(leadsOf(['2 - b', '1 - a'])('1 - a')).toEqual(nowhere);
  });

  test('the entries of its day: the next one and those before it', () => {
    const day = ['1 e e 20', '1 d d 18', '1 c c 16', '1 b b 14', '1 a a 12', '1 z z 10'];
    expect(leadsOf(day)('1 c c 16').sameDay).toEqual(['1 d d 18', '1 b b 14', '1 a a 12']);
    expect(leadsOf(day)('1 e e 20').sameDay).toEqual(['1 d d 18', '1 c c 16', '1 b b 14']);
  });

  test('to the same places for ever, once there is a next one', () => {
    const past = ['3 ada a 18', '3 bob b 14', '3 ada a 12', '2 ada b', '1 bob a'];
    const future = ['5 ada b', '4 bob a', '4 ada a', '3 bob b 22', '3 ada a 20'];
    const [before, after] = [leadsOf(past), leadsOf([...future, ...past])];
    for (const path of ['3 ada a 12', '2 ada b', '1 bob a']) expect.soft(after(path), path).toEqual(before(path));
  });
});

describe('the river', () => {
  const at = (published: string, feed: string, id = published) => ({
    published: `2026-01-${published}:00:00Z`,
    feed,
    id,
  });
  const all = [
    at('20T01', 'a'),
    at('20T02', 'b'),
    at('20T03', 'a'),
    at('20T04', 'a'),
    at('19T23', 'b'),
    at('20T05', 'a'),
  ];
  /** As pages are given them. */
  const inRiver = (entries: typeof all) =>
    riverEntries(entries, { entriesPerFeed: 60, entries: 60 }).map((entry) => ({
      entry: { ...entry, day: dayOf(entry.published, 'UTC') },
    }));
  const shape = (days: { date: string; feeds: { feed: string; entries: { entry: { id: string } }[] }[] }[]) =>
    days.map(({ date, feeds }) => [
      date,
      feeds.map(({ feed, entries }) => [feed, entries.map(({ entry }) => entry.id)]),
    ]);

  test('is days, in a day feeds, in a feed entries, newest first', () => {
    expect(shape(groupByDay(inRiver(all)))).toEqual([
      [
        '2026-01-20',
        [
          ['a', ['20T05', '20T04', '20T03', '20T01']],
          ['b', ['20T02']],
        ],
      ],
      ['2026-01-19', [['b', ['19T23']]]],
    ]);
  });

  test('takes the newest of each feed, then the newest of all', () => {
    expect(riverEntries(all.toSorted(newestFirst), { entriesPerFeed: 2, entries: 60 }).map(({ id }) => id)).toEqual([
      '20T05',
      '20T04',
      '20T02',
      '19T23',
    ]);
    expect(riverEntries(all.toSorted(newestFirst), { entriesPerFeed: 2, entries: 3 }).map(({ id }) => id)).toEqual([
      '20T05',
      '20T04',
      '20T02',
    ]);
  });

  test('never flickers: a tie is broken by feed id and entry id, whatever order the archive has', () => {
    const ties = [at('20T01', 'b', '1'), at('20T01', 'a', '2'), at('20T01', 'a', '1')];
    const expected = [
      [
        '2026-01-20',
        [
          ['a', ['1', '2']],
          ['b', ['1']],
        ],
      ],
    ];
    expect(shape(groupByDay(inRiver(ties)))).toEqual(expected);
    expect(shape(groupByDay(inRiver(ties.toReversed())))).toEqual(expected);
  });
});
