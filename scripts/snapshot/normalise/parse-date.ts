import { zoneOffset } from '../../../src/core/dates.ts';
import { mapByName } from '../../../src/core/text.ts';
import { type Fields, FORMS } from './date-forms.ts';
import { ZONES, ZONES_IN } from './date-words.ts';

/** A date of a feed. Without a zone, or with an unknown one, it is in UTC. Null if there is no date, or an impossible one. */
export function parseDate(text: string | null, language: string | null = null): Date | null {
  const plain = text && plainDate(text);
  if (!plain || plain.length > 100) return null;
  for (const { looks, read } of FORMS) {
    const groups = looks.exec(plain)?.groups;
    const fields = groups && read(groups, language);
    const date = fields && moment(fields, language);
    if (date) return date;
  }
  return null;
}

/** The years before the first one of Japan's eras. Taiwan counts from 1912. */
const ERAS = mapByName({ 令和: 2018, 平成: 1988, 昭和: 1925 });

/** A date without typography and eras, and with its time at the end. */
function plainDate(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  if (line.length > 100) return line;
  return (
    line
      .normalize('NFKC')
      .replace(/[٠-٩۰-۹०-९๐-๙]/g, (digit) => `${(digit.charCodeAt(0) - (/[०-९]/.test(digit) ? 6 : 0)) & 15}`)
      // `23 ม.ค. พ.ศ. 2569`: with the dots of its short words, and the name of the era.
      .replace(/(?<=\p{sc=Thai})\./gu, '')
      .replace(/(?:พศ|พุทธศักราช) ?(?=\d)/g, '')
      .replace(/(令和|平成|昭和|民[国國]) ?(元|\d{1,3})(?=年)/g, (_, era: string, year: string) => {
        return `${(ERAS.get(era) ?? 1911) + (year === '元' ? 1 : Number(year))}`;
      })
      .replace(/[\u2010\u2011\u2212]|(?<=\d\s?)[–—](?=\d)/g, '-')
      .replace(/[\u200e\u200f]/g, '')
      .replace(/^(?:thứ \d, *|lúc (?=\d))/iu, '')
      .replace(/([πμ])\.?μ\.?/giu, (_, half) => (half === 'μ' ? 'pm' : 'am'))
      // Albanian, before and from ICU 78 on.
      .replace(/(?<=\d )(?:e (?:para|pas)dites|[pm]\.d\.)/iu, (half) => (/^(?:p|e para)/i.test(half) ? 'am' : 'pm'))
      .replace(/^(\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?m\b\.?)?)[\s,|-]+(.+)$/i, '$2 $1')
  );
}

function moment({ year, month, day, time, zone }: Fields, language: string | null): Date | null {
  const isIrans = year > 1368 && year < 1440;
  const start = isIrans ? startInIran(year, month, day) : startOf(year, month, day);
  const seconds = secondsOf(time);
  if (start === null || seconds === null) return null;
  const local = start + seconds * 1000;
  const east = minutesEast(zone, local, language);
  return east === null ? null : new Date(local - east * 60_000);
}

function startOf(year: number, month: number, day: number): number | null {
  const date = new Date(0);
  // Thai feeds count from the year of the Buddha.
  date.setUTCFullYear(year > 2400 && year < 2700 ? year - 543 : year, month - 1, day);
  // A day or a month that does not exist leads to another month.
  return date.getUTCMonth() === month - 1 ? date.getTime() : null;
}

/** Plug-ins of WordPress write years of Iran into feeds, 1369 to 1439 for 1990 to 2060: https://github.com/ReadYouApp/ReadYou/pull/1228 */
function startInIran(year: number, month: number, day: number): number | null {
  if (month < 1 || month > 12 || day < 1 || day > (month < 7 ? 31 : 30)) return null;
  const years = year - 979;
  const leapDays = Math.floor(years / 33) * 8 + Math.floor(((years % 33) + 3) / 4);
  const before = (month - 1) * 30 + Math.min(month - 1, 6);
  return Date.UTC(1600, 2, 20 + years * 365 + leapDays + before + day - 1);
}

const PARTS = /^(\d{1,2})(?::?(\d{1,2}))?(?::?(\d{1,2}))?(?:[.,]\d*)?\s*([ap])?/i;

function secondsOf(time: string | undefined): number | null {
  if (time === undefined) return 0;
  const [, hours, minutes = 0, seconds = 0, half] = PARTS.exec(time) ?? [];
  if (hours === undefined) return null;
  const isWhole = half === undefined || Number(hours) > 12;
  const h = isWhole ? Number(hours) : (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0);
  const [m, s] = [Number(minutes), Number(seconds)];
  // Midnight at the end of a day is 24:00, and a leap second is second 60.
  const possible = (h < 24 && m < 60 && s <= 60) || (h === 24 && m === 0 && s === 0);
  return possible ? (h * 60 + m) * 60 + s : null;
}

/** IANA names: `America/Los_Angeles`, `CST6CDT`. */
const IANA = /^(?:[a-z_]+(?:\/[a-z_]+(?:[+-]\d+)?)+|[a-z]{3}\d[a-z]{3})/i;

/** The minutes that a zone is ahead of Greenwich at a local time. Null for an impossible offset. */
function minutesEast(zone: string | undefined, local: number, language: string | null): number | null {
  const text = zone?.replace(/^[\s([,/]+/, '') ?? '';
  const [iana] = IANA.exec(text) ?? [];
  if (iana !== undefined) return eastOf(iana, local);
  const plain = text.toLowerCase().replace(/^(?:gmt|utc)(?=.)/, '');
  const [, sign, digits] = /^([+-])\s?(\d[\d:]*)/.exec(plain) ?? [];
  if (sign === undefined || digits === undefined) return namedZone(plain, local, language);
  const bare = digits.length > 2 ? [digits.slice(0, -2), digits.slice(-2)] : [digits];
  const [hours, minutes = 0] = digits.includes(':') ? digits.split(':') : bare;
  const total = Number(hours) * 60 + Number(minutes);
  return total > 24 * 60 ? null : sign === '-' ? -total : total;
}

function namedZone(text: string, local: number, language: string | null): number {
  // `Central European Summer Time` is CEST.
  const [spelled] = /^(?:[a-z]+ ){1,3}time\b/.exec(text) ?? [];
  const name = spelled?.replace(/(\w)\w* ?/g, '$1') ?? /^[a-z]+/.exec(text)?.[0] ?? '';
  const [subtag] = language?.toLowerCase().split('-') ?? [];
  const east = ZONES_IN.get(`${subtag} ${name}`) ?? ZONES.get(name) ?? 0;
  return typeof east === 'number' ? east * 60 : eastOf(east, local);
}

function eastOf(zone: string, local: number): number {
  try {
    const east = zoneOffset(local - zoneOffset(local, zone), zone) / 60_000;
    return Number.isFinite(east) ? east : 0;
  } catch {
    // There is no zone with this name.
    return 0;
  }
}
