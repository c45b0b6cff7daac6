import { describe, expect, test } from 'vitest';
import { statesAfter } from '../../scripts/snapshot/feed-states.ts';
import { NO_MEMORY } from '../../scripts/snapshot/identity/entry-ids.ts';
import type { FailureReason, Outcome } from '../../scripts/snapshot/outcome.ts';
import { instant } from '../../src/core/dates.ts';
import { newFeedState } from '../../src/core/feed-state.ts';
import { aFeed, aReading } from '../lib/builders.ts';

const now = new Date('2026-02-25T06:00:00Z');

test.for<[string, Outcome]>([
  ['fails', { kind: 'failed', feed: aFeed(), reason: { kind: 'status', status: 500 }, retryAt: null }],
  ['is gone', { kind: 'gone', feed: aFeed() }],
  ['has nothing new', { kind: 'unchanged', feed: aFeed(), askAgainAt: null, movedTo: null }],
  ['waits', { kind: 'waiting', feed: aFeed(), until: now }],
])('no problem begins later than now, where a wrong clock said so, if the feed %s', ([, outcome]) => {
  const after = (since: string) => {
    const trouble = { outcome: 'held', reason: 'why', since } as const;
    return statesAfter({ a: { ...newFeedState(aFeed().url), trouble } }, [outcome], new Map(), now)['a']?.trouble;
  };
  expect(after('2027-02-25T06:00:00Z')).toMatchObject({ since: '2026-02-25T06:00:00Z' });
  expect(after('2026-02-24T06:00:00Z')).toMatchObject({ since: '2026-02-24T06:00:00Z' });
});

const other = { id: 'b', url: 'https://b.example/' };

test.for<[what: string, reason: FailureReason, others: Outcome[], waits: boolean]>([
  ['has no name server', { kind: 'name-server', host: 'a.example' }, [], false],
  ['reaches no host', { kind: 'unreachable', host: 'a.example' }, [], false],
  ['connects to nothing', { kind: 'timed-out', seconds: 10, during: 'connecting' }, [], false],
  ['only reads a file', { kind: 'unreachable', host: 'a.example' }, [aReading([], other, { host: null })], false],
  [
    'does not ask a feed that is gone for good',
    { kind: 'unreachable', host: 'a.example' },
    [{ kind: 'gone', feed: aFeed(other) }],
    false,
  ],
  ['is refused', { kind: 'refused', host: 'a.example' }, [], true],
  ['has no such name', { kind: 'name-not-found', host: 'a.example' }, [], true],
  ['reads another feed', { kind: 'name-server', host: 'a.example' }, [aReading([], other)], true],
  [
    'hears that another has no news',
    { kind: 'unreachable', host: 'a.example' },
    [{ kind: 'unchanged', feed: aFeed(other), askAgainAt: null, movedTo: null }],
    true,
  ],
])(
  'a feed that has failed for a week is asked in the next run only if this one reached no server: it %s',
  ([, reason, others, waits]) => {
    const trouble = { outcome: 'failed', reason: 'why', since: '2026-02-18T06:00:00Z' } as const;
    const before = { ...newFeedState(aFeed().url), trouble, askAgainAt: instant(now) };
    const outcome = { kind: 'failed', feed: aFeed(), reason, retryAt: null } as const;
    const { a } = statesAfter({ a: before }, [outcome, ...others], new Map(), now);
    expect(a).toMatchObject({ trouble: { since: trouble.since }, askAgainAt: waits ? '2026-02-26T06:00:00Z' : null });
  },
);

/** Its state after `planet.yaml` had these addresses, one after the other. */
const after = (...urls: string[]) => {
  let states = { a: newFeedState(urls[0] ?? '') };
  for (const url of urls)
    states = { ...states, ...statesAfter(states, [{ kind: 'paused', feed: aFeed({ url }) }], new Map(), now) };
  return states.a.formerly?.map(({ url }) => url);
};
const many = Array.from({ length: 12 }, (_, at) => `https://a.example/${at}`);

test.for([
  ['are none where it never moved', ['x', 'x'], undefined],
  ['are in their order, each once', ['x', 'y', 'x', 'y', 'z'], ['x', 'y']],
  ['are without the present one', ['x', 'y', 'x'], ['y']],
  ['are the last ten', many, many.slice(1, 11)],
] as const)('the former addresses of a feed %s', ([, urls, are]) => expect(after(...urls)).toEqual(are));

describe('the time of the last whole answer', () => {
  const [one, other] = [{ etag: '"1"' }, { etag: '"0"' }];
  type Stored = string | undefined;
  const yesterday = '2026-02-24T06:00:00Z';
  test.for<[when: string, before: object, validators: object, stored: Stored, is: Stored, delta?: boolean]>([
    ['is stored with the first validators', {}, one, undefined, instant(now)],
    ['is not stored without validators', {}, {}, undefined, undefined],
    ['is stored where none is, with the same validators', one, one, undefined, instant(now)],
    ['stays with the same validators', one, one, '2026-02-25T00:00:00Z', '2026-02-25T00:00:00Z'],
    ['changes after a week', one, one, '2026-02-18T06:00:00Z', instant(now)],
    ['changes with them', other, one, yesterday, instant(now)],
    ['stays where only new entries come', other, one, yesterday, yesterday, true],
  ])('%s', ([, before, validators, stored, is, delta = false]) => {
    const states = { a: { ...newFeedState(aFeed().url), validators: before, wholeAt: stored } };
    const count = { new: 0, changed: 0, entries: 0, hold: null, postpones: false, stamped: {}, notes: [] };
    const counts = new Map([['a', { ...count, memory: NO_MEMORY }]]);
    const after = statesAfter(states, [aReading([], {}, { validators, delta })], counts, now);
    expect(after['a']?.wholeAt).toBe(is);
  });

  test.for([undefined, '2026-02-18T06:00:00Z'])(
    'of an archive that has %s is stored once where nothing has changed: its feeds wait for their days',
    (wholeAt) => {
      const state = { ...newFeedState(aFeed().url), validators: one, wholeAt };
      const outcome = { kind: 'unchanged', feed: aFeed(), askAgainAt: null, movedTo: null } as const;
      expect(statesAfter({ a: state }, [outcome], new Map(), now)['a']?.wholeAt).toBe(wholeAt ?? instant(now));
    },
  );
});
