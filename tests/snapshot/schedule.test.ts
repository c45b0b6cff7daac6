import { describe, expect, test } from 'vitest';
import { isBackingOff, nextCheckAfterFailure, nextCheckAfterReading } from '../../scripts/snapshot/schedule.ts';
import type { PollingHints } from '../../src/core/feed-state.ts';

const now = new Date('2026-01-23T08:40:00Z'); // a Friday
const free: PollingHints = { ttlMinutes: null, skipHours: [], skipDays: [] };
const at = (time: string | null) => (time === null ? null : new Date(time));

describe('after a reading, a feed is left alone', () => {
  test.for<{
    when: string;
    server: string | null;
    manners: Partial<PollingHints>;
    until: string | null;
  }>([
    { when: 'not at all where nobody asks for it', server: null, manners: {}, until: null },
    { when: 'not at all for less than an hour', server: '2026-01-23T09:39:00Z', manners: {}, until: null },
    { when: 'as long as the server says', server: '2026-01-23T10:40:00Z', manners: {}, until: '2026-01-23T10:40:00Z' },
    { when: 'a day at the most', server: '2027-01-01T00:00:00Z', manners: {}, until: '2026-01-24T08:40:00Z' },
    { when: 'as long as its ttl says', server: null, manners: { ttlMinutes: 180 }, until: '2026-01-23T11:40:00Z' },
    {
      when: 'the longer of the two',
      server: '2026-01-23T10:00:00Z',
      manners: { ttlMinutes: 180 },
      until: '2026-01-23T11:40:00Z',
    },
    {
      when: 'in the hours that it wants skipped',
      server: null,
      manners: { skipHours: [9, 10, 11] },
      until: '2026-01-23T12:00:00Z',
    },
    { when: 'not for hours that are long gone', server: null, manners: { skipHours: [0, 1, 2] }, until: null },
    {
      when: 'over a skipped day, a day at the most',
      server: null,
      manners: { skipDays: ['Friday', 'Saturday'] },
      until: '2026-01-24T08:40:00Z',
    },
    {
      when: 'a day where it wants all hours skipped',
      server: null,
      manners: { skipHours: Array.from({ length: 24 }, (_, i) => i) },
      until: '2026-01-24T08:40:00Z',
    },
  ])('$when', ({ server, manners, until }) => {
    expect(nextCheckAfterReading(at(server), { ...free, ...manners }, now)).toEqual(at(until));
  });
});

describe('after a failure, a feed is left alone', () => {
  test.for([
    { when: 'not at all in its first hours', since: '2026-01-23T05:00:00Z', retryAt: null, until: null },
    { when: 'a quarter of its time', since: '2026-01-23T00:40:00Z', retryAt: null, until: '2026-01-23T10:40:00Z' },
    { when: 'a day at the most', since: '2025-01-01T00:00:00Z', retryAt: null, until: '2026-01-24T08:40:00Z' },
    {
      when: 'as its server says',
      since: '2026-01-23T08:40:00Z',
      retryAt: '2026-01-30T08:40:00Z',
      until: '2026-01-30T08:40:00Z',
    },
  ])('$when', ({ since, retryAt, until }) => expect(nextCheckAfterFailure(since, at(retryAt), now)).toEqual(at(until)));
});

test.for([
  { askAgainAt: null, rests: false },
  { askAgainAt: '2026-01-23T08:39:00Z', rests: false },
  { askAgainAt: '2026-01-23T08:44:00Z', rests: false },
  { askAgainAt: '2026-01-23T08:46:00Z', rests: true },
])('a run a few minutes early is in time: $askAgainAt', ({ askAgainAt, rests }) => {
  expect(isBackingOff({ askAgainAt }, now)).toBe(rests);
});
