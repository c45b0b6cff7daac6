/** The day of an instant in a time zone: `2026-01-23`. */
export function dayOf(instant: string, timezone: string): string {
  // An instant begins with its day in UTC.
  if (timezone === 'UTC') return instant.slice(0, 10);
  const time = Date.parse(instant);
  const midnight = Math.floor(time / DAY) * DAY;
  const offset = offsetAt(midnight, timezone);
  if (offset === offsetAt(midnight + DAY, timezone)) return new Date(time + offset).toISOString().slice(0, 10);
  const { year, month, day } = parts(instant, timezone);
  return `${year}-${month}-${day}`;
}

const DAY = 86_400_000;

function offsetAt(time: number, timezone: string): number {
  const ofZone = offsets.get(timezone) ?? new Map<number, number>();
  offsets.set(timezone, ofZone);
  const offset = ofZone.get(time) ?? offsetOf(time, timezone);
  ofZone.set(time, offset);
  return offset;
}

/** Offsets by time zone and midnight: `Intl` is slow, and a build needs the day of every entry. */
const offsets = new Map<string, Map<number, number>>();

/** The offset of a time zone from UTC at a time, in milliseconds. Throws a RangeError if there is no such time zone. */
export function offsetOf(time: number, timezone: string): number {
  const local = parts(new Date(time).toISOString(), timezone, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const { year, month, day, hour, minute, second } = local;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - time;
}

/** The text of an entry's permalink: `23 Jan 2026 8:40am GMT`. */
export function permalinkText(instant: string, timezone: string): string {
  const key = `${instant} ${timezone}`;
  const text = permalinkTexts.get(key) ?? makePermalinkText(instant, timezone);
  permalinkTexts.set(key, text);
  return text;
}

/** An entry is on about five pages, and `Intl` is slow. */
const permalinkTexts = new Map<string, string>();

function makePermalinkText(instant: string, timezone: string): string {
  const { year, month, day, hour, minute, dayPeriod, timeZoneName } = parts(instant, timezone, {
    hour: 'numeric',
    minute: '2-digit',
    hourCycle: 'h12',
    timeZoneName: 'short',
  });
  // Planet pages traditionally write GMT.
  const zone = timeZoneName === 'UTC' ? 'GMT' : timeZoneName;
  const date = dateText(`${year}-${month}-${day}`);
  return `${date} ${hour}:${minute}${dayPeriod?.replace(/[^a-z]/gi, '').toLowerCase()} ${zone}`;
}

/** `05 Jan 2026`, `January 2026` or `2026`, from `2026-01-05`, `2026-01` or `2026`. */
export function dateText(date: string): string {
  const [year, month, day] = date.split('-');
  if (month === undefined) return String(year);
  const name = months[Number(month) - 1] ?? '';
  return day === undefined ? `${name} ${year}` : `${day} ${name.slice(0, 3)} ${year}`;
}

/** `05 Jan`, from `2026-01-05`, for places that show the year already. */
export function dayInYearText(date: string): string {
  return dateText(date).replace(/ \d+$/, '');
}

/** `8:40am`, for places that show the day already. */
export function timeText(instant: string, timezone: string): string {
  return permalinkText(instant, timezone).split(' ')[3] ?? '';
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const formats = new Map<string, Intl.DateTimeFormat>();

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

function parts(instant: string, timezone: string, more: Intl.DateTimeFormatOptions = {}): Parts {
  const key = `${timezone} ${Object.keys(more).join()}`;
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: timezone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      ...more,
    });
  formats.set(key, format);
  return Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
}
