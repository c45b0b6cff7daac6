import { expect, test } from 'vitest';
import { monthsShown, shade, weeksOf } from '../../src/core/periods.ts';

test('a month is weeks from Monday to Sunday, or from the first day of another country', () => {
  const shape = (month: string, first = 1) =>
    weeksOf(month, first).map((week) => week.map((day) => day?.slice(8) ?? '··').join(' '));
  expect(shape('2026-01')).toEqual(
    (
      '·· ·· ·· 01 02 03 04 | 05 06 07 08 09 10 11 | 12 13 14 15 16 17 18 | 19 20 21 22 23 24 25 | ' +
      '26 27 28 29 30 31 ··'
    ).split(' | '),
  );
  expect(shape('2027-02')).toHaveLength(4);
  expect(shape('2024-02').at(-1)).toBe('26 27 28 29 ·· ·· ··');
  expect(shape('2026-02', 7)[0]).toBe('01 02 03 04 05 06 07');
  expect(shape('2026-02', 6)[0]).toBe('·· 01 02 03 04 05 06');
});

test('a day is shaded by its count beside the highest, and one entry is never much', () => {
  expect([0, 1, 4, 25, 100].map((count) => shade(count, 100))).toEqual([0, 1, 1, 2, 4]);
  expect(shade(1, 1)).toBe(2);
});

test('activity is shown for two years at the least and five at the most, to the newest month', () => {
  const ends = (first: string, last: string) => {
    const months = monthsShown(first, last);
    return [months.length, months[0], months.at(-1)];
  };
  expect(ends('2026-01', '2026-01')).toEqual([24, '2024-02', '2026-01']);
  expect(ends('2022-12', '2026-01')).toEqual([38, '2022-12', '2026-01']);
  expect(ends('1999-01', '2026-01')).toEqual([60, '2021-02', '2026-01']);
});
