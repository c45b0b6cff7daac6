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
const ifThere = moved.replace('write', 'if its blog is there, write');
const decide = 'look at them with "npm run planet -- held", then "npm run planet -- accept a" or "reject a"';
const gone = 'the server answers 410: the feed is gone for good';
const later = 'not read again before 2026-02-01T12:00:00Z';
const flood = { trouble: { outcome: 'held', reason: 'a flood', since } } as const;
const unchanged = { kind: 'unchanged', feed, askAgainAt: null, movedTo } as const;
const ofBoth = count({ notes: ['of its entries'] });
const movedReading = aReading([], {}, { movedTo });
const ofFlood = count({ hold: { reason: 'a flood', entries: 1 } });
const refused: Outcome = { kind: 'failed', feed, reason: { kind: 'status', status: 418 }, retryAt: null };

test.for<[outcome: string, says: string, ...of: Parameters<typeof reported>]>([
  ['unchanged', '', aReading([]), {}, count()],
  ['unchanged', `${moved}; a; of its entries`, aReading([], {}, { movedTo, notes: ['a'] }), {}, ofBoth],
  ['held', `a flood; 1 entry waits: ${decide}; ${ifThere}`, movedReading, {}, ofFlood],
  ['unchanged', '', { ...unchanged, movedTo: null }],
  ['held', `a flood; ${ifThere}`, unchanged, flood],
  ['failed', `the server answers 500; ${moved}`, unchanged, { trouble: failing }],
  ['unchanged', `${later.replace(' again', '')}, as the feed or its server asks`, { kind: 'waiting', feed, until }],
  ['failed', `the server answers 500; ${later}`, { kind: 'waiting', feed, until }, { trouble: failing }],
  ['unchanged', 'paused in planet.yaml', { kind: 'paused', feed }],
  ['held', 'a flood; paused in planet.yaml', { kind: 'paused', feed }, flood],
  ['unchanged', 'gone in planet.yaml', { kind: 'paused', feed: { ...feed, gone: true } }],
  ['failed', gone, { kind: 'gone', feed }, { trouble: failing }],
  ['gone', gone, { kind: 'gone', feed }, { trouble: isGone }],
  ['failed', 'the server answers 418 instead of a feed', refused],
])('a feed is %s: %s', ([outcome, says, ...of]) => {
  const line = `a  ${outcome.padEnd(9)}  0 new, 0 changed, 3 kept${says && `: ${says}`}`;
  expect(reportText(reported(...of)).split('\n')[0]).toBe(line);
});

test.for([
  ['2 new, 1 changed, 0 kept', count({ new: 2, changed: 1 })],
  ['0 new, 1 changed, 2 kept', count({ changed: 1 })],
] as const)('a feed is updated: %s', ([says, counted]) => {
  expect(reportText(reported(aReading([]), {}, counted)).split('\n')[0]).toBe(`a  updated    ${says}`);
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
  const skipped = (url: string | null) =>
    ({ feed: 'a', outcome: 'skipped', reason: 'why', entry: { title: 'X', url } }) as const;
  const notes = [{ ...note, entry: copy }, { ...note, entry: own }, skipped('https://a.example/x'), skipped(null)];
  expect(noteLines(notes, [copy, own])).toEqual([
    `a  copy  Copy  ${copy.path}: the same as one of b, on whose site it is`,
    `a  new  (no title)  ${own.path}: no stored entry is like it`,
    'a  skipped  X  https://a.example/x: why',
    'a  skipped  X  : why',
  ]);
});
