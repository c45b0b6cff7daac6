import { expect, test } from 'vitest';
import { aboutLine } from '../../src/core/records.ts';

const long = 'A long sentence about clocks and planets '.repeat(5).trim();

test.for([
  ['Clocks, planets and glue.', 'Clocks, planets and glue.'],
  [`Clocks. Planets. ${long}.`, 'Clocks. Planets.'],
  [`${long}.`, `${long.slice(0, 138)}…`],
  [' ', null],
  ['the ALMANAC', null],
] as const)('a feed’s description in one line: %j', ([description, line]) => {
  expect(aboutLine(description, ['The Almanac'])).toBe(line);
});
