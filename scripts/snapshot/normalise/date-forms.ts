import { MONTHS } from './date-words.ts';

/** A date as read, each part as written; hours and so on 0 where unsaid, the zone in minutes east. */
export interface Fields {
  year: number;
  month: number;
  day: number;
  time?: string | undefined;
  zone?: string | undefined;
}

const TIME = String.raw`(\d{1,2}(?::\d{1,2}){1,2}(?:[.,]\d+)?(?:\s*[ap]\.?m\b\.?)?)`;
const ZONE = String.raw`\s*([+-]\s?\d[\d:]*|[a-z][a-z/_]*(?:[+-]\d[\d:]*)?)?`;
const YEAR = String.raw`(\d{4}|\d{2})`;
const WEEKDAY = String.raw`^(?:[^\d\s,]+\s*,\s*|[^\d\s,]+\s+(?=\d|\p{L}+\.?\s+\d))?`;

/** How the wild writes dates, the common forms first. */
export const FORMS: readonly { looks: RegExp; read: (found: RegExpExecArray) => Fields | null }[] = [
  {
    // ISO 8601 and its profiles; MSSQL's blank for the T; the parts of a date alone.
    looks: /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:(?:\s*t|\s+)(\d{1,2}(?:[^\d].*)?))?$/iu,
    read: ([, year, month, day, rest]) => ({ ...ymd(year, month, day), ...clock(rest) }),
  },
  {
    // RFC 822 and its relations: `Fri, 23 Jan 2026 08:40 GMT`, `23-Jan-26`.
    looks: new RegExp(
      String.raw`${WEEKDAY}(\d{1,2})(?:st|nd|rd|th|\.|º)?[\s-]+(?:de\s+)?(\p{L}+)\.?,?[\s-]+(?:de\s+)?${YEAR}(?:,?\s+(?:at\s+)?${TIME}?${ZONE}.*)?$`,
      'iu',
    ),
    read: ([, day, month, year, time, zone]) => worded(year, month, day, time, zone),
  },
  {
    // `Jan 23, 2026 08:40 GMT`, `Fri, Jan 23 2026`.
    looks: new RegExp(
      String.raw`${WEEKDAY}(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?${TIME}?${ZONE}.*)?$`,
      'iu',
    ),
    read: ([, month, day, year, time, zone]) => worded(year, month, day, time, zone),
  },
  {
    // C's asctime, with or without a zone: `Fri Jan 23 08:40:00 GMT 2026`.
    looks: new RegExp(String.raw`${WEEKDAY}(\p{L}+)\.?\s+(\d{1,2})\s+${TIME}${ZONE}\s+(\d{4})$`, 'iu'),
    read: ([, month, day, time, zone, year]) => worded(year, month, day, time, zone),
  },
  {
    // ISO 8601's day of the year, and its week.
    looks: /^(\d{4}|\d{2})-?(\d{3})(?:t(.*))?$/i,
    read: ([, year, days, rest]) => ({ ...dayOfYear(year, Number(days)), ...clock(rest) }),
  },
  {
    looks: /^(\d{4})-?w(\d{2})(?:-?([1-7]))?(?:t(.*))?$/i,
    read: ([, year, week, day, rest]) => ({
      ...dayOfWeek(Number(year), Number(week), Number(day ?? 1)),
      ...clock(rest),
    }),
  },
  {
    // ISO 8601 without hyphens, or without a century.
    looks: /^(\d{4}|\d{2})-?(\d{2})-?(\d{2})(?:(?:\s*t|\s+)(\d.*))?$/i,
    read: ([, year, month, day, rest]) => ({ ...ymd(year, month, day), ...clock(rest) }),
  },
  {
    looks: /^-(\d{2})(?:-?(\d{2}))?$/,
    read: ([, year, month]) => ymd(year, month),
  },
  {
    // `2026/01/23 08:40:00`, Perforce's with a weekday.
    looks: new RegExp(String.raw`${WEEKDAY}(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[\s,]+(.*))?$`, 'iu'),
    read: ([, year, month, day, rest]) => ({ ...ymd(year, month, day), ...clock(rest) }),
  },
  {
    // `23/01/2026`, `1/23/2026 8:40 AM`: read only where it can mean one thing.
    looks: new RegExp(String.raw`${WEEKDAY}(\d{1,2})([/.])(\d{1,2})[/.](\d{4})(?:[\s,]+(.*))?$`, 'iu'),
    read: ([, first, mark, second, year, rest]) => {
      const american = mark === '/' && (Number(second) > 12 || /[ap]m/i.test(rest ?? ''));
      if (mark === '/' && !american && Number(first) <= 12 && first !== second) return null;
      const [day, month] = american ? [second, first] : [first, second];
      return { ...ymd(year, month, day), ...clock(rest) };
    },
  },
  {
    // Korean (OnBlog), Chinese and Japanese: `2004년 05월 28일 01:31:15`, `2026年1月23日`.
    looks: /^(\d{4})\s*[년年]\s*(\d{1,2})\s*[월月]\s*(\d{1,2})\s*[일日]\s*(.*)$/u,
    read: ([all, year, month, day, rest]) => ({
      ...ymd(year, month, day),
      ...clock(rest, all.includes('년') ? '+09:00' : undefined),
    }),
  },
  {
    // Korean (Nate): `2004-05-25 오후 11:23:17`.
    looks: /^(\d{4})-(\d{1,2})-(\d{1,2})\s+(오전|오후)\s+(\d{1,2}:\d{1,2}:\d{1,2})$/u,
    read: ([, year, month, day, half, time]) => ({
      ...ymd(year, month, day),
      time: `${time} ${half === '오후' ? 'pm' : 'am'}`,
      zone: '+09:00',
    }),
  },
  {
    // Hungarian: `2004-július-13T9:15-05:00`.
    looks: /^(\d{4})-(\p{L}+)-(\d{1,2})t(\d{1,2}:\d{2}.*)$/iu,
    read: ([, year, month, day, rest]) => {
      const fields = worded(year, month, day, undefined, undefined);
      return fields && { ...fields, ...clock(rest) };
    },
  },
];

