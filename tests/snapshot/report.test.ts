import { expect, test } from 'vitest';
import { NO_MEMORY } from '../../scripts/snapshot/identity/entry-ids.ts';
import type { MergeCounts } from '../../scripts/snapshot/merge-feed.ts';
import type { Outcome } from '../../scripts/snapshot/outcome.ts';
import { makeReport, noteLines, reportText } from '../../scripts/snapshot/report.ts';
import { type FeedState, newFeedState } from '../../src/core/feed-state.ts';
import { aFeed, anEntry, aReading } from '../lib/builders.ts';

const feed = aFeed();
const until = new Date('2026-02-01T12:00:00Z');
const movedTo = 'https://b.example/feed';
const since = '2026-01-01T00:00:00Z';
const failing = { outcome: 'failed', reason: 'the server answers 500', since } as const;
const isGone = { outcome: 'gone', reason: 'the server answers 410', since } as const;
const none = { apart: 0, notes: [], avatars: null };

const count = (over: Partial<MergeCounts> = {}): MergeCounts => ({
  ...{ new: 0, changed: 0, entries: 3, hold: null, memory: NO_MEMORY, stamped: {}, postpones: false, notes: [] },
  ...over,
});

/** The report of a snapshot in which the feed `a`, which has three entries, had this outcome. */
function reported(outcome: Outcome, state: Partial<FeedState> = {}, counted?: MergeCounts) {
  const counts = new Map(counted ? [['a', counted]] : []);
  return makeReport([outcome], counts, { a: { ...newFeedState('feeds/a.xml'), entries: 3, ...state } }, none);
}

const moved = 'it has moved permanently: write url: https://b.example/feed in planet.yaml';
const decide = 'look at them with "npm run planet -- held", then "npm run planet -- accept a" or "reject a"';

test.for<[says: string, ...of: Parameters<typeof reported>]>([
  ['updated    2 new, 1 changed, 0 kept', aReading([]), {}, count({ new: 2, changed: 1 })],
  ['updated    0 new, 1 changed, 2 kept', aReading([]), {}, count({ changed: 1 })],
  ['unchanged  0 new, 0 changed, 3 kept', aReading([]), {}, count()],
  [
    `unchanged  0 new, 0 changed, 3 kept: ${moved}; of its document; of its entries`,
    aReading([], {}, { movedTo, notes: ['of its document'] }),
    {},
    count({ notes: ['of its entries'] }),
  ],
  [
    `held       0 new, 0 changed, 3 kept: a flood; 1 entry waits: ${decide}; ${moved.replace('write', 'if its blog is there, write')}`,
    aReading([], {}, { movedTo }),
    {},
    count({ hold: { reason: 'a flood', entries: 1 } }),
  ],
  ['unchanged  0 new, 0 changed, 3 kept', { kind: 'unchanged', feed, askAgainAt: null, movedTo: null }],
  [
    `held       0 new, 0 changed, 3 kept: a flood; ${moved.replace('write', 'if its blog is there, write')}`,
    { kind: 'unchanged', feed, askAgainAt: null, movedTo },
    { trouble: { ...failing, outcome: 'held', reason: 'a flood' } },
  ],
  [
    `failed     0 new, 0 changed, 3 kept: the server answers 500; ${moved}`,
    { kind: 'unchanged', feed, askAgainAt: null, movedTo },
    { trouble: failing },
  ],
  [
    'unchanged  0 new, 0 changed, 3 kept: not read before 2026-02-01T12:00:00Z, as the feed or its server asks',
    { kind: 'waiting', feed, until },
  ],
  [
    'failed     0 new, 0 changed, 3 kept: the server answers 500; not read again before 2026-02-01T12:00:00Z',
    { kind: 'waiting', feed, until },
    { trouble: failing },
  ],
  ['unchanged  0 new, 0 changed, 3 kept: paused in planet.yaml', { kind: 'paused', feed }],
  [
    'held       0 new, 0 changed, 3 kept: a flood; paused in planet.yaml',
    { kind: 'paused', feed },
    { trouble: { outcome: 'held', reason: 'a flood', since: '2026-01-01T00:00:00Z' } },
  ],
  ['unchanged  0 new, 0 changed, 3 kept: gone in planet.yaml', { kind: 'paused', feed: { ...feed, gone: true } }],
  [
    'failed     0 new, 0 changed, 3 kept: the server answers 410: the feed is gone for good',
    { kind: 'gone', feed },
    { trouble: failing },
  ],
  [
    'gone       0 new, 0 changed, 3 kept: the server answers 410: the feed is gone for good',
    { kind: 'gone', feed },
    { trouble: isGone },
  ],
  [
    'failed     0 new, 0 changed, 3 kept: the server answers 418 instead of a feed',
    { kind: 'failed', feed, reason: { kind: 'status', status: 418 }, retryAt: null },
  ],
])('a feed is %s', ([says, ...of]) => {
  expect(reportText(reported(...of)).split('\n')[0]).toBe(`a  ${says}`);
});

