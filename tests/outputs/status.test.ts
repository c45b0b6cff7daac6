import { expect, test } from 'vitest';
import { buildTime } from '../../src/core/build-time.ts';
import { type FeedProblem, type FeedState, newFeedState } from '../../src/core/feed-state.ts';
import { Planet } from '../../src/core/planet.ts';
import type { FeedRecord, RuleRecord } from '../../src/core/records.ts';
import { healthLine, healthOf, isEnded, statusOf } from '../../src/outputs/status.ts';
import { aFeed } from '../lib/builders.ts';

const NOW = buildTime(Date.parse('2026-02-01T00:00:00Z'));
const since = '2026-01-30T00:00:00Z';
const troubled = (outcome: FeedProblem['outcome'], id = 'a') =>
  aFeedRecord({ id }, { trouble: { outcome, reason: 'why', since } });

const feeds = [{ id: 'a', title: 'A', url: 'https://a.example/feed' }];
const planet = Planet.parse({ title: 'Test', description: 'A test', site: 'https://planet.example/', feeds });

function aFeedRecord(over: Partial<FeedRecord> = {}, state: Partial<FeedState> | null = {}): FeedRecord {
  const id = over.id ?? 'a';
  const url = over.url ?? `https://${id}.example/feed`;
  return {
    ...aFeed({ id, title: 'A', url }),
    ...{ avatar: null, held: 0, entries: 1, newest: '2026-01-23T08:40:00Z' },
    state: state === null ? null : { ...newFeedState(url), ...state },
    ...over,
  };
}

function feedStatus(feed: FeedRecord, newest = '2026-01-23T08:40:00Z') {
  const [told] = statusOf(planet, [{ ...feed, newest }], [], NOW).feeds;
  if (told === undefined) throw new Error('no feed');
  return told;
}

const RULES: RuleRecord[] = [
  { rule: { section: 'hide', key: 'authors', index: 0, value: 'Ada' }, feed: null, hides: 2 },
  { rule: { section: 'feeds[0]', key: 'exclude', index: null, value: 'crypto' }, feed: 'a', hides: 1 },
  { rule: { section: 'feeds[0]', key: 'notBy', index: 1, value: 'Ada' }, feed: 'a', hides: 1 },
];

test('the status of a feed has its problem, the date, and the advice', () => {
  const notes = ['cut'];
  const movedTo = 'https://b.example/feed';
  const trouble = { outcome: 'held', reason: 'why', since } as const;
  const feed = aFeedRecord({ held: 2 }, { trouble, rejected: ['x'], movedTo, notes });
  expect(statusOf(planet, [feed], RULES, NOW)).toEqual({
    planet: { title: 'Test', url: 'https://planet.example/' },
    feeds: [
      {
        ...{ id: 'a', title: 'A', url: 'https://a.example/feed', ...trouble, movedTo, notes },
        ...{ paused: false, inactive: false },
        ...{ entries: 1, newest: '2026-01-23T08:40:00Z', held: 2, rejected: 1 },
      },
    ],
    rules: [
      { rule: 'hide.authors[0]', feed: null, hides: 2 },
      { rule: 'feeds[0].exclude: crypto', feed: 'a', hides: 1 },
      { rule: 'feeds[0].notBy[1]', feed: 'a', hides: 1 },
    ],
  });
});

test.for([
  ['all is well', aFeedRecord(), 'well'],
  ['it failed', troubled('failed'), 'failing'],
  ['it is gone for good', troubled('gone'), 'gone'],
  ['planet.yaml says that it is gone', aFeedRecord({ gone: true }), 'gone'],
  ['planet.yaml says that it is gone, and entries wait', { ...troubled('held'), gone: true }, 'held'],
  ['it is held', troubled('held'), 'held'],
  ['no snapshot has met it', aFeedRecord({}, null), 'new'],
  ['it posted 180 days ago', aFeedRecord(), 'well', '2025-08-05T00:00:00Z'],
  ['it posted 181 days ago', aFeedRecord(), 'inactive', '2025-08-04T00:00:00Z'],
  ['it is paused', aFeedRecord({ paused: true }), null],
  ['it is paused and silent', aFeedRecord({ paused: true }), null, '2020-01-01T00:00:00Z'],
  ['it failed and is paused', { ...troubled('failed'), paused: true }, 'failing'],
  ['it failed and is silent', troubled('failed'), 'failing', '2020-01-01T00:00:00Z'],
] as const)('where %s its health is told', ([, feed, is, published]) => {
  expect(healthOf(feedStatus(feed, published))).toBe(is);
});

test.for([
  ['has the reason of its server', troubled('gone'), true],
  ['is paused, too', { ...troubled('gone'), paused: true }, false],
  ['is gone in planet.yaml, which pauses it', aFeedRecord({ gone: true, paused: true }), true],
  ['is only paused', aFeedRecord({ paused: true }), false],
] as const)('a feed that %s has ended or not', ([, feed, is]) => expect(isEnded(feedStatus(feed))).toBe(is));

test.for([
  ['The only feed is OK', aFeedRecord()],
  ['All 2 feeds OK', aFeedRecord(), aFeedRecord({ id: 'b' })],
  ['All 2 feeds OK', { ...troubled('failed'), paused: true }, aFeedRecord({ gone: true, paused: true })],
  ['1 of 1 feed needs attention', { ...troubled('held'), paused: true }],
  ['1 of 1 feed needs attention', troubled('failed')],
  ['1 of 1 feed needs attention', troubled('held')],
  [
    '2 of 3 feeds need attention',
    ...[troubled('gone'), aFeedRecord({ id: 'b' }, { movedTo: 'https://c.example/' }), aFeedRecord({ id: 'd' })],
  ],
] as const)('in one line: %s', ([says, ...feeds]) => {
  expect(healthLine(statusOf(planet, feeds, [], NOW).feeds)).toBe(says);
});

test.for([
  ['https://ada:secret@a.example/feed', 'https://a.example/feed'],
  ['https://a.example/feed?page=2&feed_token=secret', 'https://a.example/feed?page=2'],
  ['https://a.example/feed?apikey=secret', 'https://a.example/feed'],
  ['https://a.example/feed?X-Amz-Signature=secret#a', 'https://a.example/feed#a'],
  ...['https://a.example/feed?author=ada&pages=all', 'https://a.example/?q=a b', 'feeds/mine.xml'].map((url) => [
    url,
    url,
  ]),
] as [url: string, as: string][])('of the address %s is told %s', ([url, as]) => {
  const [told] = statusOf(planet, [aFeedRecord({ url }, { movedTo: url })], [], NOW).feeds;
  expect(told).toMatchObject({ url: as, movedTo: as });
});
