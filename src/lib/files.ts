import type { Enclosure } from '../model/entry.ts';
import { mediaType } from '../outputs/view.ts';

/** An enclosure as a link reads: the file's name, and what and how large it is where the feed says so. */
export function describeFile({ url, type, length }: Enclosure): { name: string; details: string } {
  const { host, pathname } = new URL(url);
  const name = decode(pathname.split('/').findLast((part) => part !== '') ?? '') || host;
  const details = [mediaType({ type }), length ? size(length) : undefined]
    .filter((part) => part !== undefined)
    .join(', ');
  return { name, details };
}

/** As people read it. Anything may be encoded in an address, also what is no text, or turns it round. */
function decode(text: string): string {
  try {
    const decoded = decodeURIComponent(text);
    return /[\p{Cc}\p{Bidi_Control}]/u.test(decoded) ? text : decoded;
  } catch {
    return text;
  }
}

/** Decimal, as hosts and players count: `12.5 MB`. */
export function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const amount = bytes / 1000 ** power;
  return `${amount < 10 && power > 0 ? amount.toFixed(1) : Math.round(amount)} ${units[power]}`;
}
