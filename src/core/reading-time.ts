import { perLanguage } from '../i18n/locale.ts';
import { PRINTED_TAG } from './html-schema.ts';
import { UNSPACED } from './search-words.ts';

/** Characters a minute, and letters a minute in scripts that write no spaces between words. */
const CHARACTERS = 1300;
const LETTERS = 500;
/** Minutes for a picture, video or formula. */
const PICTURE = 0.11;

const SPACELESS = new RegExp(`[${UNSPACED}]`, 'gu');

/** Blanks that are shown as one. */
export const BLANKS = /\s{2,}/g;

/** Texts that certainly have none of them: the fast path. */
const SPACED = /^[\0-\u0dff]*$/;

/** The reading time of a body: `4 min`; null if it is less than 45 seconds. */
export function minutesText(html: string): string | null {
  const text = html.replace(PRINTED_TAG, '').replace(BLANKS, ' ');
  const letters = spacelessLetters(text);
  const pictures = html.match(/<(?:img|video|iframe|math)\b/g)?.length ?? 0;
  const minutes = (text.length - letters) / CHARACTERS + letters / LETTERS + pictures * PICTURE;
  if (minutes < 0.75) return null;
  const unit = { style: 'unit', unit: 'minute', unitDisplay: 'short' } as const;
  const format = perLanguage('minutes', (locale) => new Intl.NumberFormat(locale, unit));
  // The number and its unit stay on one line.
  return format.format(Math.max(1, Math.round(minutes))).replace(' ', '\u00a0');
}

/** The number of letters of scripts that write no spaces between words. */
export function spacelessLetters(text: string): number {
  return SPACED.test(text) ? 0 : (text.match(SPACELESS)?.length ?? 0);
}