test('the last line sums up, after notes, feeds and pictures', () => {
  const one = { reason: null, new: 1, changed: 2, kept: 3 };
  const feeds = [
    { id: 'a', outcome: 'updated', ...one },
    { id: 'bb', outcome: 'failed', ...one, reason: 'why' },
    { id: 'c', outcome: 'gone', ...one },
    { id: 'd', outcome: 'held', ...one },
  ] as const;
  const avatars = { checked: 5, changed: 1, failed: [{ of: 'a', reason: 'why' }], note: null };
  const report = { feeds: [...feeds], entries: 24, apart: 6, notes: ['A month was mended.'], avatars };
  expect(reportText(report).split('\n')).toEqual([
    'A month was mended.',
    'a   updated    1 new, 2 changed, 3 kept',
    'bb  failed     1 new, 2 changed, 3 kept: why',
    'c   gone       1 new, 2 changed, 3 kept',
    'd   held       1 new, 2 changed, 3 kept',
    'pictures: 5 checked, 1 new or changed; 1 failed: "--verbose" gives the reasons',
    "24 entries: 4 new, 8 changed, 12 kept; 2 of 4 feeds could not be read; 1 held for you to decide; 6 shown separately again: they shared only a link with another feed's entry",
  ]);
  const noPicture = { ...avatars, failed: [], note: 'No picture could be checked.' };
  expect(reportText({ ...report, avatars: noPicture })).toContain('\nNo picture could be checked.\n24 entries: ');
  expect(reportText({ ...report, avatars: { ...avatars, failed: [] } })).toContain('\npictures: 5 checked, 1 new or');
});

test('the report has only what there is to say', () => {
  expect(Object.keys(reported({ kind: 'paused', feed }))).toEqual(['feeds', 'entries']);
  const avatars = { checked: 1, changed: 0, failed: [], note: null };
  const more = { apart: 1, notes: ['x'], avatars };
  expect(makeReport([], new Map(), {}, more)).toEqual({ feeds: [], entries: 0, ...more });
});

test('--verbose names the original of a copy, and an entry without a title by its place', () => {
  const copyOf = { feed: 'b', id: '1', why: 'site' } as const;
  const copy = anEntry({ title: 'Copy', copyOf });
  const own = anEntry({ title: '', path: '2026/01/23/0123456789' });
  const note = { feed: 'a', outcome: 'new', reason: 'no stored entry is like it' } as const;
  const skipped = {
    feed: 'a',
    outcome: 'skipped',
    reason: 'why',
    entry: { title: 'X', url: 'https://a.example/x' },
  } as const;
  const notes = [
    { ...note, entry: copy },
    { ...note, entry: own },
    skipped,
    { ...skipped, entry: { title: 'X', url: null } },
  ];
  expect(noteLines(notes, [copy, own])).toEqual([
    `a  copy  Copy  ${copy.path}: the same as one of b (site)`,
    `a  new  (no title)  ${own.path}: no stored entry is like it`,
    'a  skipped  X  https://a.example/x: why',
    'a  skipped  X  : why',
  ]);
});
