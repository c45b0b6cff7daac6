import { describe, expect, test } from 'vitest';
import { isBackingOff, nextCheckAfterFailure, nextCheckAfterReading } from '../../scripts/snapshot/schedule.ts';
import type { PollingHints } from '../../src/core/feed-state.ts';

const now = new Date('2026-01-23T08:40:00Z'); // a Friday
const free: PollingHints = { ttlMinutes: null, skipHours: [], skipDays: [] };
const at = (time: string | null) => (time === null ? null : new Date(time));

describe('after a reading, a feed is left alone', () => {
  test.for<[string, string | null, Partial<PollingHints>, string | null]>([
    ['not at all where nobody asks for it', null, {}, null],
    ['not at all for less than an hour', '2026-01-23T09:39:00Z', {}, null],
    ['as long as the server says', '2026-01-23T10:40:00Z', {}, '2026-01-23T10:40:00Z'],
    ['a day at the most', '2027-01-01T00:00:00Z', {}, '2026-01-24T08:40:00Z'],
    ['as long as its ttl says', null, { ttlMinutes: 180 }, '2026-01-23T11:40:00Z'],
    ['the longer of the two', '2026-01-23T10:00:00Z', { ttlMinutes: 180 }, '2026-01-23T11:40:00Z'],
    ['in the hours that it wants skipped', null, { skipHours: [9, 10, 11] }, '2026-01-23T12:00:00Z'],
    ['not for hours that are long gone', null, { skipHours: [0, 1, 2] }, null],
    ['over a skipped day, a day at the most', null, { skipDays: ['Friday', 'Saturday'] }, '2026-01-24T08:40:00Z'],
    [
      'a day where it wants all hours skipped',
      null,
      { skipHours: Array.from({ length: 24 }, (_, i) => i) },
      '2026-01-24T08:40:00Z',
    ],
  ])('%s', ([, server, manners, until]) => {
    expect(nextCheckAfterReading(at(server), { ...free, ...manners }, now)).toEqual(at(until));
  });
});

describe('after a failure, a feed is left alone', () => {
  test.for<[string, string, string | null, string | null]>([
    ['not at all in its first hours', '2026-01-23T05:00:00Z', null, null],
    ['a quarter of its time', '2026-01-23T00:40:00Z', null, '2026-01-23T10:40:00Z'],
    ['a day at the most', '2025-01-01T00:00:00Z', null, '2026-01-24T08:40:00Z'],
    ['as its server says', '2026-01-23T08:40:00Z', '2026-01-30T08:40:00Z', '2026-01-30T08:40:00Z'],
  ])('%s', ([, since, retryAt, until]) => expect(nextCheckAfterFailure(since, at(retryAt), now)).toEqual(at(until)));
});

test.for([
  { askAgainAt: null, rests: false },
  { askAgainAt: '2026-01-23T08:39:00Z', rests: false },
  { askAgainAt: '2026-01-23T08:44:00Z', rests: false },
  { askAgainAt: '2026-01-23T08:46:00Z', rests: true },
])('a run a few minutes early is in time: $askAgainAt', ({ askAgainAt, rests }) => {
  expect(isBackingOff({ askAgainAt }, now)).toBe(rests);
});
