import { type Fields, FORMS } from './date-forms.ts';
import { ZONES } from './date-words.ts';

/** A feed's date in UTC: a zone unsaid or unknown is UTC. Null where there is none, or none that a calendar has. */
export function parseDate(text: string | null): Date | null {
  const plain = text?.trim().replace(/\s+/g, ' ') ?? '';
  if (plain === '' || plain.length > 100) return null;
  for (const { looks, read } of FORMS) {
    const found = looks.exec(plain);
    const fields = found && read(found);
    const date = fields && moment(fields);
    if (date) return date;
  }
  return null;
}

function moment({ year, month, day, time, zone }: Fields): Date | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = month >= 1 && month <= 12 && day >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  const seconds = secondsOf(time);
  const east = minutesEast(zone);
  if (!exists || seconds === null || east === null) return null;
  date.setTime(date.getTime() + (seconds - east * 60) * 1000);
  return date;
}

const PARTS = /^(\d{1,2})(?::?(\d{1,2}))?(?::?(\d{1,2}))?(?:[.,]\d*)?\s*([ap])?/i;

function secondsOf(time: string | undefined): number | null {
  if (time === undefined) return 0;
  const [, hours, minutes = 0, seconds = 0, half] = PARTS.exec(time) ?? [];
  if (hours === undefined) return null;
  const [h, m, s] = [hourOf(Number(hours), half), Number(minutes), Number(seconds)];
  // Midnight at the end of a day is 24:00, and a leap second is second 60.
  const possible = (h < 24 && m < 60 && s <= 60) || (h === 24 && m === 0 && s === 0);
  return possible ? (h * 60 + m) * 60 + s : null;
}

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12) return hour;
  return (hour % 12) + (/p/i.test(half) ? 12 : 0);
}

/** Null for a zone that no clock has. */
function minutesEast(zone: string | undefined): number | null {
  const plain =
    zone
      ?.trim()
      .toLowerCase()
      .replace(/^(?:etc\/|gmt|utc)(?=.)/, '')
      .replace(/^\//, '') ?? '';
  const [, sign, digits] = /^([+-])\s?(\d[\d:]*)/.exec(plain) ?? [];
  if (sign === undefined || digits === undefined) return 60 * (ZONES.get(/^[a-z]+/.exec(plain)?.[0] ?? '') ?? 0);
  const [hours, minutes] = digits.includes(':') ? digits.split(':') : [digits.slice(0, -2) || digits, digits.slice(-2)];
  const bare = digits.length <= 2 && !digits.includes(':');
  const total = bare ? Number(digits) * 60 : Number(hours) * 60 + Number(minutes);
  return total > 24 * 60 ? null : sign === '-' ? -total : total;
}