function ymd(year = '', month = '1', day = '1'): Fields {
  return { year: fullYear(year), month: Number(month), day: Number(day) };
}

function fullYear(year: string): number {
  const number = Number(year);
  return year.length > 2 ? number : number + (number < 90 ? 2000 : 1900);
}

function worded(year = '', month = '', day = '', time?: string, zone?: string): Fields | null {
  const number = MONTHS.get(month.toLowerCase()) ?? MONTHS.get(month.toLowerCase().slice(0, 3));
  return number === undefined ? null : { year: fullYear(year), month: number, day: Number(day), time, zone };
}

function dayOfYear(year = '', days: number): Fields {
  const date = new Date(Date.UTC(fullYear(year), 0, days));
  // A day 366 of a common year is in the next one: impossible, which month 0 says.
  const month = days >= 1 && date.getUTCFullYear() === fullYear(year) ? date.getUTCMonth() + 1 : 0;
  return { year: fullYear(year), month, day: date.getUTCDate() };
}

function dayOfWeek(year: number, week: number, day: number): Fields {
  // The week that holds the fourth of January is the first.
  const fourth = new Date(Date.UTC(year, 0, 4));
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7);
  const date = new Date(Date.UTC(year, 0, monday + (week - 1) * 7 + day - 1));
  const month = week >= 1 && week <= 53 ? date.getUTCMonth() + 1 : 0;
  return { year: date.getUTCFullYear(), month, day: date.getUTCDate() };
}

const CLOCK = /^([\d:.,]+(?:\s*[ap]\.?m\b\.?)?)\s*(.*)$/i;

function clock(rest: string | undefined, zone?: string): Pick<Fields, 'time' | 'zone'> {
  const found = CLOCK.exec(rest ?? '');
  return { time: found?.[1], zone: found?.[2] || zone };
}
