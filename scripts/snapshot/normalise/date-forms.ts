import { monthNumber } from './date-words.ts';

/** The parts of a date. The time and the zone are as written. */
export interface Fields {
  year: number;
  month: number;
  day: number;
  time?: string | undefined;
  zone?: string | undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;
/** Gives the fields of a date that need more than its numbers; null if it is none. */
type Reader = (groups: Groups, language: string | null) => Partial<Fields> | null;

/** A weekday, or other words; Vietnamese weekdays have a number. */
const BEFORE = String.raw`^(?:t[2-7],\s|\D{0,60}[\s,.:(])?`;
const DAY = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th|er|re|[oa°](?=\s)|-го|:a)?`;
const MONTH = String.raw`(?<month>\d{1,2}\s?[月월]|(?:tháng|thg|th)\.?\s?\d{1,2}|[\p{L}\p{M}]+)`;
const YEAR = String.raw`['’]?(?<year>\d{4}(?!\d)|\d{2}(?![\d:]))`;
const OF = String.raw`(?:d['’]|del?\s+|of\s+|năm\s+)?`;
const TIME = String.raw`(?<time>\d{1,2}(?::\d{1,2}){1,2}(?:[.,]\d+)?(?:\s*[ap]\.?m\b\.?)?)`;
const ZONE = String.raw`\s*(?<zone>[+-]\s?\d[\d:]*|[a-z][a-z/_]*(?:[+-]\d[\d:]*)?)?`;
const REST = '(?<rest>.*)$';

function form(looks: string, read: Reader = ({ rest }) => clockWithin(rest)) {
  return {
    looks: new RegExp(looks, 'iu'),
    read: (groups: Groups, language: string | null): Fields | null => {
      const fields = read(groups, language);
      return fields && { ...ymd(groups), ...fields };
    },
  };
}

/** The forms of dates in feeds, common ones first. */
export const FORMS = [
  // RFC 3339 and ISO 8601; a space instead of the T, as in MSSQL; a year or a month alone.
  form(
    String.raw`^(?<year>\d{4})(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?)?(?:(?:\s*t|\s+)(?<rest>\d{1,2}(?:[^\d].*)?))?$`,
    timeAndZone,
  ),
  // RFC 822 (the date of RSS 2.0) and its variants: `Fri, 23 Jan 2026 08:40 GMT`, `23-Jan-26`, `23 de enero de 2026`.
  form(String.raw`${BEFORE}${DAY}[\s,./-]*${OF}${MONTH}[\s,./-]*${OF}${YEAR}${REST}`, withMonthName),
  // `Jan 23, 2026 08:40 GMT`, `Fri, Jan 23 2026`.
  form(String.raw`${BEFORE}${MONTH}\.?[\s-]*${DAY}[\s,.-]+${YEAR}${REST}`, withMonthName),
  // C's asctime, with or without a zone: `Fri Jan 23 08:40:00 GMT 2026`.
  form(String.raw`${BEFORE}${MONTH}\.?\s+${DAY}\s+${TIME}${ZONE}\s+(?<year>\d{4})$`, withMonthName),
  // Unix time in seconds, milliseconds or microseconds. Before it, a date with a time and without separators.
  form(
    String.raw`^(?<year>(?:19|20)\d{2})(?<month>0\d|1[0-2])(?<day>[0-3]\d)(?<time>[0-2]\d[0-5]\d(?:[0-5]\d)?)$`,
    ({ time }) => ({ time }),
  ),
  form(String.raw`^(?<count>\d{9,10}|\d{12,13}|\d{16})(?:\.\d+)?$`, ({ count = '' }) => {
    const iso = new Date(Number(count.slice(0, 13)) * (count.length > 10 ? 1 : 1000)).toISOString();
    return {
      ...ymd({ year: iso.slice(0, 4), month: iso.slice(5, 7), day: iso.slice(8, 10) }),
      time: iso.slice(11, 19),
    };
  }),
  // ISO 8601's day of the year, and its week.
  form(String.raw`^(?<year>\d{4}|\d{2})-?(?<days>\d{3})(?:t(?<rest>.*))?$`, (groups) => ({
    ...dayOfYear(groups['year'], Number(groups['days'])),
    ...timeAndZone(groups),
  })),
  form(String.raw`^(?<year>\d{4})-?w(?<week>\d{2})(?:-?(?<weekday>[1-7]))?(?:t(?<rest>.*))?$`, (groups) => ({
    ...dayOfWeek(Number(groups['year']), Number(groups['week']), Number(groups['weekday'] ?? 1)),
    ...timeAndZone(groups),
  })),
  // ISO 8601 without hyphens, or without a century.
  form(String.raw`^(?<year>\d{4}|\d{2})-?(?<month>\d{2})-?(?<day>\d{2})(?:(?:\s*t|\s+)(?<rest>\d.*))?$`, timeAndZone),
  form(String.raw`^-(?<year>\d{2})(?:-?(?<month>\d{2}))?$`, () => ({})),
  // `2026/01/23 08:40:00`, `Fri, 2026-01-23`, `2026. 1. 23.`; Korean (Nate): `2004-05-25 오후 11:23:17`.
  form(String.raw`${BEFORE}(?<year>\d{4})(?<mark>[/.-])\s?(?<month>\d{1,2})\k<mark>\s?(?<day>\d{1,2})(?!\d)${REST}`),
  // `23/01/2026`, `1/23/2026 8:40 AM`, `23-01-2026`, `23 01 2026`: with slashes only where the order is certain.
  form(
    String.raw`${BEFORE}(?<first>\d{1,2})(?<mark>\s|\s?[/.-]\s?)(?<second>\d{1,2})\k<mark>${YEAR}${REST}`,
    ({ first, mark, second, rest }, language) => {
      const american = isAmerican(first, mark, second, rest, language);
      if (american === null) return null;
      const [day, month] = american ? [second, first] : [first, second];
      return { month: Number(month), day: Number(day), ...clockWithin(rest) };
    },
  ),
  // Korean (OnBlog), Chinese and Japanese: `2004년 05월 28일 01:31:15`, `2026年1月23日`.
  form(
    String.raw`^(?<year>\d{4})\s*(?<unit>[년年])\s*(?<month>\d{1,2})\s*[월月]\s*(?<day>\d{1,2})\s*[일日]${REST}`,
    ({ unit, rest }) => clockWithin(rest, unit === '년' ? KOREA : undefined),
  ),
  // Latvian: `2026. gada 23. janvāris`.
  form(String.raw`${BEFORE}(?<year>\d{4})\.? gada ${DAY}\.?\s+${MONTH}${REST}`, withMonthName),
  // Hungarian: `2004-július-13T9:15-05:00`, `2026. január 23. 8:40`.
  form(
    String.raw`${BEFORE}(?<year>\d{4})(?:-?[ae]s|\(e\)ko)?[\s.,/-]*(?:m\.\s+)?${MONTH}\.?[\s-]*${DAY}(?!\d)${REST}`,
    withMonthName,
  ),
];

/** Whether the month is first; null where the order is not certain. */
function isAmerican(first = '', mark = '', second = '', rest = '', language: string | null): boolean | null {
  if (Number(second) > 12) return mark.includes('/') || mark.includes('-');
  if (Number(first) > 12 || first === second || !mark.includes('/')) return false;
  const [, english, region] = /^(en)?(?:[a-z]*-([a-z]{2}))?/i.exec(language ?? '') ?? [];
  if (region?.toLowerCase() === 'us') return true;
  if (language !== null && (!english || region)) return false;
  return /[ap]\.?m\b/i.test(rest) ? true : null;
}

function ymd({ year = '', month = '1', day = '1' }: Groups): Fields {
  return { year: fullYear(year), month: Number(month), day: Number(day) };
}

function fullYear(year: string): number {
  const number = Number(year);
  return year.length > 2 ? number : number + (number < 90 ? 2000 : 1900);
}

type Clock = Pick<Fields, 'time' | 'zone'>;

function withMonthName({ month: name = '', time, zone, rest }: Groups, language: string | null) {
  const month = monthNumber(name, language);
  return month === null ? null : { month, ...(time ? { time, zone } : clockWithin(rest)) };
}

function dayOfYear(year = '', days: number): Fields {
  const date = new Date(Date.UTC(fullYear(year), 0, days));
  // Day 366 of a common year does not exist, nor does day 0: month 0 marks them as impossible.
  const month = date.getUTCFullYear() === fullYear(year) ? date.getUTCMonth() + 1 : 0;
  return { year: fullYear(year), month, day: date.getUTCDate() };
}

function dayOfWeek(year: number, week: number, day: number): Fields {
  // The week with the fourth of January is week 1.
  const fourth = new Date(Date.UTC(year, 0, 4));
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7);
  const date = new Date(Date.UTC(year, 0, monday + (week - 1) * 7 + day - 1));
  const month = week >= 1 && week <= 53 ? date.getUTCMonth() + 1 : 0;
  return { year: date.getUTCFullYear(), month, day: date.getUTCDate() };
}

