import { describe, expect, test } from 'vitest';
import {
  historyOf,
  inLines,
  isSound,
  type Kind,
  play,
  policies,
  smallest,
  type Told,
  unusual,
  usual,
} from '../../lib/identity-model.ts';

/** How many histories of each of the 420 kinds of feeds: `IDENTITY_HISTORIES=20` for a night, with another `IDENTITY_SEED`. */
const EACH = Number(process.env['IDENTITY_HISTORIES'] ?? 0);
const SEED = Number(process.env['IDENTITY_SEED'] ?? 1);

interface Played {
  kind: Kind;
  seed: number;
  told: Told;
}

/** Without a number each usual kind once, and each third of the others. */
const played: Played[] = [
  ...usual,
  ...(EACH > 0 ? unusual : unusual.filter((_, place) => place % 3 === SEED % 3)),
].flatMap((kind, place) =>
  Array.from({ length: Math.max(EACH, 1) }, (_, each) => {
    const seed = SEED * 1_000_003 + place * 1009 + each;
    return { kind, seed, told: play(historyOf(kind, seed)) };
  }),
);

const harm = ({ lost, doubled, others }: Told) => lost + doubled + others;
/** The smallest history of the first kind that fails. */
function failing(fails: (told: Told) => boolean, those = played): string | undefined {
  const failed = those.find(({ told }) => fails(told));
  return failed && inLines(smallest(historyOf(failed.kind, failed.seed), fails));
}

test('a feed with stable ids, or with stable links and full dates, loses no post, doubles none and gives none its words', () => {
  const sound = played.filter(({ kind }) => isSound(kind));
  expect(failing((told) => harm(told) > 0, sound)).toBeUndefined();
});

test('a document that is said again changes nothing, and no permalink ever changes, whatever the feed', () => {
  expect(failing(({ restless, moved }) => restless + moved > 0)).toBeUndefined();
});

type Harm = 'lost' | 'doubled' | 'others';

function sumOf(those: readonly Played[], key: 'posts' | Harm): number {
  return those.reduce((sum, { told }) => sum + told[key], 0);
}

const ofUsual = played.filter(({ kind }) => kind.extra === null);
const ofUnusual = played.filter(({ kind }) => kind.extra !== null && kind.extra !== 'alike texts');
const ofAlike = played.filter(({ kind }) => kind.extra === 'alike texts');

/** Twice what is known to be possible, and for so few posts as chance has it: two deviations more. */
function most(those: readonly Played[], ofTenThousand: number): number {
  const expected = (2 * ofTenThousand * sumOf(those, 'posts')) / 10_000;
  return expected + 2 * Math.sqrt(expected) + 3;
}

describe('hardly any post comes to harm', () => {
  // Of 10,000 posts, in 3,200 histories of the same kinds.
  const possible = { lost: 1.6, doubled: 51, others: 1.4 } as const;

  test.for(['lost', 'doubled', 'others'] as const)('feeds of every usual kind: %s', (key) => {
    expect(sumOf(ofUsual, key)).toBeLessThanOrEqual(most(ofUsual, possible[key]));
  });

  test.for(['lost', 'doubled', 'others'] as const)('feeds of other kinds: %s', (key) => {
    expect(sumOf(ofUnusual, key)).toBeLessThanOrEqual(most(ofUnusual, 2 * possible[key]));
  });

  test.for([
    ['lost', 12],
    ['doubled', 35],
    ['others', 18],
  ] as const)('feeds whose posts are nearly alike: %s', ([key, share]) => {
    expect(sumOf(ofAlike, key)).toBeLessThanOrEqual(most(ofAlike, share));
  });

  test.for(policies.ids.map((ids) => ({ ids })))('feeds whose ids are $ids', ({ ids }) => {
    const those = ofUsual.filter(({ kind }) => kind.ids === ids);
    expect(sumOf(those, 'lost') + sumOf(those, 'others')).toBeLessThanOrEqual(most(those, 4 * possible.lost));
    expect(sumOf(those, 'doubled')).toBeLessThanOrEqual(most(those, 1.5 * possible.doubled));
  });
});
