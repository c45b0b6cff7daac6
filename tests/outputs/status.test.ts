import { describe, expect, test } from 'vitest';
import { type FeedProblem, type FeedState, newFeedState } from '../../src/core/feed-state.ts';
import { Planet } from '../../src/core/planet.ts';
import type { FeedRecord } from '../../src/core/records.ts';
import { healthLine, healthOf, status } from '../../src/outputs/status.ts';
import { aFeed } from '../lib/builders.ts';

const NOW = new Date('2026-02-01T00:00:00Z');
const trouble = (outcome: FeedProblem['outcome']): FeedProblem => ({
  outcome,
  reason: 'why',
  since: '2026-01-30T00:00:00Z',
});

const planet = Planet.parse({
  title: 'Test',
  description: 'A test',
  site: 'https://planet.example/',
  feeds: [{ id: 'a', title: 'A', url: 'https://a.example/feed' }],
});

function aFeedRecord(over: Partial<FeedRecord> = {}, state: Partial<FeedState> | null = {}): FeedRecord {
  const id = over.id ?? 'a';
  const url = over.url ?? `https://${id}.example/feed`;
  return {
    ...aFeed({ id, title: 'A', url }),
    avatar: null,
    held: 0,
    order: 0,
    entries: 1,
    newest: '2026-01-23T08:40:00Z',
    state: state === null ? null : { ...newFeedState(url), ...state },
    ...over,
  };
}

function statusOf(feed: FeedRecord, newest = '2026-01-23T08:40:00Z') {
  const [told] = status(planet, [{ ...feed, newest }], [], NOW).feeds;
  if (told === undefined) throw new Error('no feed');
  return told;
}

const RULES = [{ rule: 'hide.authors[0]: Ada', feed: null, hides: 2 }];

test('tells of each feed what is wrong, since when, and what to do', () => {
  const feed = aFeedRecord(
    { held: 2 },
    { trouble: trouble('held'), rejected: ['x'], movedTo: 'https://b.example/feed', notes: ['cut'] },
  );
  expect(status(planet, [feed], RULES, NOW)).toEqual({
    planet: { title: 'Test', url: 'https://planet.example/' },
    feeds: [
      {
        id: 'a',
        title: 'A',
        url: 'https://a.example/feed',
        outcome: 'held',
        paused: false,
        reason: 'why',
        since: '2026-01-30T00:00:00Z',
        entries: 1,
        newest: '2026-01-23T08:40:00Z',
        inactive: false,
        movedTo: 'https://b.example/feed',
        notes: ['cut'],
        held: 2,
        rejected: 1,
      },
    ],
    rules: RULES,
  });
});

describe('health', () => {
  test.for([
    { when: 'all is well', feed: aFeedRecord(), is: 'well' },
    { when: 'it failed', feed: aFeedRecord({}, { trouble: trouble('failed') }), is: 'failing' },
    { when: 'it is gone for good', feed: aFeedRecord({}, { trouble: trouble('gone') }), is: 'gone' },
    { when: 'it is held', feed: aFeedRecord({}, { trouble: trouble('held') }), is: 'held' },
    { when: 'no snapshot has met it', feed: aFeedRecord({}, null), is: 'new' },
    { when: 'it posted 180 days ago', feed: aFeedRecord(), published: '2025-08-05T00:00:00Z', is: 'well' },
    { when: 'it posted 181 days ago', feed: aFeedRecord(), published: '2025-08-04T00:00:00Z', is: 'inactive' },
    {
      when: 'it failed and is silent',
      feed: aFeedRecord({}, { trouble: trouble('failed') }),
      published: '2020-01-01T00:00:00Z',
      is: 'failing',
    },
  ])('$when: $is', ({ feed, published, is }) => expect(healthOf(statusOf(feed, published))).toBe(is));
});

test.for([
  { feeds: [aFeedRecord()], says: 'The only feed is OK' },
  { feeds: [aFeedRecord(), aFeedRecord({ id: 'b' })], says: 'All 2 feeds OK' },
  { feeds: [aFeedRecord({}, { trouble: trouble('failed') })], says: '1 of 1 feed needs attention' },
  {
    feeds: [
      aFeedRecord({}, { trouble: trouble('gone') }),
      aFeedRecord({ id: 'b' }, { movedTo: 'https://c.example/' }),
      aFeedRecord({ id: 'd' }),
    ],
    says: '2 of 3 feeds need attention',
  },
])('in one line: $says', ({ feeds, says }) => {
  expect(healthLine(status(planet, feeds, [], NOW).feeds)).toBe(says);
});

describe('of an address is told', () => {
  test.for([
    { url: 'https://ada:secret@a.example/feed', as: 'https://a.example/feed' },
    { url: 'https://a.example/feed?page=2&feed_token=secret', as: 'https://a.example/feed?page=2' },
    { url: 'https://a.example/feed?apikey=secret', as: 'https://a.example/feed' },
    { url: 'https://a.example/feed?X-Amz-Signature=secret#a', as: 'https://a.example/feed#a' },
    { url: 'https://a.example/feed?author=ada&pages=all', as: 'https://a.example/feed?author=ada&pages=all' },
    { url: 'https://a.example/?q=a b', as: 'https://a.example/?q=a b' },
    { url: 'feeds/mine.xml', as: 'feeds/mine.xml' },
  ])('$as of $url', ({ url, as }) => {
    const [told] = status(planet, [aFeedRecord({ url }, { movedTo: url })], [], NOW).feeds;
    expect(told).toMatchObject({ url: as, movedTo: as });
  });
});