function timeAndZone({ rest = '' }: Groups): Clock {
  const [, time, zone] = /^([\d:.,]+(?:\s*[ap]\.?m\b\.?)?)\s*(.*)$/i.exec(rest) ?? [];
  return { time: withColons(time), zone };
}

const KOREA = '+09:00';
const HALVES = /(오후|下午|午後|晚上)|오전|上午|午前/u;
const WITHIN =
  /(?:^|[^\d+-])(\d{1,2}(?:[:.]\d{2}){1,2}(?:[.,]\d+)?(?:\s*[ap]\.?\s?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?)(.*)$/iu;

/** A time that may have words before it, and its zone: ` um 8.40 Uhr`, ` à 08h40`, ` | 8:40 pm`, `T08:40 +0200`. */
function clockWithin(rest = '', zone?: string): Clock {
  const plain = rest
    .replace(/(\d)\s?(?:h|[時时시點点분分])\s?(?=\d)/giu, '$1:')
    .replace(/(\d)\s?[h時时시點点](?!\p{L})/giu, '$1:00');
  const [, time, after] = WITHIN.exec(plain) ?? [];
  const [half, afternoon] = HALVES.exec(rest) ?? [];
  const asia = half === '오전' || half === '오후' ? KOREA : zone;
  const withHalf = half === undefined ? time : `${time} ${afternoon ? 'pm' : 'am'}`;
  return { time: withColons(time === undefined ? undefined : withHalf), zone: after?.trim() || asia };
}

/** `08.40.00` with colons. After colons a point begins the fraction of a second, and stays. */
function withColons(time: string | undefined): string | undefined {
  return time?.includes(':') ? time : time?.replaceAll(/\.(?=\d\d(?!\d))/g, ':');
}
