import { describe, expect, test } from 'vitest';
import { historyOf, inLines, type Kind, play, policies, smallest, type Told } from './identity-model.ts';

/** How many histories of each of the 200 kinds of feeds: `IDENTITY_HISTORIES=20` for a night, with another `IDENTITY_SEED`. */
const EACH = Number(process.env['IDENTITY_HISTORIES'] ?? 1);
const SEED = Number(process.env['IDENTITY_SEED'] ?? 1);

const kinds: Kind[] = policies.ids.flatMap((ids) =>
  policies.links.flatMap((links) => policies.dates.map((dates) => ({ ids, links, dates }))),
);

/** Its ids are good, or its links and its dates are: no post of such a feed may come to harm. */
function isSound({ ids, links, dates }: Kind): boolean {
  const haveDates = dates === 'full' || (ids === 'uuid' && dates === 'updated');
  return haveDates && (ids === 'uuid' || links === 'page' || links === 'fragment');
}

const histories = kinds.flatMap((kind, place) =>
  Array.from({ length: EACH }, (_, each) => historyOf(kind, SEED * 1_000_003 + place * 1009 + each)),
);
const played = histories.map((history) => ({ history, told: play(history) }));

const harm = ({ lost, doubled, others }: Told) => lost + doubled + others;

test('a feed with stable ids, or with stable links and full dates, loses no post, doubles none and gives none its words', () => {
  const failed = played.find(({ history, told }) => isSound(history.kind) && harm(told) > 0);
  expect(failed && inLines(smallest(failed.history, (told) => harm(told) > 0))).toBeUndefined();
});

test('a document that is said again changes nothing, whatever the feed', () => {
  const failed = played.find(({ told }) => told.restless > 0);
  expect(failed && inLines(smallest(failed.history, (told) => told.restless > 0))).toBeUndefined();
});

describe('of a hundred posts of a feed whose ids are', () => {
  test.for(policies.ids.map((ids) => ({ ids })))('$ids, hardly any comes to harm', ({ ids }) => {
    const told = played.filter(({ history }) => history.kind.ids === ids).map((each) => each.told);
    const sum = (key: 'posts' | 'lost' | 'doubled' | 'others') => told.reduce((total, each) => total + each[key], 0);
    const share = (key: 'lost' | 'doubled' | 'others') => (100 * sum(key)) / sum('posts');
    if (EACH > 1) console.log(ids, sum('posts'), sum('lost'), sum('doubled'), sum('others'));
    expect(share('lost')).toBeLessThan(0.5);
    expect(share('others')).toBeLessThan(0.5);
    // Most of these have neither an id nor a link nor a date.
    expect(share('doubled')).toBeLessThan(6);
  });
});
