import { expect, test } from 'vitest';
import { roundsOf } from '../scripts/site/rounds.ts';
import { run } from './planet.ts';

const stale = new Map(
  Object.entries({
    site: 90,
    'author:ada': 10,
    'month:2026-02': 40,
    'atom:2026-01': 20,
    'feed:a': 10,
    'month:2026-01': 20,
    'atom:2026-02': 40,
  }).map(([name, entries]) => [name, { input: name, entries }]),
);

test('a round is for no more entries than are made at once, months before shelves, and the site comes last', () => {
  expect(roundsOf(stale, 60)).toEqual([
    ['atom:2026-01', 'month:2026-01'],
    ['atom:2026-02'],
    ['month:2026-02', 'author:ada', 'feed:a', 'site'],
  ]);
});

test('what fits is made in one round, and a part that is larger than a round in one of its own', () => {
  expect(roundsOf(stale, 1000)).toHaveLength(1);
  expect(roundsOf(stale, 1).map(({ length }) => length)).toEqual([1, 1, 1, 1, 1, 2]);
});

test.for(['0', '-3', 'many', '1.5'])('--at-once %s is refused with a sentence', async (said) => {
  const { code, stderr } = await run(['scripts/site-plan.ts', `--at-once=${said}`]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: `--at-once wants a number of entries; "${said}" is none.\n` });
});
