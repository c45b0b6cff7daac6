import { expect, test } from 'vitest';
import { branchStates, joinStates } from '../../scripts/archive-branch/join-states.ts';
import { archiveOf, post, withLedger } from '../lib/builders.ts';

test('a new feed with the id "constructor", which every object has, is joined like any other', () => {
  const files = (states: object) => new Map([['feeds.json', JSON.stringify(states)]]);
  const state = { url: 'https://c.example/feed', rejected: ['b'] };
  const joined = joinStates(files({}), files({}), files({ constructor: state }));
  expect([...joined].map(([feed, { state }]) => [feed, state])).toEqual([['constructor', state]]);
});

// Such a branch was set back: what becomes of it, archive-branch.test.ts tells of one.
test.for(['', ' ', 'null', '[]', '{"a":'])('a branch with %j for feeds.json has no valid states', (text) => {
  expect(branchStates(new Map([['feeds.json', text]]))).toBe(null);
});

test('a branch may have forgotten its last feed, but not while it has entries', () => {
  const none = ['feeds.json', '{}'] as const;
  expect(branchStates(new Map([none]))).toEqual({});
  expect(branchStates(new Map([...withLedger(archiveOf([post('one')], {})), none]))).toBe(null);
});
