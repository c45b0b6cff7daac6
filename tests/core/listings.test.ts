import { describe, expect, test } from 'vitest';
import { dayOf } from '../../src/core/dates.ts';
import {
  fillListings,
  groupByDay,
  newestFirst,
  type RelatedEntries,
  relatedFinder,
  riverEntries,
} from '../../src/core/listings.ts';
import type { EntrySummary } from '../../src/core/records.ts';
import { rows } from '../lib/case-table.ts';

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
function leadsOf(said: readonly string[]): (path: string) => RelatedEntries<EntrySummary> {
  const entries = said.map(entry);
  const listings = fillListings(entries, [], []);
  const find = relatedFinder(
    listings,
    Map.groupBy(entries, ({ day }) => day),
  );
  return (path) => find(entries.find((each) => each.path === path) as EntrySummary);
}

describe('an entry’s page leads on', () => {
  const all = ['7 ada a', '6 ada a', '5 bob a', '5 ada b', '4 ada a', '3 ada c', '2 ada a', '1 ada a'];

  test.for(rows`
    to the next and the one before in its feed, and others of its day | 5 bob a | 6 ada a ; 4 ada a ; ; 5 ada b
    to earlier ones of its author, none twice | 6 ada a | 7 ada a ; 5 bob a ; 5 ada b, 4 ada a, 3 ada c ;
    to the next one of its day and those before it | 1 c c 16 | ; ; ; 1 d d 18, 1 b b 14, 1 a a 12 | 1 e e 20, 1 d d 18, 1 c c 16, 1 b b 14, 1 a a 12, 1 z z 10
    to those before it on its day, where there is no next one | 1 e e 20 | ; ; ; 1 d d 18, 1 c c 16, 1 b b 14 | 1 e e 20, 1 d d 18, 1 c c 16, 1 b b 14, 1 a a 12, 1 z z 10
    to one of its author on its day only once | 5 ada a 18 | ; ; 5 ada b 14 ; 5 bob c 12 | 5 ada a 18, 5 ada b 14, 5 bob c 12
    nowhere, where there is nothing else | 1 ada a | ; ; ; | 1 ada a
    to nobody where no author is known | 1 - a | ; ; ; | 2 - b, 1 - a
  `)('%s', ([, path, leads, others = '']) => {
    const found = leadsOf(others === '' ? all : others.split(', '))(path);
    const pathsOf = (list: (EntrySummary | null)[]) => list.flatMap((each) => each?.path ?? []).join(', ');
    expect([[found.later], [found.earlier], found.byAuthor, found.sameDay].map(pathsOf)).toEqual(
      leads.split(';').map((each) => each.trim()),
    );
  });

  test('to the same places for ever, once there is a next one', () => {
    const past = ['3 ada a 18', '3 bob b 14', '3 ada a 12', '2 ada b', '1 bob a'];
    const future = ['5 ada b', '4 bob a', '4 ada a', '3 bob b 22', '3 ada a 20'];
    const [before, after] = [leadsOf(past), leadsOf([...future, ...past])];
    for (const path of ['3 ada a 12', '2 ada b', '1 bob a']) expect.soft(after(path), path).toEqual(before(path));
  });
});

describe('the river', () => {
  /** `20T01 a` or `20T01 a 2`: time, feed and id; the id is the time if there is none. */
  const at = (said: string) => {
    const [time = '', feed = '', id = time] = said.split(' ');
    return { published: `2026-01-${time}:00:00Z`, feed, id };
  };
  const all = ['20T01 a', '20T02 b', '20T03 a', '20T04 a', '19T23 b', '20T05 a'].map(at);
  /** As pages are given them: `20 a: 20T05 20T04`. */
  const shape = (entries: typeof all) => {
    const river = riverEntries(entries, { entriesPerFeed: 60, entries: 60 });
    const days = groupByDay(river.map((entry) => ({ entry: { ...entry, day: dayOf(entry.published, 'UTC') } })));
    return days.flatMap(({ date, runs }) =>
      runs.map((run) => `${date.slice(8)} ${run[0]?.entry.feed}: ${run.map(({ entry }) => entry.id).join(' ')}`),
    );
  };

  test('is days, in a day feeds, in a feed entries, newest first', () => {
    expect(shape(all)).toEqual(['20 a: 20T05 20T04 20T03 20T01', '20 b: 20T02', '19 b: 19T23']);
  });

  test.for([
    [60, '20T05 20T04 20T02 19T23'],
    [3, '20T05 20T04 20T02'],
  ] as const)('takes the newest of each feed, then the newest %i of all', ([entries, ids]) => {
    const river = riverEntries(all.toSorted(newestFirst), { entriesPerFeed: 2, entries });
    expect(river.map(({ id }) => id).join(' ')).toBe(ids);
  });

  test('never flickers: a tie is broken by feed id and entry id, whatever order the archive has', () => {
    const ties = ['20T01 b 1', '20T01 a 2', '20T01 a 1'].map(at);
    for (const order of [ties, ties.toReversed()]) expect(shape(order)).toEqual(['20 a: 1 2', '20 b: 1']);
  });
});
