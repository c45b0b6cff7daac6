import { currentLocale, perLanguage } from '../i18n/locale.ts';

/** ISO 8601 in UTC with whole seconds: `2026-01-23T08:40:00Z`. */
export function instant(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** `2026-01-23`: the day of a moment in the planet's time zone. */
export function dayOf(instant: string, timezone: string): string {
  // An instant begins with its day in UTC.
  if (timezone === 'UTC') return instant.slice(0, 10);
  const { year, month, day } = parts(instant, timezone);
  return `${year}-${month}-${day}`;
}

/** The offset of a time zone from UTC at a time, in milliseconds. Throws a RangeError if there is no such time zone. */
export function zoneOffset(time: number, timezone: string): number {
  const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const { year, month, day, hour, minute, second } = parts(new Date(time).toISOString(), timezone, clock);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - time;
}

/** The text of an entry's permalink: `23 Jan 2026 8:40am GMT` in English; other languages have their own form. */
export function permalinkText(instant: string, timezone: string): string {
  // An entry is on five pages, and `Intl` is slow.
  return perLanguage(`permalink ${instant} ${timezone}`, () => {
    if (!currentLocale().isEnglish) return dateInForm(instant, timezone, { ...DAY_OF_YEAR, ...TIME_IN_ZONE });
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
  });
}

/** `05 Jan 2026`, `January 2026` or `2026`, from `2026-01-05`, `2026-01` or `2026`. */
export function dateText(date: string): string {
  // An archive has far fewer days than pages.
  return perLanguage(`date ${date}`, () => {
    const [year, month, day] = date.split('-');
    if (month === undefined) return yearFormat().format(Number(date));
    if (day === undefined) return dateInForm(date, 'UTC', { month: 'long', year: 'numeric' });
    if (!currentLocale().isEnglish) return dateInForm(date, 'UTC', DAY_OF_YEAR);
    return `${day} ${monthText(date)} ${year}`;
  });
}

/** `Jan`, from `2026-01` or one of its days, for places that show the year already. */
export function monthText(date: string): string {
  if (currentLocale().isEnglish) return dateInForm(date, 'UTC', { month: 'long' }).slice(0, 3);
  return dateInForm(date, 'UTC', { month: 'short' });
}

/** `05 Jan`, from `2026-01-05`, for places that show the year already. */
export function dayInYearText(date: string): string {
  if (!currentLocale().isEnglish) return dateInForm(date, 'UTC', { day: 'numeric', month: 'short' });
  return `${date.slice(8)} ${monthText(date)}`;
}

/** `8:40am`, for places that show the day already. */
export function timeText(instant: string, timezone: string): string {
  if (!currentLocale().isEnglish) return dateInForm(instant, timezone, { timeStyle: 'short' });
  return permalinkText(instant, timezone).split(' ')[3] ?? '';
}

/** `2026`. As a number: as a date, some languages add a word for "year". */
const yearFormat = () => perLanguage('year', (locale) => new Intl.NumberFormat(locale, { useGrouping: false }));

/** The names of weekdays, from Monday to Sunday: in full (`Monday`), and for a narrow column (`Mo`). */
export function weekdayNames(): { name: string; short: string }[] {
  return perLanguage('weekdays', () => {
    const namesInForm = (weekday: 'long' | 'short' | 'narrow') =>
      ['05', '06', '07', '08', '09', '10', '11'].map((day) =>
        dateInForm(`2026-01-${day}`, 'UTC', { weekday }).replace(/\.$/, ''),
      );
    const [names, short] = [namesInForm('long'), namesInForm('short')];
    const letters = (name: string) => [...new Intl.Segmenter().segment(name)].length;
    const fitting = short.some((name) => letters(name) > 4) ? namesInForm('narrow') : short;
    const columns = currentLocale().isEnglish ? names.map((name) => name.slice(0, 2)) : fitting;
    return names.map((name, index) => ({ name, short: columns[index] ?? '' }));
  });
}

const DAY_OF_YEAR = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const TIME_IN_ZONE = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;

/** A date in the form of the site's language. The calendar is always Gregorian, as in addresses. */
function dateInForm(date: string, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${timeZone} ${Object.entries(options).join()}`;
  const make = (locale: string) => new Intl.DateTimeFormat(locale, { calendar: 'gregory', timeZone, ...options });
  return perLanguage(key, make).format(new Date(date));
}

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

function parts(instant: string, timeZone: string, more: Intl.DateTimeFormatOptions = {}): Parts {
  const format = perLanguage(`parts ${timeZone} ${Object.keys(more).join()}`, () => {
    const date = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    return new Intl.DateTimeFormat('en-GB', { timeZone, ...date, ...more });
  });
  return Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
}
