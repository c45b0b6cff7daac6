import { expect, test } from 'vitest';
import { joinStates } from '../../scripts/archive-branch/join-states.ts';

test('a new feed with the id "constructor", which every object has, is joined like any other', () => {
  const files = (states: object) => new Map([['feeds.json', JSON.stringify(states)]]);
  const state = { url: 'https://c.example/feed', rejected: ['b'] };
  const joined = joinStates(files({}), files({}), files({ constructor: state }));
  expect([...joined].map(([feed, { state }]) => [feed, state])).toEqual([['constructor', state]]);
});
