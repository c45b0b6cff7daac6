import { describe, expect, test } from 'vitest';
import { dateText, dayOf, permalinkText } from '../../src/core/dates.ts';
import { monthsShown, neighbours, shade, subPeriods, weeksOf } from '../../src/core/periods.ts';

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

describe('periods', () => {
  const periods = ['2025', '2025-12', '2025-12-31', '2026', '2026-01', '2026-01-02', '2026-01-23'];
  test('a day’s neighbours are days that hold entries, across the year', () => {
    const days = neighbours(['2025-12-31', '2026-01-02', '2026-01-23']);
    expect(days.get('2026-01-02')).toEqual({ earlier: '2025-12-31', later: '2026-01-23' });
    expect(days.get('2025-12-31')).toEqual({ earlier: undefined, later: '2026-01-02' });
  });
  test('a year is made of its months and a month of its days, in their order', () => {
    expect(subPeriods('2026', periods)).toEqual(['2026-01']);
    expect(subPeriods('2026-01', periods)).toEqual(['2026-01-02', '2026-01-23']);
  });
});

describe('dates', () => {
  test.for([
    { instant: '2026-01-23T08:40:00Z', zone: 'UTC', text: '23 Jan 2026 8:40am GMT', day: '2026-01-23' },
    { instant: '2026-01-23T00:05:00Z', zone: 'UTC', text: '23 Jan 2026 12:05am GMT', day: '2026-01-23' },
    { instant: '2026-01-23T12:00:00Z', zone: 'UTC', text: '23 Jan 2026 12:00pm GMT', day: '2026-01-23' },
    { instant: '2026-09-03T23:30:00Z', zone: 'Europe/London', text: '04 Sep 2026 12:30am BST', day: '2026-09-04' },
    { instant: '2026-01-01T03:00:00Z', zone: 'America/New_York', text: '31 Dec 2025 10:00pm GMT-5', day: '2025-12-31' },
  ])('$instant in $zone reads $text', ({ instant, zone, text, day }) => {
    expect(permalinkText(instant, zone)).toBe(text);
    expect(dayOf(instant, zone)).toBe(day);
  });

  test.for(
    'Europe/Berlin America/Sao_Paulo Asia/Kathmandu Australia/Lord_Howe Pacific/Apia America/St_Johns'.split(' '),
  )('the day is the one that %s has, through two years of changing clocks', (zone) => {
    const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
    const [from, to] = [Date.parse('2011-01-01T00:07:00Z'), Date.parse('2013-01-01T00:00:00Z')];
    const wrong: string[] = [];
    for (let time = from; time < to; time += 3_540_000) {
      const instant = new Date(time).toISOString().replace('.000', '');
      if (dayOf(instant, zone) !== calendar.format(time)) wrong.push(instant);
    }
    expect(wrong).toEqual([]);
  });

  test('a period reads as people say it', () => {
    expect(['2026', '2026-01', '2026-01-09'].map(dateText)).toEqual(['2026', 'January 2026', '09 Jan 2026']);
  });
});
